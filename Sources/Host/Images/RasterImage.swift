import NIOCore

/// A picture from outside, of a format that its own first bytes prove.
struct RasterImage: Sendable, Equatable {
    /// The largest picture that is read, kept and served.
    ///
    /// Twitch takes emotes of up to 1 MB.
    static let sizeLimit = 1 << 20

    /// The formats that are served; a picture that can hold a script (SVG) is none of them.
    enum Format: String, Sendable {
        case png = "image/png"
        case gif = "image/gif"
        case webp = "image/webp"
        case jpeg = "image/jpeg"

        /// What the bytes begin with decides, whatever a source calls them.
        fileprivate init?(of bytes: ByteBufferView) {
            func has(_ mark: [UInt8], at offset: Int = 0) -> Bool {
                bytes.dropFirst(offset).starts(with: mark)
            }
            if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
                self = .png
            } else if has(Array("GIF87a".utf8)) || has(Array("GIF89a".utf8)) {
                self = .gif
            } else if has(Array("RIFF".utf8)), has(Array("WEBP".utf8), at: 8) {
                self = .webp
            } else if has([0xFF, 0xD8, 0xFF]) {
                self = .jpeg
            } else {
                return nil
            }
        }
    }

    let bytes: ByteBuffer
    let format: Format

    /// The picture that these bytes are, or `nil`.
    init?(_ bytes: ByteBuffer) {
        guard bytes.readableBytes <= Self.sizeLimit, let format = Format(of: bytes.readableBytesView) else {
            return nil
        }
        self.bytes = bytes
        self.format = format
    }
}
