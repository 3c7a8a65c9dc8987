import Crypto
import Foundation
import NIOCore
import Synchronization
import WidgetAPI

/// Twitch or Kick on loopback: authorize, token, refresh, revoke, validate and users, as their documents say.
///
/// It is as strict as they are: a code works once, for the return address it was made for, with the right secret and,
/// on Kick, with the verifier of its challenge.
final class FakePlatform: Sendable {
    private struct Grant {
        let user: User
        let redirectURI: String
        let challenge: String?
    }

    private struct State {
        var user: User
        var manners = Manners()
        /// What deliveries are signed with, in PEM; Kick alone shows one.
        var publicKey: String?
        var faults: [String: [Fault]] = [:]
        var codes: [String: Grant] = [:]
        var accessTokens: [String: User] = [:]
        var refreshTokens: [String: User] = [:]
        var revoked: [String] = []
        var requests: [LoopbackServer.Request] = []
        var made = 0
    }

    static let clientId = "client-of-tests"
    /// What people grant on Twitch.
    static let scopes = [
        "user:read:email", "chat:read", "user:read:chat", "moderator:read:followers", "channel:read:subscriptions",
        "bits:read", "channel:read:redemptions",
    ]
    static let clientSecret = "client-secret-of-tests"

    let kind: Kind
    /// Where Twitch tells what happens.
    let eventSub: FakeEventSub
    private let state: Mutex<State>
    private let server = Mutex<LoopbackServer?>(nil)

    init(_ kind: Kind, user: User) throws {
        self.kind = kind
        eventSub = try FakeEventSub()
        state = Mutex(State(user: user))
        let server = try LoopbackServer { [weak self] request in self?.answer(request) ?? .json("{}", status: 500) }
        self.server.withLock { $0 = server }
    }

    var base: String { server.withLock { $0?.base ?? "" } }

    /// Settings of a host that has an application there.
    var environment: [String: String] {
        let prefix = kind.rawValue.uppercased()
        var environment = [
            "\(prefix)_CLIENT_ID": Self.clientId, "\(prefix)_CLIENT_SECRET": Self.clientSecret,
            "\(prefix)_AUTH_URL": base, "\(prefix)_API_URL": kind == .twitch ? "\(base)/helix" : base,
        ]
        if kind == .twitch { environment["TWITCH_EVENTSUB_WS_URL"] = eventSub.address }
        return environment
    }

    // MARK: What a test decides and sees

    /// Who sits in front of the browser there.
    var user: User {
        get { state.withLock { $0.user } }
        set { state.withLock { $0.user = newValue } }
    }

    var publicKey: String? {
        get { state.withLock { $0.publicKey } }
        set { state.withLock { $0.publicKey = newValue } }
    }

    var manners: Manners {
        get { state.withLock { $0.manners } }
        set { state.withLock { $0.manners = newValue } }
    }

    /// The next answers at a path go wrong, one after the other.
    func fail(_ path: String, _ faults: Fault...) {
        state.withLock { $0.faults[path, default: []] += faults }
    }

    func requests(to path: String) -> [LoopbackServer.Request] {
        state.withLock { $0.requests.filter { $0.path == path } }
    }

    var revoked: [String] { state.withLock { $0.revoked } }
    var accessTokens: [String] { state.withLock { $0.accessTokens.keys.sorted() } }
    var refreshTokens: [String] { state.withLock { $0.refreshTokens.keys.sorted() } }

    /// Tokens as if somebody had just signed in.
    func grant() throws -> (access: String, refresh: String) {
        let answer = state.withLock { tokens(for: $0.user, isRefresh: false, &$0) }
        let json = try JSONValue(parsing: answer.body)
        return (json["access_token"]?.stringValue ?? "", json["refresh_token"]?.stringValue ?? "")
    }

    /// Ends all access tokens, as a changed password does.
    func endAccessTokens() {
        state.withLock { $0.accessTokens = [:] }
    }

    var tokenPath: String { kind == .twitch ? "/oauth2/token" : "/oauth/token" }
    var usersPath: String { kind == .twitch ? "/helix/users" : "/public/v1/users" }

    // MARK: Answers

