import WidgetAPI

/// What Twitch tells an application of people's pictures, and the pictures themselves.
extension FakePlatform {
    /// Each of them has a picture.
    func people(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        guard webhooks.knows(request.headers["authorization"] ?? "") else {
            return .json(#"{"error":"Unauthorized","status":401,"message":"Invalid OAuth token"}"#, status: 401)
        }
        let people = request.query.filter { $0.name == "id" }.map { id -> JSONValue in
            let address = "https://static-cdn.jtvnw.net/jtv_user_pictures/\(id.value).gif"
            return ["id": .string(id.value), "login": "somebody", "profile_image_url": .string(address)]
        }
        return .json((["data": .array(people)] as JSONValue).text)
    }

    /// A picture of one pixel, whoever it is of; `nil` where there are none.
    func picture(_ request: LoopbackServer.Request) -> LoopbackServer.Answer? {
        guard request.path.hasPrefix("/jtv_user_pictures/") else { return nil }
        let head: [UInt8] = Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0]
        let pixel: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]
        return LoopbackServer.Answer(
            headers: [("Content-Type", "image/gif")],
            body: String(decoding: head + pixel, as: UTF8.self)
        )
    }
}
