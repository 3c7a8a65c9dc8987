import Synchronization
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Twitch's lists of pictures on loopback, as its documents say; they are told to an application's token alone.
final class FakePictureLists: Sendable {
    private struct State {
        var requests: [LoopbackServer.Request] = []
        var tokens: Set<String> = []
        var made = 0
        var badges: [String: [JSONValue]] = [:]
        var cheermotes: [JSONValue] = []
        var people: [String: String] = [:]
        var refused: Set<String> = []
        var isBusy = false
    }

    static let official = "https://static-cdn.jtvnw.net"

    private let state = Mutex(State())
    private let server = Mutex<LoopbackServer?>(nil)

    init() throws {
        let server = try LoopbackServer { [weak self] request in self?.answer(request) ?? .json("{}", status: 500) }
        self.server.withLock { $0 = server }
    }

    var base: String { server.withLock { $0?.base ?? "" } }

    var application: PlatformApplication {
        PlatformApplication(
            clientId: "client-of-tests",
            clientSecret: Secret("client-secret-of-tests"),
            authURL: base,
            apiURL: "\(base)/helix"
        )
    }

    /// Settings of a host that has an application there.
    var environment: [String: String] {
        [
            "TWITCH_CLIENT_ID": application.clientId, "TWITCH_CLIENT_SECRET": application.clientSecret.exposed,
            "TWITCH_AUTH_URL": application.authURL, "TWITCH_API_URL": application.apiURL,
        ]
    }

    // MARK: What a test decides and sees

    /// Puts a badge into a channel's list, or into that of everywhere, with a picture of one size.
    func put(badge set: String, _ version: String, in place: String = "global", at address: String, size: String = "4x")
    {
        let told: JSONValue = ["id": .string(version), "title": "A badge", "image_url_\(size)": .string(address)]
        state.withLock { $0.badges[place, default: []].append(["set_id": .string(set), "versions": [told]]) }
    }

    /// Puts a cheermote into every channel's list, with a look for each tier.
    func put(cheermote prefix: String, _ looks: [(bits: Int64, address: String)]) {
        let tiers = looks.map { look -> JSONValue in
            [
                "min_bits": .integer(look.bits), "id": .string("\(look.bits)"),
                "images": ["dark": ["animated": ["1": "-", "4": .string(look.address)], "static": ["4": "-"]]],
            ]
        }
        state.withLock { $0.cheermotes.append(["prefix": .string(prefix), "tiers": .array(tiers)]) }
    }

    func put(person id: String, at address: String) { state.withLock { $0.people[id] = address } }

    /// Takes an id for ill-formed, and every request that it is in.
    func refuse(person id: String) { state.withLock { _ = $0.refused.insert(id) } }

    /// Ends all tokens.
    func endTokens() { state.withLock { $0.tokens = [] } }

    /// Whether every list is answered with 500.
    var isBusy: Bool {
        get { state.withLock { $0.isBusy } }
        set { state.withLock { $0.isBusy = newValue } }
    }

    /// Those that were let in, in order.
    func requests(to path: String) -> [LoopbackServer.Request] {
        state.withLock { $0.requests.filter { $0.path == path } }
    }

    // MARK: Answers

    private func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        state.withLock { state in
            if request.path == "/oauth2/token" {
                guard request.field("grant_type") == "client_credentials",
                    request.field("client_secret") == "client-secret-of-tests"
                else { return .json(#"{"status":403,"message":"invalid client secret"}"#, status: 403) }
                state.made += 1
                state.tokens.insert("Bearer application-\(state.made)")
                return .json(
                    #"{"access_token":"application-\#(state.made)","expires_in":5011271,"token_type":"bearer"}"#
                )
            }
            guard state.tokens.contains(request.headers["authorization"] ?? ""),
                request.headers["client-id"] == "client-of-tests"
            else { return .json(#"{"status":401,"message":"Invalid OAuth token"}"#, status: 401) }
            state.requests.append(request)
            guard !state.isBusy else { return .json("{}", status: 500) }
            return list(request, state)
        }
    }

    private func list(_ request: LoopbackServer.Request, _ state: State) -> LoopbackServer.Answer {
        let channel = request.parameter("broadcaster_id")
        let list: [JSONValue]
        switch request.path {
        case "/helix/chat/badges/global": list = state.badges["global"] ?? []
        case "/helix/chat/badges" where channel != nil: list = state.badges[channel ?? ""] ?? []
        case "/helix/bits/cheermotes": list = state.cheermotes
        case "/helix/users":
            let ids = request.query.filter { $0.name == "id" }.map(\.value)
            guard (1...100).contains(ids.count), state.refused.isDisjoint(with: ids) else {
                return .json(#"{"status":400}"#, status: 400)
            }
            list = ids.compactMap { id in
                state.people[id].map { ["id": .string(id), "login": "x", "profile_image_url": .string($0)] }
            }
        default: return .json("{}", status: 404)
        }
        return .json((["data": .array(list)] as JSONValue).text)
    }
}
