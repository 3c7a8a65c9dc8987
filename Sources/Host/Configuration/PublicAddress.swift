import Synchronization

/// The address browsers reach: what the operator named, or where the server turns out to listen.
final class PublicAddress: Sendable {
    private let address: Mutex<String>

    init(_ settings: Settings) {
        address = Mutex(settings.publicURL ?? "http://\(Self.host(settings.hostname)):\(settings.port)")
        isNamed = settings.publicURL != nil
    }

    private let isNamed: Bool

    /// Without a slash at its end.
    var text: String { address.withLock { $0 } }

    var isSecure: Bool { text.hasPrefix("https://") }

    /// Whether it names no port, or that of HTTPS.
    var hasUsualPort: Bool {
        let rest = text.dropFirst(isSecure ? 8 : 7)
        guard let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") else { return true }
        return Int(rest[rest.index(after: colon)...]) == 443
    }

    /// Whether a request with that `Host` came under this address; the usual ports need not be named.
    func isReached(by host: String?) -> Bool {
        guard let host else { return false }
        let usual = isSecure ? ":443" : ":80"
        func plain(_ host: String) -> String {
            let host = host.lowercased()
            return host.hasSuffix(usual) ? String(host.dropLast(usual.count)) : host
        }
        return plain(host) == plain(String(text.dropFirst(isSecure ? 8 : 7)))
    }

    /// The server listens there; what the operator named stays.
    func listens(on hostname: String, port: Int) {
        guard !isNamed else { return }
        address.withLock { $0 = "http://\(Self.host(hostname)):\(port)" }
    }

    /// An IPv6 address stands in brackets (RFC 3986 section 3.2.2).
    private static func host(_ hostname: String) -> String {
        hostname.contains(":") ? "[\(hostname)]" : hostname
    }
}
