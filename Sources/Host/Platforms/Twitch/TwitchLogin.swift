import NIOHTTP1
import WidgetAPI

/// Signing in with Twitch (https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/).
///
/// Twitch has no PKCE and takes no HTTP Basic: what protects the code is `state` and the client's secret.
struct TwitchLogin: LoginPlatform {
    let application: PlatformApplication
    let http: PlatformHTTP

    let platform = Platform.twitch
    let wantsValidation = true

    static let scopes =
        "user:read:email moderator:read:followers channel:read:subscriptions bits:read channel:read:redemptions "
        + "user:read:chat user:bot channel:bot chat:read"

    /// All of them: Twitch's page grants everything that it was asked for, or nothing.
    var requiredScopes: [String] { Self.scopes.split(separator: " ").map(String.init) }

    func authorizeURL(state: String, challenge: String, redirectURI: String) -> String {
        let query = FormText.encode([
            ("client_id", application.clientId), ("redirect_uri", redirectURI), ("response_type", "code"),
            ("scope", Self.scopes), ("state", state),
        ])
        return "\(application.authURL)/oauth2/authorize?\(query)"
    }

    func exchange(
        code: String,
        verifier: String,
        redirectURI: String
    ) async throws(PlatformFailure) -> TokenGrant {
        let answer = try await token([
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
        ])
        guard answer.status == 200 else {
            throw .grantRefused(reason: "\(answer.status) \(answer.complaint)")
        }
        return try TokenGrant(answer.json)
    }

    func refresh(_ refreshToken: Secret) async throws(PlatformFailure) -> TokenGrant {
        let answer = try await token([("grant_type", "refresh_token"), ("refresh_token", refreshToken.exposed)])
        if answer.status == 200 { return try TokenGrant(answer.json) }
        let reason = "\(answer.status) \(answer.complaint)"
        // A wrong client id or secret is the operator's to mend; nobody has to sign in again for it.
        let isFinal = answer.status == 401 || answer.status == 400 && reason.lowercased().contains("refresh token")
        throw isFinal ? .grantRefused(reason: reason) : .unusable(reason: reason)
    }

    func revoke(_ accessToken: Secret, _ refreshToken: Secret?) async throws(PlatformFailure) {
        let form = [("client_id", application.clientId), ("token", accessToken.exposed)]
        let url = "\(application.authURL)/oauth2/revoke"
        let answer = try await http.send(PlatformRequest(method: .POST, url: url, form: form.map { ($0, $1) }))
        // 400 says that the token is none any more, which is what was wanted.
        guard [200, 204, 400].contains(answer.status) else { throw .unusable(reason: "\(answer.status)") }
    }

    func identity(_ accessToken: Secret) async throws(PlatformFailure) -> PlatformIdentity {
        let headers = [("Authorization", "Bearer \(accessToken.exposed)"), ("Client-Id", application.clientId)]
        let request = PlatformRequest(url: "\(application.apiURL)/users", headers: headers.map { ($0, $1) })
        let answer = try await http.send(request)
        guard answer.status != 401 else { throw .tokenRefused }
        guard answer.status == 200, let user = answer.json["data"]?.arrayValue?.first,
            let id = user["id"]?.stringValue, let login = user["login"]?.stringValue
        else { throw .unusable(reason: "\(answer.status) without a user") }
        return try PlatformIdentity(
            .twitch,
            userId: id,
            channel: login,
            displayName: user["display_name"]?.stringValue,
            email: user["email"]?.stringValue,
            avatarURL: user["profile_image_url"]?.stringValue
        )
    }

    func validate(_ accessToken: Secret) async throws(PlatformFailure) -> Int64? {
        // The documented word is OAuth, not Bearer.
        let headers = [(name: "Authorization", value: "OAuth \(accessToken.exposed)")]
        let url = "\(application.authURL)/oauth2/validate"
        let answer = try await http.send(PlatformRequest(url: url, headers: headers))
        guard answer.status != 401 else { throw .tokenRefused }
        guard answer.status == 200 else { throw .unusable(reason: "\(answer.status) \(answer.complaint)") }
        return TokenGrant.lifetime(in: answer.json)
    }

    private func token(_ fields: [(name: String, value: String)]) async throws(PlatformFailure) -> PlatformAnswer {
        let own = [("client_id", application.clientId), ("client_secret", application.clientSecret.exposed)]
        let form = own.map { (name: $0, value: $1) } + fields
        let url = "\(application.authURL)/oauth2/token"
        return try await http.send(PlatformRequest(method: .POST, url: url, form: form, isHadOnce: true))
    }
}
