/// The word that was most probably meant; nil if none is near. Of equally near ones the first in alphabetical order,
/// so that the same mistake always gets the same hint.
///
/// Near is one slip in words up to five characters, two up to nine, three in longer ones. A slip is a character
/// too many, too few or wrong, or two neighbours swapped (optimal string alignment); case and the signs `-_` do not count
/// as slips.
package func nearest(_ word: String, among candidates: some Sequence<String>) -> String? {
    var best: (slips: Int, word: String)?
    for candidate in candidates where candidate != word {
        let limit = slipsAllowed(for: max(word.utf8.count, candidate.utf8.count))
        guard let slips = slips(from: word, to: candidate, atMost: limit) else { continue }
        guard let found = best else {
            best = (slips, candidate)
            continue
        }
        if (slips, candidate) < (found.slips, found.word) { best = (slips, candidate) }
    }
    return best?.word
}

func slipsAllowed(for length: Int) -> Int {
    switch length {
    case ...5: 1
    case ...9: 2
    default: 3
    }
}

/// nil if there are more than `limit` slips.
func slips(from a: String, to b: String, atMost limit: Int) -> Int? {
    let (a, b) = (comparable(a), comparable(b))
    // Words of a person's file can be long; those whose lengths differ by more cannot be near.
    guard abs(a.count - b.count) <= limit else { return nil }
    var (beforeLast, last) = ([Int](), Array(0...b.count))
    for i in 0..<a.count {
        var row = [i + 1]
        for j in 0..<b.count {
            var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
            row.append(cost)
        }
        if let least = row.min(), least > limit { return nil }
        (beforeLast, last) = (last, row)
    }
    return last[b.count] <= limit ? last[b.count] : nil
}

private func comparable(_ word: String) -> [UInt8] {
    word.utf8.compactMap { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "-"), UInt8(ascii: "_"): nil
        default: byte
        }
    }
}
