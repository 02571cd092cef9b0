private import CPNG

extension Picture {
    static func decodePNG(_ bytes: [UInt8], pixelLimit: Int) throws(PictureError) -> Picture {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        let outcome: Result<Picture, PictureError> = bytes.withUnsafeBytes { buffer in
            guard png_image_begin_read_from_memory(&image, buffer.baseAddress, buffer.count) != 0 else {
                return .failure(.broken(message(of: image)))
            }
            let width = Int(image.width)
            let height = Int(image.height)
            do throws(PictureError) { try checkSize(width, height, limit: pixelLimit) } catch { return .failure(error) }
            image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
            var pixels = [UInt8](repeating: 0, count: width * height * 4)
            let read = pixels.withUnsafeMutableBytes { png_image_finish_read(&image, nil, $0.baseAddress, 0, nil) }
            // A warning (code 1) is a chunk that is not about pixels; an error (code 2) is a picture nobody can show.
            guard read != 0, image.warning_or_error & 2 == 0 else { return .failure(.broken(message(of: image))) }
            return .success(Picture(format: .png, width: width, height: height))
        }
        return try outcome.get()
    }

    private static func message(of image: png_image) -> String {
        withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
