/// What a picture, sound, video or font is, as its first bytes prove and whatever anybody calls it.
struct AssetType: Sendable, Equatable {
    /// What it is good for.
    enum Kind: String, Sendable {
        case image, sound, video, font
    }

    /// What browsers are told.
    let name: String
    let kind: Kind
    /// The endings under which such files go.
    let endings: [String]

    private init(_ name: String, _ kind: Kind, _ endings: String...) {
        (self.name, self.kind, self.endings) = (name, kind, endings)
    }

    /// The type of that name, or `nil` when it is none of ours.
    init?(name: String) {
        guard let type = Self.all.first(where: { $0.name == name }) else { return nil }
        self = type
    }

    /// `nil` when the bytes are nothing that is served.
    init?(of bytes: some RandomAccessCollection<UInt8>) {
        func has(_ mark: [UInt8], at offset: Int = 0) -> Bool {
            bytes.dropFirst(offset).starts(with: mark)
        }
        func has(_ mark: String, at offset: Int = 0) -> Bool { has(Array(mark.utf8), at: offset) }

        if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = Self.png
        } else if has([0xFF, 0xD8, 0xFF]) {
            self = Self.jpeg
        } else if has("GIF87a") || has("GIF89a") {
            self = Self.gif
        } else if has("RIFF"), has("WEBP", at: 8) {
            self = Self.webp
        } else if has("RIFF"), has("WAVE", at: 8) {
            self = Self.wav
        } else if has("OggS") {
            self = Self.ogg
        } else if has("ID3") || Self.isMPEGAudio(bytes) {
            self = Self.mpeg
        } else if has("wOF2") {
            self = Self.woff2
        } else if has("ftyp", at: 4), Self.brands.contains(where: { has($0, at: 8) }) {
            self = Self.mp4
        } else if has([0x1A, 0x45, 0xDF, 0xA3]), Self.isWebM(bytes) {
            self = Self.webm
        } else if Self.isDrawing(bytes) {
            self = Self.svg
        } else {
            return nil
        }
    }

    private static let png = AssetType("image/png", .image, "png")
    private static let jpeg = AssetType("image/jpeg", .image, "jpg")
    private static let gif = AssetType("image/gif", .image, "gif")
    private static let webp = AssetType("image/webp", .image, "webp")
    private static let svg = AssetType("image/svg+xml", .image, "svg")
    private static let wav = AssetType("audio/wav", .sound, "wav")
    private static let ogg = AssetType("audio/ogg", .sound, "ogg")
    private static let mpeg = AssetType("audio/mpeg", .sound, "mp3")
    private static let mp4 = AssetType("video/mp4", .video, "mp4")
    private static let webm = AssetType("video/webm", .video, "webm")
    private static let woff2 = AssetType("font/woff2", .font, "woff2")
    /// How MP4 files call themselves; pictures (AVIF, HEIC) stand in the same kind of box.
    private static let brands = ["iso", "mp4", "avc1", "M4V", "dash", "MSNV"]
    private static let all = [png, jpeg, gif, webp, svg, wav, ogg, mpeg, mp4, webm, woff2]

    private static let drawingHead = 16_384

    /// A frame of MPEG audio, layer III, begins with eleven set bits and no reserved version.
    private static func isMPEGAudio(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        let head = Array(bytes.prefix(4))
        guard head.count > 3, head[0] == 0xFF, head[1] & 0xE0 == 0xE0 else { return false }
        return head[1] & 0x18 != 0x08 && head[1] & 0x06 == 0x02
    }

    /// Matroska says in its header which of its kinds a file is (RFC 8794, EBML `DocType`).
    private static func isWebM(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        let head = Array(bytes.prefix(64))
        guard let mark = head.firstRange(of: [0x42, 0x82]) else { return false }
        return head[mark.upperBound...].dropFirst().starts(with: Array("webm".utf8))
    }

    /// An SVG: text whose first element is one, without a document type, whose entities can grow without end.
    private static func isDrawing(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        // What makes a drawing of a text stands at its beginning; nobody's ten megabytes are searched for it.
        let head = String(decoding: bytes.prefix(drawingHead), as: UTF8.self)
        guard !head.contains("<!DOCTYPE"), !head.contains("<!ENTITY") else { return false }
        var rest = Substring(head).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        while rest.hasPrefix("<?") || rest.hasPrefix("<!--") {
            let end = rest.hasPrefix("<?") ? "?>" : "-->"
            guard let close = rest.firstRange(of: end) else { return false }
            rest = rest[close.upperBound...].drop { $0.isWhitespace }
        }
        guard rest.hasPrefix("<svg") else { return false }
        return rest.dropFirst(4).first.map { $0.isWhitespace || $0 == ">" || $0 == "/" } ?? false
    }
}
