import Pictures
import Testing

@Suite struct `A picture` {
    @Test(arguments: [(1, 1), (7, 9), (640, 480), (1080, 1350)])
    func `is decoded whole`(_ width: Int, _ height: Int) throws {
        #expect(
            try Picture.decode(SmallPictures.jpeg(width, height))
                == Picture(format: .jpeg, width: width, height: height))
        #expect(
            try Picture.decode(SmallPictures.png(width, height)) == Picture(format: .png, width: width, height: height))
    }

    @Test func `tells its frames`() throws {
        #expect(try Picture.decode(SmallPictures.gif(2, 2, frames: 1)).frames == 1)
        #expect(try Picture.decode(SmallPictures.gif(2, 2, frames: 3)).frames == 3)
    }

    @Test(arguments: [SmallPictures.jpeg(640, 480), SmallPictures.png(64, 48), SmallPictures.gif(4, 4, frames: 2)])
    func `that was cut is broken`(_ bytes: [UInt8]) {
        #expect(throws: PictureError.self) { try Picture.decode(Array(bytes.dropLast(bytes.count / 3))) }
        #expect(throws: PictureError.self) { try Picture.decode(Array(bytes.prefix(20))) }
    }

    @Test func `with a flipped bit in its pixels is broken`() {
        var bytes = SmallPictures.png(64, 48)
        bytes[bytes.count / 2] ^= 0x10
        #expect(throws: PictureError.self) { try Picture.decode(bytes) }
    }

    @Test func `with too many pixels is not decoded`() {
        #expect(throws: PictureError.tooLarge(width: 640, height: 480)) {
            try Picture.decode(SmallPictures.jpeg(640, 480), pixelLimit: 640 * 480 - 1)
        }
    }

    @Test(arguments: [[], Array("hello".utf8), [UInt8](repeating: 0, count: 100)])
    func `is no text`(_ bytes: [UInt8]) {
        #expect(throws: PictureError.unknownFormat) { try Picture.decode(bytes) }
    }
}
