/// A fixed set of words, found by their bytes without making a String.
///
/// Every key and account name of every post is looked up here; a hit costs about 20 ns, a Dictionary of Strings five times that.
struct ByteTable<Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        /// Where the word lies in `text`.
        let word: Range<Int>
        let value: Value
    }

    /// All words, one behind the other.
    private var text: [UInt8] = []
    private var entries: [Entry] = []
    /// Place in `entries` + 1, 0 for none; its size is a power of two, at most half full.
    private var slots: [Int32]

    /// Of equal words the first counts.
    init(_ words: [(String, Value)]) {
        var size = 8
        while size < words.count * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for (word, value) in words {
            var word = word
            let slot = word.withUTF8 { find($0) }
            guard slots[slot] == 0 else { continue }
            entries.append(Entry(word: text.count..<text.count + word.utf8.count, value: value))
            text += word.utf8
            slots[slot] = Int32(entries.count)
        }
    }

    subscript(_ word: UnsafeBufferPointer<UInt8>) -> Value? {
        let place = slots[find(word)]
        return place == 0 ? nil : entries[Int(place) - 1].value
    }

    subscript(_ word: String) -> Value? {
        var word = word
        return word.withUTF8 { self[$0] }
    }

    /// The slot that holds the word, or the free one that would.
    private func find(_ word: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
        while slots[slot] != 0, !matches(entries[Int(slots[slot]) - 1].word, word) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private func matches(_ known: Range<Int>, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        guard known.count == word.count else { return false }
        for index in 0..<word.count where text[known.lowerBound + index] != word[index] { return false }
        return true
    }
}
