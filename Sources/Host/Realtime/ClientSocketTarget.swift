import Foundation
import NIOHTTP1
import NIOSSL

/// Where a WebSocket is opened, and the request that asks for it.
struct ClientSocketTarget: Sendable {
    let host: String
    let port: Int
    let isSecure: Bool
    let request: HTTPRequestHead

    /// The machine's own authorities; read from the disk, so once.
    private static let trust = Result { try NIOSSLContext(configuration: .makeClientConfiguration()) }

    /// Takes `ws:` and `wss:` addresses apart; `nil` for anything else (RFC 6455 section 3).
    init?(_ address: String) {
        guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            ["ws", "wss"].contains(scheme), let host = parts.host, !host.isEmpty,
            parts.fragment == nil, parts.user == nil, parts.password == nil
        else { return nil }
        self.host = host
        isSecure = scheme == "wss"
        let usualPort = isSecure ? 443 : 80
        port = parts.port ?? usualPort
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        let authority = port == usualPort ? host : "\(host):\(port)"
        request = HTTPRequestHead(
            version: .http1_1,
            method: .GET,
            uri: path + (parts.percentEncodedQuery.map { "?\($0)" } ?? ""),
            headers: ["Host": authority, "User-Agent": "streamvibes"]
        )
    }

    /// What proves who answers there.
    func secureTransport() throws -> NIOSSLClientHandler {
        // A name is proved, an address of numbers is not one (RFC 6066 section 3).
        let isNumbers = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        return try NIOSSLClientHandler(context: Self.trust.get(), serverHostname: isNumbers ? nil : host)
    }
}
