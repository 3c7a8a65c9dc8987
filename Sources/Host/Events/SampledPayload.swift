import WidgetAPI

/// What an event carries that somebody makes up: the sample of its type with what they gave laid over it.
enum SampledPayload {
    /// `nil` where the result is none of what that type carries.
    static func of(_ type: EventType, with given: JSONValue, id: Event.ID) -> JSONObject? {
        guard given.objectValue != nil else { return nil }
        var payload = merged(CoreSamples.payload(of: type) ?? [:], given).objectValue ?? [:]
        switch type {
        case .chatMessage:
            if given["fragments"] == nil, let text = payload["text"] {
                payload["fragments"] = [["type": "text", "text": text]]
            }
            payload["messageId"] = .string(id.text)
        case .chatNotice where given["messageId"] == nil:
            payload["messageId"] = .string(id.text)
        default: break
        }
        return isReadable(type, .object(payload)) ? payload : nil
    }

    /// The id of such an event: a chat line's is its message's.
    static func id(of type: EventType, with given: JSONValue) -> Event.ID? {
        guard type == .chatMessage, let id = given["messageId"]?.stringValue, !id.isEmpty else { return nil }
        return Event.ID(id)
    }

    /// Objects member by member; everything else is replaced.
    private static func merged(_ base: JSONValue, _ change: JSONValue) -> JSONValue {
        guard var object = base.objectValue, let members = change.objectValue?.members else { return change }
        for member in members {
            object[member.name] = object[member.name].map { merged($0, member.value) } ?? member.value
        }
        return .object(object)
    }

    private static func isReadable(_ type: EventType, _ payload: JSONValue) -> Bool {
        switch type {
        case .chatMessage: ChatMessage(json: payload) != nil
        case .chatNotice: ChatNotice(json: payload) != nil
        case .chatDelete: ChatDeletion(json: payload) != nil
        case .follow: Follow(json: payload) != nil
        case .subscribe: Subscription(json: payload) != nil
        case .tip: Tip(json: payload) != nil
        case .raid: Raid(json: payload) != nil
        case .redemption: Redemption(json: payload) != nil
        default: payload.objectValue != nil
        }
    }
}
