import NIOCore
import Synchronization
import WidgetAPI

/// Twitch or Kick on loopback: authorize, token, refresh, revoke, validate and users, as their documents say.
///
/// It is as strict as they are: a code works once, for the return address it was made for, with the right secret and,
/// on Kick, with the verifier of its challenge.
final class FakePlatform: Sendable {
    struct Grant {
        let user: User
        let redirectURI: String
        let challenge: String?
    }

    struct State {
        var user: User
        var manners = Manners()
        var audience: Audience?
        var airing: Airing?
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
        "bits:read", "channel:read:redemptions", "user:bot", "channel:bot",
    ]
    static let clientSecret = "client-secret-of-tests"

    let kind: Kind
    /// Where Twitch tells what happens.
    let eventSub: FakeEventSub
    /// What Twitch posts, and to whom.
    let webhooks = FakeWebhooks()
    /// What Kick posts.
    let kickEvents = FakeKickEvents()
    /// Where Twitch's chat is.
    let irc: FakeIRC
    private let state: Mutex<State>
    private let server = Mutex<LoopbackServer?>(nil)

    init(_ kind: Kind, user: User) throws {
        self.kind = kind
        eventSub = try FakeEventSub()
        irc = try FakeIRC()
        state = Mutex(State(user: user))
        let server = try LoopbackServer { [weak self] request in self?.answer(request) ?? .json("{}", status: 500) }
        self.server.withLock { $0 = server }
        irc.knows { [weak self] token in self?.state.withLock { $0.accessTokens[token]?.login } }
    }

    var base: String { server.withLock { $0?.base ?? "" } }

    /// Nobody answers from now on, and who waits in vain is told so.
    func leave() { server.withLock { $0?.close() } }

    /// Settings of a host that has an application there.
    var environment: [String: String] {
        let prefix = kind.rawValue.uppercased()
        var environment = [
            "\(prefix)_CLIENT_ID": Self.clientId, "\(prefix)_CLIENT_SECRET": Self.clientSecret,
            "\(prefix)_AUTH_URL": base, "\(prefix)_API_URL": kind == .twitch ? "\(base)/helix" : base,
        ]
        if kind == .twitch {
            environment["TWITCH_EVENTSUB_WS_URL"] = eventSub.address
            environment["TWITCH_IRC_URL"] = irc.address
            environment["TWITCH_CDN_URL"] = base
        }
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

    /// How many follow and subscribe; `nil` where it does not say.
    var audience: Audience? {
        get { state.withLock { $0.audience } }
        set { state.withLock { $0.audience = newValue } }
    }

    /// Whether its user is on air; `nil` where it does not say.
    var airing: Airing? {
        get { state.withLock { $0.airing } }
        set { state.withLock { $0.airing = newValue } }
    }

    /// The next answers at a path go wrong, one after the other.
    func fail(_ path: String, _ faults: Fault...) {
        state.withLock { $0.faults[path, default: []] += faults }
    }

    func requests(to path: String) -> [LoopbackServer.Request] {
        state.withLock { $0.requests.filter { $0.path == path } }
    }

    /// How often each path was asked for.
    var requestCounts: [String: Int] {
        state.withLock { state in Dictionary(state.requests.map { ($0.path, 1) }, uniquingKeysWith: +) }
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
            var isTruncated = false
            if var faults = state.faults[request.path], !faults.isEmpty {
                let fault = faults.removeFirst()
                state.faults[request.path] = faults
                switch fault {
                case .status(let status, let text): return .json(text, status: status)
                case .busy(let seconds): return .busy(seconds)
                case .slow(let seconds): delay = .milliseconds(Int64(seconds * 1000))
                case .truncated: isTruncated = true
                case .silent: delay = nil
                }
            }
            var answer = kind == .twitch ? twitch(request, &state) : kick(request, &state)
            answer.delay = delay
            answer.isTruncated = isTruncated
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
        case ("GET", "/helix/users") where request.parameter("id") != nil: return people(request)
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
        case ("GET", "/helix/channels/followers"):
            return total(state.audience?.followers, request, of: bearer(request, "Bearer ", state))
        case ("GET", "/helix/subscriptions"):
            return total(state.audience?.subscribers, request, of: bearer(request, "Bearer ", state))
        case ("GET", "/helix/streams"): return streams(request, state)
        case (_, "/helix/eventsub/subscriptions"):
            return subscription(request, of: bearer(request, "Bearer ", state))
        default: return picture(request) ?? .json("{}", status: 404)
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
        case (_, "/public/v1/events/subscriptions"):
            return kickEvents.answer(request, bearer(request, "Bearer ", state))
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
            var item: JSONObject = [
                "broadcaster_user_id": .integer(Int64(user.id) ?? 0), "slug": .string(user.login),
            ]
            if let audience = state.audience { item["active_subscribers_count"] = .integer(audience.subscribers) }
            if let airing = state.airing { item["stream"] = airing.kickStream }
            return .json((["data": .array([.object(item)]), "message": "OK"] as JSONValue).text)
        default: return .json("{}", status: 404)
        }
    }
}
