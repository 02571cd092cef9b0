extension MediaReader {
    /// The orientation 1 to 8 in the first directory of EXIF data, which begin with their byte order; nil if none is.
    static func exifOrientation(_ exif: MediaBytes) -> Int? {
        let isLittle = exif.has("II*\0", at: 0)
        guard isLittle || exif.has("MM\0*", at: 0) else { return nil }
        func number(_ size: Int, at place: Int) -> Int? {
            isLittle ? exif.little(size, at: place) : exif.big(size, at: place)
        }
        guard let directory = number(4, at: 4), let count = number(2, at: directory) else { return nil }
        for index in 0..<count {
            let entry = directory + 2 + index * 12
            guard let tag = number(2, at: entry) else { return nil }
            // Tag 0x0112 is one number of 16 bits (type 3), which stands in the entry itself.
            if tag == 0x0112 {
                guard number(2, at: entry + 2) == 3, let value = number(2, at: entry + 8), (1...8).contains(value)
                else {
                    return nil
                }
                return value
            }
        }
        return nil
    }

    /// Whether that orientation puts the rows of the file upright.
    static func isTurned(_ orientation: Int?) -> Bool { orientation.map { $0 >= 5 } ?? false }
}
