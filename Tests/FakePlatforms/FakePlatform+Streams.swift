import Foundation
import WidgetAPI

/// Who is on air at a fake platform, for those who ask.
extension FakePlatform {
    /// One time on air.
    struct Broadcast: Sendable {
        var id = UUID().uuidString.lowercased()
        var since = PlatformClock.now
    }

    enum Airing: Sendable {
        case onAir(Broadcast)
        case offAir

        /// As it stands in a channel of Kick's.
        var kickStream: JSONValue {
            switch self {
            case .onAir(let broadcast):
                ["is_live": true, "start_time": .string(broadcast.since.iso8601), "viewer_count": 1, "url": ""]
            case .offAir: ["is_live": false, "start_time": "0001-01-01T00:00:00Z", "viewer_count": 0, "url": ""]
            }
        }
    }

    /// What Helix answers to who asks for the streams of people: those who are on air, for whomever has a token.
    func streams(_ request: LoopbackServer.Request, _ state: State) -> LoopbackServer.Answer {
        guard webhooks.knows(request.headers["authorization"] ?? "") || bearer(request, "Bearer ", state) != nil,
            request.headers["client-id"] == Self.clientId
        else {
            return .json(#"{"error":"Unauthorized","status":401,"message":"Invalid OAuth token"}"#, status: 401)
        }
        guard let airing = state.airing else {
            return .json(#"{"error":"Not Found","status":404,"message":""}"#, status: 404)
        }
        let wanted = request.query.filter { $0.name == "user_id" }.map(\.value)
        guard wanted.count <= 100 else {
            return .json(#"{"error":"Bad Request","status":400,"message":"too many"}"#, status: 400)
        }
        var list: [JSONValue] = []
        if case .onAir(let broadcast) = airing, wanted.contains(state.user.id) {
            list.append(
                [
                    "id": .string(broadcast.id), "user_id": .string(state.user.id),
                    "user_login": .string(state.user.login), "user_name": .string(state.user.name), "type": "live",
                    "title": "Ahoy", "viewer_count": 1, "started_at": .string(broadcast.since.iso8601),
                ]
            )
        }
        return .json((["data": .array(list), "pagination": [:]] as JSONValue).text)
    }
}
