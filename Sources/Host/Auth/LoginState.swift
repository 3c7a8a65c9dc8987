import Crypto
import Foundation
import WidgetAPI

/// What ties a login to the browser that began it.
///
/// The platform gets `state`, the browser keeps a cookie; a callback needs both, so a link that somebody else made
/// signs nobody in. The verifier of PKCE comes from the cookie and stands nowhere else.
struct LoginTicket: Sendable {
    /// Milliseconds from the click to the callback; people type passwords and wait for codes.
    static let lifetimeMilliseconds: Int64 = 600_000

    let state: String
    let browser: BrowserSecret

    static func random() -> LoginTicket {
        LoginTicket(state: RandomText.make(bytes: 32), browser: BrowserSecret(text: RandomText.make(bytes: 32)))
    }
}

/// The value of a login's cookie.
struct BrowserSecret: Sendable, CustomStringConvertible {
    let text: String

    /// What the platform sees at the end (RFC 7636 section 4.1): 43 characters.
    var verifier: String { Self.base64URL(Array("verifier \(text)".utf8)) }

    /// What it sees at the beginning: S256 of the verifier.
    var challenge: String { Self.base64URL(Array(verifier.utf8)) }

    var description: String { "<redacted>" }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(SHA256.hash(data: bytes)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// Logins that are under way, as rows.
struct LoginStateStore: Sendable {
    let database: any Database
    let now: @Sendable () -> Timestamp

    /// What a callback's state stood for.
    struct Begun: Sendable, Equatable {
        /// The account to connect with; `nil` signs in.
        let connecting: Tenant.ID?
    }

    /// Begins a login, and forgets those that nobody finished.
    func begin(_ platform: Platform, connecting tenant: Tenant.ID?) async throws -> LoginTicket {
        let ticket = LoginTicket.random()
        let moment = now()
        try await database.hostTransaction { sql in
            try sql.run("DELETE FROM login_states WHERE expires_at <= $1", [.integer(moment.milliseconds)])
            try sql.run(
                """
                INSERT INTO login_states (state_hash, browser_hash, platform, streamer_id, expires_at)
                VALUES ($1, $2, $3, $4, $5)
                """,
                [
                    .text(RandomText.hash(ticket.state)), .text(RandomText.hash(ticket.browser.text)),
                    .text(platform.rawValue), .optional(tenant?.text),
                    .integer(moment.milliseconds + LoginTicket.lifetimeMilliseconds),
                ]
            )
        }
        return ticket
    }

    /// What that state stood for; it stands for nothing afterwards, whoever asked.
    ///
    /// `nil` for a state that is unknown, used, too old, of another platform or of another browser.
    func take(_ state: String, _ browser: BrowserSecret, _ platform: Platform) async throws -> Begun? {
        let moment = now()
        let row = try await database.hostTransaction { sql in
            try sql.first(
                """
                DELETE FROM login_states WHERE state_hash = $1 RETURNING browser_hash, platform, streamer_id, expires_at
                """,
                [.text(RandomText.hash(state))]
            )
        }
        guard let row, row.text(0) == RandomText.hash(browser.text), row.text(1) == platform.rawValue,
            row.integer(3) > moment.milliseconds
        else { return nil }
        return Begun(connecting: row.optionalText(2).map { Tenant.ID($0) })
    }
}
