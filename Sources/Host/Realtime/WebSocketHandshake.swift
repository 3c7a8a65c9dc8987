import Crypto
import NIOHTTP1

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The opening handshake, server side (RFC 6455 section 4.2).
enum WebSocketHandshake {
    /// The response headers for a correct request to upgrade; `nil` when it is anything else, and then it is HTTP.
    static func accept(_ head: HTTPRequestHead) -> HTTPHeaders? {
        let headers = head.headers
        guard head.method == .GET, head.version == .http1_1,
            headers[canonicalForm: "upgrade"].contains(where: { $0.lowercased() == "websocket" }),
            headers[canonicalForm: "connection"].contains(where: { $0.lowercased() == "upgrade" }),
            headers["sec-websocket-version"] == ["13"],
            headers["sec-websocket-key"].count == 1, let key = headers.first(name: "sec-websocket-key"),
            Data(base64Encoded: key)?.count == 16, headers.contains(name: "host"),
            // A body would have to be waited for.
            headers.first(name: "content-length") ?? "0" == "0", !headers.contains(name: "transfer-encoding")
        else { return nil }
        // The fixed text of RFC 6455 section 1.3.
        let digest = Insecure.SHA1.hash(data: Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
        return [
            "upgrade": "websocket",
            "connection": "upgrade",
            "sec-websocket-accept": Data(digest).base64EncodedString(),
        ]
    }
}
