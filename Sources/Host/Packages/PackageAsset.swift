/// A picture, sound or font of a package, whose first bytes prove what it is.
struct PackageAsset: Sendable, Equatable {
    /// What browsers are told, whatever a name says.
    let type: String
    let bytes: [UInt8]

    /// `nil` when the bytes are not what the ending promises.
    init?(_ path: String, _ bytes: [UInt8]) {
        guard let type = Self.type(of: bytes), type.endings.contains(PackagePath.ending(of: path)) else { return nil }
        self.type = type.name
        self.bytes = bytes
    }

    private static func type(of bytes: [UInt8]) -> (name: String, endings: [String])? {
        func has(_ mark: [UInt8], at offset: Int = 0) -> Bool {
            bytes.dropFirst(offset).starts(with: mark)
        }
        func has(_ mark: String, at offset: Int = 0) -> Bool { has(Array(mark.utf8), at: offset) }

        if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return ("image/png", ["png"]) }
        if has([0xFF, 0xD8, 0xFF]) { return ("image/jpeg", ["jpg"]) }
        if has("GIF87a") || has("GIF89a") { return ("image/gif", ["gif"]) }
        if has("RIFF"), has("WEBP", at: 8) { return ("image/webp", ["webp"]) }
        if has("RIFF"), has("WAVE", at: 8) { return ("audio/wav", ["wav"]) }
        if has("OggS") { return ("audio/ogg", ["ogg"]) }
        if has("ID3") || isMPEGAudio(bytes) { return ("audio/mpeg", ["mp3"]) }
        if has("wOF2") { return ("font/woff2", ["woff2"]) }
        if isDrawing(bytes) { return ("image/svg+xml", ["svg"]) }
        return nil
    }

    /// A frame of MPEG audio, layer III, begins with eleven set bits and no reserved version.
    private static func isMPEGAudio(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 3, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 else { return false }
        return bytes[1] & 0x18 != 0x08 && bytes[1] & 0x06 == 0x02
    }

    /// An SVG: text whose first element is one, without a document type, whose entities can grow without end.
    private static func isDrawing(_ bytes: [UInt8]) -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self), !text.contains("<!DOCTYPE"),
            !text.contains("<!ENTITY")
        else { return false }
        var rest = Substring(text).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        while rest.hasPrefix("<?") || rest.hasPrefix("<!--") {
            let end = rest.hasPrefix("<?") ? "?>" : "-->"
            guard let close = rest.firstRange(of: end) else { return false }
            rest = rest[close.upperBound...].drop { $0.isWhitespace }
        }
        guard rest.hasPrefix("<svg") else { return false }
        return rest.dropFirst(4).first.map { $0.isWhitespace || $0 == ">" || $0 == "/" } ?? false
    }
}
