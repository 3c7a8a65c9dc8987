import Foundation
import Synchronization
import WidgetAPI

/// Twitch's list of webhook subscriptions, and who posts to them, as its documents say.
///
/// A subscription is challenged at its address before anything comes by it. Tests have no name server and no proxy:
/// whatever address a host named, the post goes to the port that the test names.
final class FakeWebhooks: Sendable {
    /// One subscription.
    struct Record: Sendable {
        let id: String
        var status: String
        let wish: JSONValue
        var createdAt = PlatformClock.now

        var type: String { wish["type"]?.stringValue ?? "" }
        var callback: String { wish["transport"]?["callback"]?.stringValue ?? "" }

        /// As Helix lists it: the secret is shown to nobody.
        var json: JSONValue {
            [
                "id": .string(id), "status": .string(status), "type": wish["type"] ?? nil,
                "version": wish["version"] ?? nil, "condition": wish["condition"] ?? nil, "cost": 0,
                "created_at": .string(createdAt.iso8601),
                "transport": ["method": "webhook", "callback": .string(callback)],
            ]
        }
    }

    private struct State {
        var records: [Record] = []
        var tokens: Set<String> = []
        var made = 0
        /// Types that are refused for a missing scope.
        var refused: Set<String> = []
        /// Types of which there are as many as there may be.
        var full: Set<String> = []
        /// The port of the host behind all addresses.
        var port: Int?
    }

    private let state = Mutex(State())

    // MARK: What a test decides and sees

    var records: [Record] { state.withLock { $0.records } }
    var enabled: [Record] { records.filter { $0.status == "enabled" } }

    /// Posts come to this port from now on, challenges too.
    func reach(_ port: Int) { state.withLock { $0.port = port } }

    func refuse(_ type: String) { state.withLock { _ = $0.refused.insert(type) } }

    /// There may be no more of that type, whoever asks.
    func fill(_ type: String) { state.withLock { _ = $0.full.insert(type) } }

    /// That type is neither refused nor full any more.
    func allow(_ type: String) {
        state.withLock { state in
            state.refused.remove(type)
            state.full.remove(type)
        }
    }

    /// Ends all tokens of the application.
    func endTokens() { state.withLock { $0.tokens = [] } }

    /// Puts a subscription there that this host has not asked for.
    func put(_ type: String, of broadcasterId: String, at callback: String, status: String = "enabled") {
        state.withLock { state in
            state.made += 1
            let wish: JSONValue = [
                "type": .string(type), "version": "1", "condition": ["broadcaster_user_id": .string(broadcasterId)],
                "transport": ["method": "webhook", "callback": .string(callback), "secret": "another-secret"],
            ]
            state.records.append(Record(id: "subscription-\(state.made)", status: status, wish: wish))
        }
    }

    /// Drops subscriptions without a word, as platforms do.
    func lose(_ type: String) { state.withLock { $0.records.removeAll { $0.type == type } } }

    /// Posts a delivery as far as it is subscribed; `nil` where it is not.
    func happens(_ delivery: SignedDelivery) throws -> Int? {
        let found = enabled.first { $0.type == delivery.type }
        guard let found, let port = state.withLock({ $0.port }) else { return nil }
        var delivery = delivery
        delivery.secret = found.wish["transport"]?["secret"]?.stringValue ?? ""
        return try Self.post(delivery, port).status
    }

    /// Ends a subscription and says so.
    func revoke(_ type: String, _ status: String) throws -> Int? {
        let found = state.withLock { state in
            guard let index = state.records.firstIndex(where: { $0.type == type }) else { return nil as Record? }
            state.records[index].status = status
            return state.records[index]
        }
        guard let found, let port = state.withLock({ $0.port }) else { return nil }
        return try Self.post(Self.delivery("revocation", of: found, ["subscription": found.json]), port).status
    }

    // MARK: Answers

    /// A token of the application.
    func token() -> LoopbackServer.Answer {
        state.withLock { state in
            state.made += 1
            state.tokens.insert("application-\(state.made)")
            return .json(
                #"{"access_token":"application-\#(state.made)","expires_in":5011271,"token_type":"bearer"}"#
            )
        }
    }

