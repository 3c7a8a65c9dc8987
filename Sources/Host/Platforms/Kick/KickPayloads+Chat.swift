import WidgetAPI

extension KickPayloads {
    /// A chat line; its id is the message's, so that a line that comes by two ways is one.
    func chatMessage() throws(MalformedDelivery) -> EventDraft {
        let messageId = try fields.text("message_id")
        guard let content = event["content"]?.stringValue else {
            throw MalformedDelivery("body.content is missing or not a text")
        }
        let payload = ChatMessage(
            kickId: messageId,
            user: try person("sender"),
            content: content,
            replyTo: reply
        )
        return draft(.chatMessage, id: messageId, at: fields.moment("created_at"), payload.json)
    }

    private var reply: ChatMessage.Reply? {
        let reply = fields.inner("replies_to")
        return ChatMessage.Reply(kick: reply, id: "message_id", by: reply.inner("sender"))
    }
}

extension ChatMessage {
    /// A line as Kick writes it, whichever way it comes.
    init(kickId messageId: String, user: User, content: String, replyTo: Reply?) {
        let fragments = Fragment.splittingKickEmotes(of: content)
        self.init(
            messageId: messageId,
            user: user,
            text: fragments.map(\.text).joined(),
            fragments: fragments,
            replyTo: replyTo
        )
    }
}

extension ChatMessage.Reply {
    /// The line that is answered, its id under that name; `nil` without one.
    init?(kick line: DeliveryFields, id: String, by sender: DeliveryFields) {
        guard let messageId = line.optionalText(id) else { return nil }
        self.init(
            messageId: messageId,
            displayName: sender.optionalText("username") ?? "",
            text: ChatMessage.Fragment.splittingKickEmotes(of: line.optionalText("content") ?? "").map(\.text).joined()
        )
    }
}

extension ChatMessage.Fragment {
    /// Text, links and emotes in turn; an emote stands in the text as `[emote:ID:NAME]` and is told by its name.
    ///
    /// The list `emotes` beside the text is `null` now and then, and in what its positions count is not documented, so
    /// the text alone is read. https://github.com/KickEngineering/KickDevDocs/issues/210
    static func splittingKickEmotes(of text: String) -> [ChatMessage.Fragment] {
        var pieces: [ChatMessage.Fragment] = []
        var rest = text[...]
        // Twenty letters of an id are more than Kick has; a name has no bracket.
        while let found = rest.firstMatch(of: /\[emote:([0-9]{1,20}):([^\[\]]{1,100})\]/) {
            if found.range.lowerBound > rest.startIndex {
                pieces.append(splittingLinksOf: rest[..<found.range.lowerBound])
            }
            let id = String(found.1)
            pieces.append(
                ChatMessage.Fragment(.emote, String(found.2), emoteId: id, emoteUrl: KickEmote(id: id)?.path)
            )
            rest = rest[found.range.upperBound...]
        }
        if pieces.isEmpty || !rest.isEmpty { pieces.append(splittingLinksOf: rest) }
        return pieces
    }
}
