import NIOHTTP1
import WidgetAPI

/// A platform with which a streamer signs in (OAuth 2, authorization code).
protocol LoginPlatform: Sendable {
    var platform: Platform { get }

    /// Where the browser is sent.
    func authorizeURL(state: String, challenge: String, redirectURI: String) -> String

    /// The tokens for a code.
    func exchange(
        code: String,
        verifier: String,
        redirectURI: String
    ) async throws(PlatformFailure) -> TokenGrant

    /// Fresh tokens; `PlatformFailure.grantRefused` is final.
    func refresh(_ refreshToken: Secret) async throws(PlatformFailure) -> TokenGrant

    /// Ends tokens at the platform.
    func revoke(_ accessToken: Secret, _ refreshToken: Secret?) async throws(PlatformFailure)

    /// Who granted that token.
    func identity(_ accessToken: Secret) async throws(PlatformFailure) -> PlatformIdentity

    /// Seconds that the token still lasts, or `nil` when the platform does not say.
    ///
    /// Throws `PlatformFailure.tokenRefused` when it lasts no longer.
    func validate(_ accessToken: Secret) async throws(PlatformFailure) -> Int64?

    /// Whether the platform wants every token validated each hour.
    var wantsValidation: Bool { get }

    /// Scopes without which a streamer is asked to sign in once more.
    ///
    /// Empty of a platform that may grant fewer than it was asked for: its streamers would be asked for ever.
    var requiredScopes: [String] { get }
}

/// Tokens as a platform grants them.
struct TokenGrant: Sendable, Equatable {
    let accessToken: Secret
    /// `nil` when the platform gives none, or none but the one we have.
    let refreshToken: Secret?
    /// `nil` when the platform does not say.
    let lifetimeSeconds: Int64?
    let scopes: [String]

    /// A token that is longer than this is none that we could keep.
    private static let lengthLimit = 4096

    init(accessToken: Secret, refreshToken: Secret?, lifetimeSeconds: Int64?, scopes: [String]) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.lifetimeSeconds = lifetimeSeconds
        self.scopes = scopes
    }

    /// Reads a token answer: `scope` is a list or one text or absent, `expires_in` a number, a numeric text or absent.
    init(_ json: JSONValue) throws(PlatformFailure) {
        guard let access = Self.token(json["access_token"]) else {
            throw .unusable(reason: "a token answer without an access token")
        }
        accessToken = access
        refreshToken = Self.token(json["refresh_token"])
        lifetimeSeconds = Self.lifetime(in: json)
        let list = json["scope"]?.arrayValue?.compactMap(\.stringValue)
        scopes = list ?? json["scope"]?.stringValue?.split(separator: " ").map(String.init) ?? []
    }

    /// The seconds of `expires_in`; `nil` when it is missing or none that a token can last.
    static func lifetime(in json: JSONValue) -> Int64? {
        let seconds = json["expires_in"].flatMap { $0.integerValue ?? $0.stringValue.flatMap { Int64($0) } }
        // Ten years are more than any token lasts, and far from where sums overflow.
        return seconds.flatMap { (1...315_360_000).contains($0) ? $0 : nil }
    }

    private static func token(_ value: JSONValue?) -> Secret? {
        guard let text = value?.stringValue, (1...lengthLimit).contains(text.utf8.count),
            // What is no visible ASCII could end a header line.
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return Secret(text)
    }
}

/// A streamer as a platform knows them.
struct PlatformIdentity: Sendable, Equatable {
    let platform: Platform
    let userId: String
    /// The channel's name in addresses, lower case.
    let channel: String
    let displayName: String
    let email: String?
    let avatarURL: String?

    /// Takes what a platform said, as far as it can stand in addresses and on pages.
    init(
        _ platform: Platform,
        userId: String,
        channel: String,
        displayName: String?,
        email: String?,
        avatarURL: String?
    ) throws(PlatformFailure) {
        guard Self.isWord(userId), Self.isWord(channel) else {
            throw .unusable(reason: "a user without an id and a name that could stand in an address")
        }
        self.platform = platform
        self.userId = userId
        self.channel = channel.lowercased()
        let name = displayName.map { String($0.prefix(100)) } ?? ""
        self.displayName = name.isEmpty ? channel : name
        self.email = email.flatMap { (3...320).contains($0.utf8.count) ? $0 : nil }
        self.avatarURL = avatarURL.flatMap { $0.hasPrefix("https://") && $0.utf8.count <= 2048 ? $0 : nil }
    }

    /// The same as for `channel add`.
    private static func isWord(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
                default: false
                }
            }
    }
}
