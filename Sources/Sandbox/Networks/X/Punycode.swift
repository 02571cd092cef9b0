/// Punycode (RFC 3492), encoding only; X measures the labels of a host in this form.
enum Punycode {
    /// The length in bytes of a label as DNS carries it, with `xn--` when it is not ASCII.
    static func wireLength(of label: some Sequence<Unicode.Scalar>) -> Int {
        let scalars = Array(label)
        return scalars.allSatisfy(\.isASCII) ? scalars.count : 4 + encodedLength(scalars.map(\.value))
    }

    private static func encodedLength(_ input: [UInt32]) -> Int {
        let basic = input.filter { $0 < 0x80 }.count
        var length = basic > 0 ? basic + 1 : 0
        var handled = basic
        var code: UInt32 = 0x80
        var delta = 0
        var bias = 72
        while handled < input.count {
            guard let next = input.filter({ $0 >= code }).min() else { return length }
            delta += Int(next - code) * (handled + 1)
            code = next
            for value in input {
                if value < code { delta += 1 }
                guard value == code else { continue }
                length += digits(of: delta, bias: bias)
                bias = adapt(delta, points: handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return length
    }

    private static func digits(of delta: Int, bias: Int) -> Int {
        var rest = delta
        var count = 1
        var threshold = 36
        while true {
            let limit = threshold <= bias ? 1 : min(26, threshold - bias)
            guard rest >= limit else { return count }
            rest = (rest - limit) / (36 - limit)
            count += 1
            threshold += 36
        }
    }

    private static func adapt(_ delta: Int, points: Int, isFirst: Bool) -> Int {
        var rest = isFirst ? delta / 700 : delta / 2
        rest += rest / points
        var steps = 0
        while rest > 455 {
            rest /= 35
            steps += 36
        }
        return steps + 36 * rest / (rest + 38)
    }
}
