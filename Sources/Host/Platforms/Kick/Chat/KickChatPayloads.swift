import WidgetAPI

/// One event of a channel's chat in the words of the canonical events, the same that a delivery of Kick's becomes.
///
/// A chat line has the message's id on both ways, so it is one event. All else that the socket tells (subscriptions,
/// gifts, rewards, polls, hosts) is left out: it names people without their ids, or nothing here shows it, and what
/// counts is delivered.
///
/// Kick documents none of it. The shapes are what its own page and the programs of others read
/// (https://github.com/zSoulweaver/kient, src/ws/chatroom/dto).
struct KickChatPayloads {
    let name: String
    let data: JSONValue
    let broadcasterId: String
    /// When it came, for what does not say when it happened.
    let receivedAt: Timestamp

    /// The event to append, or `nil` for one that is left out.
    func draft() throws(MalformedDelivery) -> EventDraft? {
        switch name {
        case "ChatMessageEvent": try chatMessage()
        case "MessageDeletedEvent": try chatDeletion()
        case "UserBannedEvent": try personCleared()
        case "ChatroomClearEvent": draft(.chatClear, id: clearingId(of: "all"), ChatClearing(userId: nil).json)
        default: nil
        }
    }

    private var fields: DeliveryFields { DeliveryFields(data, path: "data") }

    private func chatMessage() throws(MalformedDelivery) -> EventDraft {
        let messageId = try fields.text("id")
        guard let content = data["content"]?.stringValue else {
            throw MalformedDelivery("data.content is missing or not a text")
        }
        let sender = fields.inner("sender")
        let identity = sender.inner("identity")
        let metadata = fields.inner("metadata")
        let user = User(
            kickId: try sender.text("id"),
            slug: sender.optionalText("slug"),
            name: sender.optionalText("username"),
            // The socket tells none.
            picture: nil,
            color: identity.color("color"),
            badges: identity.elements("badges")
        )
        let payload = ChatMessage(
            kickId: messageId,
            user: user,
            content: content,
            replyTo: ChatMessage.Reply(
                kick: metadata.inner("original_message"),
                id: "id",
                by: metadata.inner("original_sender")
            )
        )
        return draft(.chatMessage, id: messageId, at: fields.moment("created_at"), payload.json)
    }

    private func chatDeletion() throws(MalformedDelivery) -> EventDraft {
        let messageId = try fields.inner("message").text("id")
        return draft(.chatDelete, id: "delete:\(messageId)", ChatDeletion(messageId: messageId).json)
    }

    private func personCleared() throws(MalformedDelivery) -> EventDraft {
        let userId = try fields.inner("user").text("id")
        return draft(.chatClear, id: clearingId(of: userId), ChatClearing(userId: userId).json)
    }

    private func clearingId(of whom: String) -> String {
        "clear:\(fields.optionalText("id") ?? "\(whom):\(receivedAt.milliseconds)")"
    }

    private func draft(_ type: EventType, id: String, at moment: Timestamp? = nil, _ payload: JSONValue) -> EventDraft {
        EventDraft(
            id: Event.ID(id),
            type: type,
            platform: .kick,
            channelId: broadcasterId,
            occurredAt: moment ?? receivedAt,
            payload: payload
        )
    }
}
