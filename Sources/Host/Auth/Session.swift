import Crypto
import WidgetAPI

/// A signed-in streamer in one browser.
struct Session: Sendable {
    let id: Session.ID
    let tenant: Tenant.ID
    /// What changing requests must carry, so that another site cannot make them.
    let csrfToken: String
    let expiresAt: Timestamp

    typealias ID = Identifier<Session>

    /// The browser has shown the cookie; that is what a scope stands for.
    var scope: TenantScope { TenantScope(granting: tenant, to: .session) }
}

/// The secret in a session's cookie.
///
/// The database knows only its hash.
struct SessionToken: Sendable, CustomStringConvertible {
    let text: String

    /// 256 random bits.
    static func random() -> SessionToken {
        SessionToken(text: RandomText.make(bytes: 32))
    }

    /// What the database keeps.
    var hash: String { RandomText.hash(text) }

    var description: String { "<redacted>" }
}

/// Where a session was begun, as the list of sessions shows it.
struct SessionOrigin: Sendable, Equatable {
    /// Characters of a browser's name that are kept.
    static let userAgentLimit = 200

    let userAgent: String
    /// The address at the other end, without its port.
    let address: String

    init(userAgent: String, address: String) {
        self.userAgent = String(userAgent.prefix(Self.userAgentLimit))
        self.address = address
    }
}

/// A session as the streamer sees it among the others.
struct SessionSummary: Sendable, Equatable {
    let id: Session.ID
    let createdAt: Timestamp
    let lastUsedAt: Timestamp
    let expiresAt: Timestamp
    let origin: SessionOrigin
}

/// Unguessable text for cookies and tokens.
enum RandomText {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Six bits a character, at least so many bytes' worth.
    static func make(bytes: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        let count = (bytes * 8 + 5) / 6
        return String(decoding: (0..<count).map { _ in alphabet[Int(generator.next() & 63)] }, as: UTF8.self)
    }

    /// SHA-256 in hexadecimal: what the database keeps of such a text, which has too many values to be guessed from it.
    static func hash(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}
