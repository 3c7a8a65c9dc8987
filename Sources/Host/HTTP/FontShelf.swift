import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The fonts that the set-up step has made, with their licences; without the folder pages use the system's own.
struct FontShelf: Sendable {
    /// A font is smaller than this; the folder is the operator's, but not everything in it need be a font.
    private static let sizeLimit = 1 << 20
    private static let types = ["woff2": "font/woff2", "css": "text/css; charset=utf-8"]

    /// A text that came with a font.
    struct Licence: Sendable {
        let name: String
        let text: String
    }

    /// The address of the sheet that names the fonts, or `nil` when there are none.
    let sheet: String?
    let licences: [Licence]
    private let files: [String: ByteBuffer]

    /// Reads a folder once: `fonts.css`, the fonts it names, and `*.copyright.txt`.
    init(folder: String?) {
        let names = folder.map { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] } ?? []
        var (files, licences): ([String: ByteBuffer], [Licence]) = ([:], [])
        var hash = SHA256()
        for name in names.sorted() {
            guard let folder, let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)"),
                bytes.count <= Self.sizeLimit
            else { continue }
            if name.hasSuffix(".copyright.txt") {
                let text = String(decoding: bytes, as: UTF8.self)
                licences.append(Licence(name: String(name.dropLast(".copyright.txt".count)), text: text))
            } else if Self.type(of: name) != nil {
                files[name] = ByteBuffer(bytes: bytes)
                hash.update(data: bytes)
            }
        }
        self.files = files
        self.licences = licences
        let version = hash.finalize().prefix(4).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        sheet = files["fonts.css"] == nil ? nil : "/fonts/\(version)/fonts.css"
    }

    /// A file of the folder, or `nil`.
    func response(_ name: String) -> Response? {
        guard let content = files[name], let type = Self.type(of: name) else { return nil }
        return Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: "public, max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: content)
        )
    }

    private static func type(of name: String) -> String? {
        types[String(name.split(separator: ".").last ?? "")]
    }

    /// Where the folder is: as it was set, beside the program, beside the build's folders, or where one is built.
    static func folder(setting: String?) -> String? {
        if let setting { return setting }
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let beside = ["fonts", "../fonts", "../../fonts"].map { program.appendingPathComponent($0).standardized.path }
        return (beside + [".build/fonts"]).first { FileManager.default.fileExists(atPath: "\($0)/fonts.css") }
    }
}
