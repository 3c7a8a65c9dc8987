import Crypto
import WidgetAPI

/// A signed-in streamer in one browser.
struct Session: Sendable {
    let tenant: Tenant.ID
    /// What changing requests must carry, so that another site cannot make them.
    let csrfToken: String
    let expiresAt: Timestamp

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
    var hash: String {
        SHA256.hash(data: Array(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }

    var description: String { "<redacted>" }
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
}
