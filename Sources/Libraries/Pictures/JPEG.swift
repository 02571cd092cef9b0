private import CTurboJPEG

extension Picture {
    /// Any warning of the decoder, a file cut short for instance, counts as broken.
    static func decodeJPEG(_ bytes: [UInt8], pixelLimit: Int) throws(PictureError) -> Picture {
        guard let decoder = tjInitDecompress() else { throw .broken("the JPEG decoder could not be made") }
        defer { tjDestroy(decoder) }
        var width: Int32 = 0
        var height: Int32 = 0
        var subsampling: Int32 = 0
        var colorspace: Int32 = 0
        let head = bytes.withUnsafeBufferPointer { buffer in
            tjDecompressHeader3(
                decoder, buffer.baseAddress, UInt(buffer.count), &width, &height, &subsampling, &colorspace)
        }
        guard head == 0 else { throw .broken(String(cString: tjGetErrorStr2(decoder))) }
        try checkSize(Int(width), Int(height), limit: pixelLimit)
        // CMYK and YCCK cannot be turned into RGB by the decoder.
        let isCMYK = colorspace == Int32(TJCS_CMYK.rawValue) || colorspace == Int32(TJCS_YCCK.rawValue)
        let format = isCMYK ? Int32(TJPF_CMYK.rawValue) : Int32(TJPF_RGBX.rawValue)
        var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height) * 4)
        let body = bytes.withUnsafeBufferPointer { source in
            pixels.withUnsafeMutableBufferPointer { target in
                tjDecompress2(
                    decoder, source.baseAddress, UInt(source.count), target.baseAddress, width, 0, height, format,
                    Int32(TJFLAG_STOPONWARNING))
            }
        }
        guard body == 0 else { throw .broken(String(cString: tjGetErrorStr2(decoder))) }
        return Picture(format: .jpeg, width: Int(width), height: Int(height))
    }
}
