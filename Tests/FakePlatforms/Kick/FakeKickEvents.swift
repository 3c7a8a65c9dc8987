import Synchronization
import WidgetAPI

/// Kick's list of subscriptions as its documents say, and as its users do: what is asked for twice is there twice.
final class FakeKickEvents: Sendable {
    struct Record: Sendable {
        let id: String
        let event: String
        let user: String
    }

    private struct State {
        var records: [Record] = []
        var made = 0
        var refused: Set<String> = []
        /// Does what is asked for once more, and then does not say so.
        var isAboutToStumble = false
    }

    private let state = Mutex(State())

    var records: [Record] { state.withLock { $0.records } }
    /// The names of all events that are subscribed, in order.
    var events: [String] { records.map(\.event).sorted() }

    func refuse(_ event: String) { state.withLock { _ = $0.refused.insert(event) } }

    /// Refuses nothing any more.
    func allow() { state.withLock { $0.refused = [] } }

    func stumble() { state.withLock { $0.isAboutToStumble = true } }

    /// Turns everything off, as Kick does with who does not answer for a day.
    func forget() { state.withLock { $0.records = [] } }

    func put(_ event: String, of user: String) {
        state.withLock { state in
            state.made += 1
            state.records.append(Record(id: "kick-subscription-\(state.made)", event: event, user: user))
        }
    }

    func answer(_ request: LoopbackServer.Request, _ user: FakePlatform.User?) -> LoopbackServer.Answer {
        guard let user else { return .json(#"{"message":"Unauthorized","data":{}}"#, status: 401) }
        switch request.method {
        case "GET": return list(of: user.id)
        case "POST": return subscribe(request, user.id)
        case "DELETE":
            let ids = request.query.filter { $0.name == "id" }.map(\.value)
            state.withLock { $0.records.removeAll { $0.user == user.id && ids.contains($0.id) } }
            return LoopbackServer.Answer(status: 204)
        default: return .json("{}", status: 404)
        }
    }

    private func list(of user: String) -> LoopbackServer.Answer {
        let items: [JSONValue] = records.filter { $0.user == user }.map { record in
            [
                "id": .string(record.id), "app_id": "application", "event": .string(record.event), "version": 1,
                "method": "webhook", "broadcaster_user_id": .integer(Int64(user) ?? 0),
                "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
            ]
        }
        return .json((["data": .array(items), "message": "OK"] as JSONValue).text)
    }

    private func subscribe(_ request: LoopbackServer.Request, _ user: String) -> LoopbackServer.Answer {
        guard let wish = try? JSONValue(parsing: request.body), wish["method"] == "webhook",
            wish["broadcaster_user_id"] == nil, let events = wish["events"]?.arrayValue
        else { return .json(#"{"message":"Invalid request","data":{}}"#, status: 400) }
        let items: [JSONValue] = events.map { event in
            let name = event["name"]?.stringValue ?? ""
            guard !state.withLock({ $0.refused.contains(name) }) else {
                return ["name": .string(name), "version": 1, "error": "event subscription limit reached"]
            }
            put(name, of: user)
            return ["name": .string(name), "version": 1, "subscription_id": .string(records.last?.id ?? "")]
        }
        let stumbles = state.withLock { state in
            defer { state.isAboutToStumble = false }
            return state.isAboutToStumble
        }
        guard !stumbles else { return .json("{}", status: 502) }
        return .json((["data": .array(items), "message": "OK"] as JSONValue).text)
    }
}
