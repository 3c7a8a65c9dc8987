import WidgetAPI

/// What Kick's unofficial socket tells of a chat; the words in it are the tests' own.
enum KickChatSamples {
    static let sentAt = "2026-03-01T18:00:00+00:00"

    static func person(_ id: Int64, _ name: String, identity: JSONValue? = nil) -> JSONValue {
        var person: JSONObject = [
            "id": .integer(id), "username": .string(name), "slug": .string(name.lowercased()),
        ]
        person["identity"] = identity
        return .object(person)
    }

    static func line(
        _ content: String,
        id: String = "line-1",
        by name: String = "Wren",
        identity: JSONValue = ["color": "#FF5733", "badges": []],
        metadata: JSONValue? = nil
    ) -> JSONValue {
        var line: JSONObject = [
            "id": .string(id), "chatroom_id": 4242, "content": .string(content),
            "type": metadata == nil ? "message" : "reply", "created_at": .string(sentAt),
            "sender": person(77, name, identity: identity),
        ]
        line["metadata"] = metadata
        return .object(line)
    }

    static func deletion(of messageId: String) -> JSONValue {
        ["id": "event-of-deletion", "message": ["id": .string(messageId)], "aiModerated": false]
    }

    static func ban(of userId: Int64, id: String = "event-of-ban") -> JSONValue {
        [
            "id": .string(id), "user": person(userId, "Wren"), "banned_by": person(5, "Robin"), "permanent": false,
            "duration": 5, "expires_at": "2026-03-01T18:05:00+00:00",
        ]
    }

    static func clearing(id: String = "event-of-clearing") -> JSONValue { ["id": .string(id)] }
}
