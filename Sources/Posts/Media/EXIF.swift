/// What is used of EXIF data (CIPA DC-008, a TIFF file), which begin with their byte order.
struct EXIF {
    /// Whether the rows of the file do not lie as they are shown, but upright.
    private(set) var isTurned = false
    /// Whether it says where the picture was taken.
    private(set) var hasLocation = false

    /// Of a file that has none.
    init() {}

    init(_ bytes: MediaBytes) {
        let isLittle = bytes.has("II*\0", at: 0)
        guard isLittle || bytes.has("MM\0*", at: 0) else { return }
        func number(_ size: Int, at place: Int) -> Int? {
            isLittle ? bytes.little(size, at: place) : bytes.big(size, at: place)
        }
        /// Visits the tags of a directory and where their entries stand.
        func forEachTag(at directory: Int, _ body: (_ tag: Int, _ entry: Int) -> Void) {
            guard let count = number(2, at: directory) else { return }
            for index in 0..<count {
                let entry = directory + 2 + index * 12
                guard let tag = number(2, at: entry) else { return }
                body(tag, entry)
            }
        }
        guard let first = number(4, at: 4) else { return }
        var places: Int?
        forEachTag(at: first) { tag, entry in
            // Orientation is one number of 16 bits (type 3), which stands in the entry itself; from 5 on it is upright.
            if tag == 0x0112, number(2, at: entry + 2) == 3, let value = number(2, at: entry + 8) {
                isTurned = (5...8).contains(value)
            }
            if tag == 0x8825 { places = number(4, at: entry + 8) }
        }
        // Latitude and longitude; cameras without a position write their directory with its version alone.
        if let places { forEachTag(at: places) { tag, _ in if tag == 2 || tag == 4 { hasLocation = true } } }
    }
}