    func knows(_ authorization: String) -> Bool {
        state.withLock { $0.tokens.contains(String(authorization.dropFirst("Bearer ".count))) }
    }

    func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        switch request.method {
        case "GET": list(request)
        case "POST": subscribe(request)
        case "DELETE": end(request.parameter("id") ?? "")
        default: .json("{}", status: 404)
        }
    }

    /// Two a page, so that every list has several.
    private func list(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        let user = request.parameter("user_id")
        let all = records.filter { record in
            user == nil
                || record.wish["condition"]?.objectValue?.members.contains { $0.value.stringValue == user } == true
        }
        let from = request.parameter("after").flatMap { Int($0) } ?? 0
        let page = all.dropFirst(from).prefix(2)
        let next: JSONValue = from + 2 < all.count ? ["cursor": .string("\(from + 2)")] : [:]
        let body: JSONValue = [
            "data": .array(page.map(\.json)), "total": .integer(Int64(all.count)), "pagination": next,
        ]
        return .json(body.text)
    }

    private func subscribe(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        guard let wish = try? JSONValue(parsing: request.body), wish["transport"]?["method"] == "webhook",
            let callback = wish["transport"]?["callback"]?.stringValue, callback.hasPrefix("https://"),
            let secret = wish["transport"]?["secret"]?.stringValue, (10...100).contains(secret.utf8.count)
        else { return .json(#"{"error":"Bad Request","status":400,"message":"bad transport"}"#, status: 400) }
        guard !state.withLock({ $0.full.contains(wish["type"]?.stringValue ?? "") }) else {
            var answer = LoopbackServer.Answer.json(#"{"error":"Too Many Requests","status":429}"#, status: 429)
            answer.headers += [("Ratelimit-Remaining", "700"), ("Ratelimit-Reset", "1")]
            return answer
        }
        let made = state.withLock { state -> Record? in
            let isThere = state.records.contains {
                $0.wish["type"] == wish["type"] && $0.wish["condition"] == wish["condition"] && $0.callback == callback
            }
            guard !isThere else { return nil }
            state.made += 1
            let status = "webhook_callback_verification_pending"
            let record = Record(id: "subscription-\(state.made)", status: status, wish: wish)
            if !state.refused.contains(record.type) { state.records.append(record) }
            return record
        }
        guard let made else {
            return .json(#"{"error":"Conflict","status":409,"message":"subscription already exists"}"#, status: 409)
        }
        guard !state.withLock({ $0.refused.contains(made.type) }) else {
            return .json(#"{"error":"Forbidden","status":403,"message":"missing proper authorization"}"#, status: 403)
        }
        DispatchQueue.global().async { self.challenge(made) }
        return .json((["data": [made.json], "total": 1] as JSONValue).text, status: 202)
    }

    private func end(_ id: String) -> LoopbackServer.Answer {
        state.withLock { state in
            guard let index = state.records.firstIndex(where: { $0.id == id }) else { return .json("{}", status: 404) }
            state.records.remove(at: index)
            return LoopbackServer.Answer(status: 204)
        }
    }

    // MARK: Posts

    private func challenge(_ record: Record) {
        guard let port = state.withLock({ $0.port }) else { return }
        let word = "challenge-\(record.id)"
        let body: JSONValue = ["challenge": .string(word), "subscription": record.json]
        let delivery = Self.delivery("webhook_callback_verification", of: record, body)
        let answer = try? Self.post(delivery, port)
        let isRight = answer?.status == 200 && answer?.body == word
        state.withLock { state in
            guard let index = state.records.firstIndex(where: { $0.id == record.id }) else { return }
            state.records[index].status = isRight ? "enabled" : "webhook_callback_verification_failed"
        }
    }

    private static func post(_ delivery: SignedDelivery, _ port: Int) throws -> PlatformPost.Answer {
        try PlatformPost.send("/api/webhooks/twitch", headers: delivery.headers, body: delivery.body, port: port)
    }

    private static func delivery(_ kind: String, of record: Record, _ body: JSONValue) -> SignedDelivery {
        SignedDelivery(
            messageType: kind,
            type: record.type,
            version: record.wish["version"]?.stringValue ?? "",
            body: Array(body.text.utf8),
            secret: record.wish["transport"]?["secret"]?.stringValue ?? ""
        )
    }
}