    private func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        state.withLock { state in
            state.requests.append(request)
            var delay: TimeAmount? = .zero
            if var faults = state.faults[request.path], !faults.isEmpty {
                let fault = faults.removeFirst()
                state.faults[request.path] = faults
                switch fault {
                case .status(let status, let text): return .json(text, status: status)
                case .slow(let seconds): delay = .milliseconds(Int64(seconds * 1000))
                case .silent: delay = nil
                }
            }
            var answer = kind == .twitch ? twitch(request, &state) : kick(request, &state)
            answer.delay = delay
            return answer
        }
    }

    private func twitch(_ request: LoopbackServer.Request, _ state: inout State) -> LoopbackServer.Answer {
        switch (request.method, request.path) {
        case ("GET", "/oauth2/authorize"):
            return authorize(request, request.parameter("redirect_uri"), &state)
        case ("POST", "/oauth2/token"): return token(request, &state)
        case ("POST", "/oauth2/revoke"):
            guard request.field("client_id") == Self.clientId else {
                return .json(#"{"status":400,"message":"missing client id"}"#, status: 400)
            }
            return revoke(request.field("token"), &state)
        case ("GET", "/oauth2/validate"):
            guard let user = bearer(request, "OAuth ", state) else {
                return .json(#"{"status":401,"message":"invalid access token"}"#, status: 401)
            }
            let expiry = state.manners.lifetimeSeconds
            return .json(
                #"{"client_id":"\#(Self.clientId)","login":"\#(user.login)","scopes":[],"#
                    + #""user_id":"\#(user.id)","expires_in":\#(expiry)}"#
            )
        case ("GET", "/helix/users"):
            guard let user = bearer(request, "Bearer ", state), request.headers["client-id"] == Self.clientId else {
                return .json(#"{"error":"Unauthorized","status":401,"message":"Invalid OAuth token"}"#, status: 401)
            }
            let item: JSONValue = [
                "id": .string(user.id), "login": .string(user.login), "display_name": .string(user.name),
                "email": .string(user.email), "profile_image_url": "https://static-cdn.jtvnw.net/a.png",
                "broadcaster_type": "", "created_at": "2020-01-01T00:00:00Z",
            ]
            return .json((["data": .array([item])] as JSONValue).text)
        case ("POST", "/helix/eventsub/subscriptions"):
            return subscription(request, isSignedIn: bearer(request, "Bearer ", state) != nil)
        default: return .json("{}", status: 404)
        }
    }

    private func kick(_ request: LoopbackServer.Request, _ state: inout State) -> LoopbackServer.Answer {
        switch (request.method, request.path) {
        case ("GET", "/oauth/authorize"):
            // A known fault of Kick's: of addresses on this machine the first "redirect…" parameter is lost.
            var query = request.query
            let lost = query.firstIndex { $0.name.hasPrefix("redirect") && $0.value.contains("127.0.0.1") }
            if let lost { query.remove(at: lost) }
            let target = query.first { $0.name == "redirect_uri" }?.value
            guard request.parameter("code_challenge_method") == "S256",
                request.parameter("code_challenge")?.count == 43
            else { return .json(#"{"error":"invalid_request"}"#, status: 400) }
            return authorize(request, target, &state)
        case ("POST", "/oauth/token"): return token(request, &state)
        case ("POST", "/oauth/revoke"): return revoke(request.parameter("token"), &state)
        case ("GET", "/public/v1/public-key"):
            guard let key = state.publicKey else { return .json("{}", status: 404) }
            return .json((["data": ["public_key": .string(key)], "message": "OK"] as JSONValue).text)
        case ("GET", "/public/v1/users"):
            guard let user = bearer(request, "Bearer ", state) else { return .json("{}", status: 401) }
            let item: JSONValue = [
                "user_id": .integer(Int64(user.id) ?? 0), "name": .string(user.name), "email": .string(user.email),
                "profile_picture": "https://files.kick.com/a.webp",
            ]
            return .json((["data": .array([item]), "message": "OK"] as JSONValue).text)
        case ("GET", "/public/v1/channels"):
            guard let user = bearer(request, "Bearer ", state) else { return .json("{}", status: 401) }
            let item: JSONValue = [
                "broadcaster_user_id": .integer(Int64(user.id) ?? 0), "slug": .string(user.login),
            ]
            return .json((["data": .array([item]), "message": "OK"] as JSONValue).text)
        default: return .json("{}", status: 404)
        }
    }

    private func authorize(
        _ request: LoopbackServer.Request,
        _ redirectURI: String?,
        _ state: inout State
    ) -> LoopbackServer.Answer {
        guard request.parameter("client_id") == Self.clientId, request.parameter("response_type") == "code",
            let redirectURI, redirectURI.hasSuffix("/auth/callback/\(kind.rawValue)"),
            let value = request.parameter("state"), let scope = request.parameter("scope")
        else { return .json(#"{"status":400,"message":"Parameter redirect_uri does not match"}"#, status: 400) }
        let text = Self.encoded(value)
        let denial = "\(redirectURI)?error=access_denied&error_description=The+user+denied+you+access&state=\(text)"
        state.made += 1
        let code = "code-\(state.made)"
        let challenge = request.parameter("code_challenge")
        state.codes[code] = Grant(user: state.user, redirectURI: redirectURI, challenge: challenge)
        let consent = "\(redirectURI)?code=\(code)&scope=\(Self.encoded(scope))&state=\(text)"
        guard state.manners.showsPage else { return .redirect(state.manners.denies ? denial : consent) }
        let links = [("allow", consent, "Authorize"), ("deny", denial, "Cancel")].map { id, address, label in
            "<a id=\"\(id)\" href=\"\(address.replacing("&", with: "&amp;"))\">\(label)</a>"
        }
        let page = "<!doctype html><title>\(kind.rawValue)</title><link rel=icon href=data:,>\(links.joined())"
        return LoopbackServer.Answer(headers: [("Content-Type", "text/html; charset=utf-8")], body: page)
    }

    private func token(_ request: LoopbackServer.Request, _ state: inout State) -> LoopbackServer.Answer {
        let isTwitch = kind == .twitch
        guard request.field("client_id") == Self.clientId, request.field("client_secret") == Self.clientSecret else {
            return isTwitch
                ? .json(#"{"status":403,"message":"invalid client secret"}"#, status: 403)
                : .json(#"{"error":"invalid_client"}"#, status: 401)
        }
        switch request.field("grant_type") {
        case "authorization_code":
            guard let grant = request.field("code").flatMap({ state.codes.removeValue(forKey: $0) }),
                grant.redirectURI == request.field("redirect_uri"),
                isTwitch || Self.s256(request.field("code_verifier") ?? "") == grant.challenge
            else {
                return isTwitch
                    ? .json(#"{"status":400,"message":"Invalid authorization code"}"#, status: 400)
                    : .json(#"{"error":"invalid_grant"}"#, status: 400)
            }
            return tokens(for: grant.user, isRefresh: false, &state)
        case "refresh_token":
            let token = request.field("refresh_token") ?? ""
            guard !state.manners.refusesRefresh, let user = state.refreshTokens[token] else {
                return isTwitch
                    ? .json(#"{"error":"Bad Request","status":400,"message":"Invalid refresh token"}"#, status: 400)
                    : .json(#"{"error":"invalid_grant","error_description":"The refresh token ended"}"#, status: 401)
            }
            if !state.manners.keepsRefreshToken { state.refreshTokens[token] = nil }
            return tokens(for: user, isRefresh: true, &state)
        default: return .json(#"{"status":400,"message":"missing grant type"}"#, status: 400)
        }
    }

    private func tokens(for user: User, isRefresh: Bool, _ state: inout State) -> LoopbackServer.Answer {
        state.made += 1
        let manners = state.manners
        let access = "access-\(kind.rawValue)-\(state.made)"
        state.accessTokens[access] = user
        var json: JSONObject = ["access_token": .string(access), "token_type": "bearer"]
        if !isRefresh || !manners.keepsRefreshToken {
            // Refresh tokens hold characters that a form must encode (platforms.md 1.1).
            let refresh = "refresh%\(kind.rawValue)+\(state.made)="
            state.refreshTokens[refresh] = user
            json["refresh_token"] = .string(refresh)
        }
        let isList = (kind == .twitch) != manners.scopeIsOdd
        json["scope"] = isList ? .array(Self.scopes.map { .string($0) }) : "user:read channel:read"
        if manners.tellsExpiry {
            let seconds = manners.lifetimeSeconds
            json["expires_in"] = manners.expiryIsText ? .string("\(seconds)") : .integer(seconds)
        }
        return .json(JSONValue.object(json).text)
    }

    private func revoke(_ token: String?, _ state: inout State) -> LoopbackServer.Answer {
        let token = token ?? ""
        state.revoked.append(token)
        state.accessTokens[token] = nil
        state.refreshTokens[token] = nil
        return LoopbackServer.Answer()
    }

    private func bearer(_ request: LoopbackServer.Request, _ word: String, _ state: State) -> User? {
        guard let header = request.headers["authorization"], header.hasPrefix(word) else { return nil }
        return state.accessTokens[String(header.dropFirst(word.count))]
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func s256(_ verifier: String) -> String {
        Data(SHA256.hash(data: Array(verifier.utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
