import NIOHTTP1
import WidgetAPI

/// Signing in with Kick (https://docs.kick.com/getting-started/generating-tokens-oauth2-flow).
///
/// Kick wants PKCE although the client has a secret.
struct KickLogin: LoginPlatform {
    let application: PlatformApplication
    let http: PlatformHTTP

    let platform = Platform.kick
    let wantsValidation = false

    static let scopes = "user:read channel:read channel:rewards:read events:subscribe kicks:read"

    /// None: Kick does not promise to grant all that it was asked for.
    let requiredScopes: [String] = []

    func authorizeURL(state: String, challenge: String, redirectURI: String) -> String {
        var fields = [
            ("client_id", application.clientId), ("response_type", "code"), ("redirect_uri", redirectURI),
            ("scope", Self.scopes), ("state", state), ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ]
        // Kick loses the first parameter that begins with "redirect" when it names this address; its documents say so.
        if redirectURI.hasPrefix("http://127.0.0.1") { fields.insert(("redirect", "127.0.0.1"), at: 0) }
        return "\(application.authURL)/oauth/authorize?\(FormText.encode(fields.map { ($0, $1) }))"
    }

    func exchange(
        code: String,
        verifier: String,
        redirectURI: String
    ) async throws(PlatformFailure) -> TokenGrant {
        let answer = try await token([
            ("grant_type", "authorization_code"), ("redirect_uri", redirectURI), ("code_verifier", verifier),
            ("code", code),
        ])
        guard answer.status == 200 else { throw .grantRefused(reason: "\(answer.status) \(answer.complaint)") }
        return try TokenGrant(answer.json)
    }

    func refresh(_ refreshToken: Secret) async throws(PlatformFailure) -> TokenGrant {
        let answer = try await token([("grant_type", "refresh_token"), ("refresh_token", refreshToken.exposed)])
        if answer.status == 200 { return try TokenGrant(answer.json) }
        let reason = "\(answer.status) \(answer.complaint)"
        // Kick's servers answer 403 and 404 on bad days; only its own clear word is final.
        let isFinal = [400, 401].contains(answer.status) && reason.contains("invalid_grant")
        throw isFinal ? .grantRefused(reason: reason) : .unusable(reason: reason)
    }

    func revoke(_ accessToken: Secret, _ refreshToken: Secret?) async throws(PlatformFailure) {
        for (token, hint) in [(refreshToken, "refresh_token"), (accessToken, "access_token")] {
            guard let token else { continue }
            // Written this way; RFC 7009 says token_type_hint.
            let query = FormText.encode([("token", token.exposed), ("token_hint_type", hint)])
            let url = "\(application.authURL)/oauth/revoke?\(query)"
            let answer = try await http.send(PlatformRequest(method: .POST, url: url, form: []))
            guard answer.status < 300 else { throw .unusable(reason: "\(answer.status)") }
        }
    }

    func identity(_ accessToken: Secret) async throws(PlatformFailure) -> PlatformIdentity {
        let user = try await first("users", accessToken)
        guard let user, let id = user["user_id"]?.integerValue else {
            throw .unusable(reason: "no user in the answer")
        }
        let name = user["name"]?.stringValue
        // A channel's address is its slug; the name may be written otherwise.
        let slug = try await first("channels", accessToken)?["slug"]?.stringValue
        return try PlatformIdentity(
            .kick,
            userId: String(id),
            channel: slug ?? name ?? "",
            displayName: name,
            email: user["email"]?.stringValue,
            avatarURL: user["profile_picture"]?.stringValue
        )
    }

    func validate(_ accessToken: Secret) async throws(PlatformFailure) -> Int64? { nil }

    /// The first of a list that belongs to whoever granted the token.
    private func first(_ list: String, _ accessToken: Secret) async throws(PlatformFailure) -> JSONValue? {
        let headers = [(name: "Authorization", value: "Bearer \(accessToken.exposed)")]
        let request = PlatformRequest(url: "\(application.apiURL)/public/v1/\(list)", headers: headers)
        let answer = try await http.send(request)
        guard answer.status != 401 else { throw .tokenRefused }
        guard answer.status == 200 else { throw .unusable(reason: "\(answer.status) \(answer.complaint)") }
        return answer.json["data"]?.arrayValue?.first
    }

    private func token(_ fields: [(name: String, value: String)]) async throws(PlatformFailure) -> PlatformAnswer {
        let own = [("client_id", application.clientId), ("client_secret", application.clientSecret.exposed)]
        let form = own.map { (name: $0, value: $1) } + fields
        let url = "\(application.authURL)/oauth/token"
        return try await http.send(PlatformRequest(method: .POST, url: url, form: form, isHadOnce: true))
    }
}
