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
        /// Answers right, but late.
        case slow(seconds: Double)
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
        var tellsExpiry = true
        var lifetimeSeconds: Int64 = 14_124
        /// As text.
        var expiryIsText = false
        var refusesRefresh = false
        /// A refresh answers with the same refresh token left out.
        var keepsRefreshToken = false
    }
}
