import Crypto
import Foundation

/// Who is at a fake platform, and how badly it behaves.
extension FakePlatform {
    enum Kind: String, Sendable {
        case twitch, kick
    }

    /// Somebody with an account there.
    struct User: Sendable {
        var id: String
        var login: String
        var name: String
        var email = "someone@example.com"
    }

    /// What goes wrong next at an endpoint.
    enum Fault: Sendable {
        case status(Int, String = "{}")
        /// 429, and when to come again.
        case busy(seconds: Int)
        /// Answers right, but late.
        case slow(seconds: Double)
        /// Ends the connection in the middle of what it said it would answer.
        case truncated
        case silent
    }

    /// What this platform does for the rest of the test.
    struct Manners: Sendable {
        /// Whoever is asked says no.
        var denies = false
        /// Shows a page with two links instead of sending the browser on at once.
        var showsPage = false
        /// One text on Twitch, where a list is usual; a list on Kick.
        var scopeIsOdd = false
        /// What people grant; `nil` what they usually do there.
        var scopes: [String]?
        var tellsExpiry = true
        var lifetimeSeconds: Int64 = 14_124
        /// As text.
        var expiryIsText = false
        var refusesRefresh = false
        /// A refresh answers with the same refresh token left out.
        var keepsRefreshToken = false
    }

    /// A value as it stands in an address.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// The challenge of a verifier (RFC 7636 section 4.2).
    static func s256(_ verifier: String) -> String {
        Data(SHA256.hash(data: Array(verifier.utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

extension LoopbackServer.Answer {
    /// 429 with the seconds after which to come again.
    static func busy(_ seconds: Int) -> LoopbackServer.Answer {
        LoopbackServer.Answer(status: 429, headers: [("Retry-After", "\(seconds)")], body: "{}")
    }
}
