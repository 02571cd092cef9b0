/// Punycode (RFC 3492), as far as a length needs it.
enum Punycode {
    /// The octets of a label of a domain in ASCII: its own, or `xn--` and its Punycode. nil over `limit`.
    static func encodedLength(of label: ArraySlice<Unicode.Scalar>, limit: Int) -> Int? {
        // Every scalar takes an octet at least: long text is refused before the work that grows with its square.
        guard label.count <= limit else { return nil }
        let plain = label.count { $0.isASCII }
        guard plain < label.count else { return label.count }
        var length = 4 + plain + (plain > 0 ? 1 : 0)
        var (point, delta, bias, handled) = (128, 0, 72, plain)
        while handled < label.count {
            guard let next = label.lazy.map({ Int($0.value) }).filter({ $0 >= point }).min() else { return nil }
            delta += (next - point) * (handled + 1)
            point = next
            for scalar in label {
                if Int(scalar.value) < point { delta += 1 }
                guard Int(scalar.value) == point else { continue }
                length += digits(of: delta, bias: bias)
                bias = adapted(delta, count: handled + 1, isFirst: handled == plain)
                delta = 0
                handled += 1
            }
            delta += 1
            point += 1
        }
        return length <= limit ? length : nil
    }

    /// Digits of a generalized variable-length integer (RFC 3492 §3.3, §6.3).
    private static func digits(of delta: Int, bias: Int) -> Int {
        var (rest, digits, weight) = (delta, 1, 36)
        while true {
            let threshold = min(max(weight - bias, 1), 26)
            if rest < threshold { return digits }
            rest = (rest - threshold) / (36 - threshold)
            digits += 1
            weight += 36
        }
    }

    /// RFC 3492 §6.1.
    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var steps = 0
        while delta > 455 {
            delta /= 35
            steps += 36
        }
        return steps + 36 * delta / (delta + 38)
    }
}
