import WidgetAPI

extension FakePlatform {
    /// How many follow a channel and how many subscribe to it.
    struct Audience: Sendable {
        var followers: Int64 = 0
        var subscribers: Int64 = 0
    }

    /// What Helix answers to who asks for a list of a channel's people: their number, to the broadcaster alone.
    func total(_ number: Int64?, _ request: LoopbackServer.Request, of user: User?) -> LoopbackServer.Answer {
        guard let user, request.headers["client-id"] == Self.clientId, request.parameter("broadcaster_id") == user.id
        else {
            return .json(#"{"error":"Unauthorized","status":401,"message":"Invalid OAuth token"}"#, status: 401)
        }
        guard let number else { return .json(#"{"error":"Not Found","status":404,"message":""}"#, status: 404) }
        return .json((["total": .integer(number), "data": .array([]), "pagination": [:]] as JSONValue).text)
    }
}
