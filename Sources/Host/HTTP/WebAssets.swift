import CWebAssets
import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// The page files, which are part of the program: it can be moved anywhere.
///
/// They are served under a folder that is named by their content, so a browser keeps them for ever and a new release is
/// a new folder.
struct WebAssets: Sendable {
    private struct File: Sendable {
        let content: ByteBuffer
        let type: String
        /// The same, packed; `nil` where that gains nothing.
        let packed: ByteBuffer?

        init(_ content: ByteBuffer, at path: String) {
            (self.content, type) = (content, WebAssets.type(of: path))
            let isText = type.hasPrefix("text/") || type.hasSuffix("+xml")
            let isWorth = isText && content.readableBytes >= ContentCoding.worthPacking
            packed = isWorth ? ByteBuffer(bytes: ContentCoding.gzip(Array(content.readableBytesView))) : nil
        }
    }

    /// Written as `/assets/<hash>`.
    let prefix: String
    private var files: [String: File]

    /// The files that the program holds.
    init() {
        self.init(
            (0..<web_assets_count()).map { index in
                let asset = web_asset(index)
                let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.length)
                return (String(cString: asset.path), ByteBuffer(bytes: bytes))
            }
        )
    }

    init(_ contents: [(path: String, content: ByteBuffer)]) {
        var files: [String: File] = [:]
        var hash = SHA256()
        hash.update(data: Array(ModuleBundle.version.utf8))
        for (path, content) in contents {
            hash.update(data: Array(path.utf8))
            hash.update(data: Array(content.readableBytesView))
            files[path] = File(content, at: path)
        }
        self.files = files
        prefix =
            "/assets/"
            + hash.finalize().prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// One more file that is made of the others, and its address; the same file twice is one.
    @discardableResult
    mutating func add(_ text: String, as path: String) -> String {
        let content = ByteBuffer(string: text)
        if files[path]?.content != content { files[path] = File(content, at: path) }
        return "\(prefix)/\(path)"
    }

    /// The text of a file, or `nil`.
    func text(_ path: String) -> String? { files[path].map { String(buffer: $0.content) } }

    /// The bytes of a file, or `nil`.
    func content(_ path: String) -> ByteBuffer? { files[path]?.content }

    /// A file for the browser, or `nil`.
    ///
    /// Templates and catalogues stay inside. `encodings` is the request's `Accept-Encoding`.
    func response(_ path: String, encodings: String? = nil) -> Response? {
        guard !path.hasPrefix("pages/"), !path.hasPrefix("locales/"), let file = files[path] else { return nil }
        var headers: HTTPFields = [.contentType: file.type, .cacheControl: "public, max-age=31536000, immutable"]
        guard let packed = file.packed else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.content))
        }
        headers[.vary] = "Accept-Encoding"
        guard ContentCoding.takesGzip(encodings) else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.content))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: packed))
    }

    /// Where pages find a sound that a widget names: an upload of the streamer's, or one of the built-in widgets'.
    @Sendable func soundAddress(_ asset: String) -> String? {
        if asset.hasPrefix("/files/") {
            let id = asset.dropFirst("/files/".count)
            return id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } ? asset : nil
        }
        return files["widgets/\(asset)"] == nil ? nil : "\(prefix)/widgets/\(asset)"
    }

    private static func type(of path: String) -> String {
        if path.hasSuffix(".js") { return "text/javascript; charset=utf-8" }
        if path.hasSuffix(".css") { return "text/css; charset=utf-8" }
        if path.hasSuffix(".svg") { return "image/svg+xml" }
        if path.hasSuffix(".wav") { return "audio/wav" }
        return "text/plain; charset=utf-8"
    }
}
