import WidgetAPI

extension TwitchPayloads {
    /// A chat line, also one of another channel in a shared chat: it stands in this channel's chat under its own id.
    func chatMessage() throws(MalformedDelivery) -> EventDraft {
        let message = fields.inner("message")
        guard fields.has("message") else { throw MalformedDelivery("event.message is missing") }
        let messageId = try fields.text("message_id")
        let said = TwitchWords(message, inChatOf: findsPictures ? broadcasterId : nil)
        let payload = ChatMessage(
            messageId: messageId,
            user: try chatter(),
            text: said.text,
            fragments: said.fragments,
            isAction: said.isAction,
            replyTo: reply,
            bits: fields.inner("cheer").optionalCount("bits")
        )
        return draft(.chatMessage, id: messageId, payload.json)
    }

    func chatDeletion() throws(MalformedDelivery) -> EventDraft {
        draft(.chatDelete, ChatDeletion(messageId: try fields.text("message_id")).json)
    }

    /// What Twitch itself says in chat: of a subscription, a gift, a raid; the event of its own counts.
    func chatNotice() throws(MalformedDelivery) -> EventDraft {
        let kind = try fields.text("notice_type")
        let told = fields.inner(kind)
        let said = fields.inner("message").optionalText("text") ?? ""
        let payload = ChatNotice(
            messageId: try fields.text("message_id"),
            user: fields.flag("chatter_is_anonymous") ? nil : try chatter(),
            kind: kind,
            systemText: fields.optionalText("system_message") ?? "",
            message: said.isEmpty ? nil : said,
            prime: event[kind]?["is_prime"]?.boolValue,
            giftId: told.optionalText("community_gift_id") ?? told.optionalText("id")
        )
        return draft(.chatNotice, payload.json)
    }

    func clearingOfUser() throws(MalformedDelivery) -> EventDraft {
        draft(.chatClear, ChatClearing(userId: try fields.text("target_user_id")).json)
    }

    private func chatter() throws(MalformedDelivery) -> User {
        var user = try person("chatter_user")
        user.color = fields.color("color")
        user.badges = fields.elements("badges").compactMap { badge in
            guard let set = badge["set_id"]?.stringValue, !set.isEmpty, let id = badge["id"]?.stringValue else {
                return nil
            }
            let picture = findsPictures ? TwitchBadge(set: set, version: id, inChatOf: broadcasterId) : nil
            return User.Badge(set: set, id: id, imageUrl: picture?.path)
        }
        user.roles = TwitchRoles.proved(by: user.badges)
        return user
    }

    private var reply: ChatMessage.Reply? {
        let reply = fields.inner("reply")
        guard let messageId = reply.optionalText("parent_message_id") else { return nil }
        return ChatMessage.Reply(
            messageId: messageId,
            displayName: reply.optionalText("parent_user_name") ?? reply.optionalText("parent_user_login") ?? "",
            text: reply.optionalText("parent_message_body") ?? ""
        )
    }
}

/// What somebody wrote, in pieces whose texts together are the whole.
private struct TwitchWords {
    let text: String
    let fragments: [ChatMessage.Fragment]
    let isAction: Bool

    /// `channelId` is the channel whose cheermotes can be looked up, or `nil`.
    init(_ message: DeliveryFields, inChatOf channelId: String?) {
        let told = message.elements("fragments")
        let pieces = told.flatMap { TwitchWords.pieces($0, channelId) }
        let joined = pieces.map(\.text).joined()
        let raw = message.optionalText("text") ?? joined
        let action = TwitchAction.text(in: raw)
        let text = action ?? raw
        self.text = text
        isAction = action != nil
        // The text is what was written. Pieces that add up to something else (or `fragments: null`, see
        // https://github.com/twitchdev/issues/issues/983) would hide a part of it.
        let isWhole = !told.isEmpty && joined.utf8.elementsEqual(text.utf8)
        fragments = isWhole ? pieces : ChatMessage.Fragment.splittingLinks(of: text[...])
    }

    private static func pieces(_ json: JSONValue, _ channelId: String?) -> [ChatMessage.Fragment] {
        guard let text = json["text"]?.stringValue else { return [] }
        switch json["type"]?.stringValue {
        case "emote":
            let id = json["emote"]?["id"]?.stringValue
            return [ChatMessage.Fragment(.emote, text, emoteId: id, emoteUrl: id.flatMap { TwitchEmote(id: $0)?.path })]
        case "mention": return [ChatMessage.Fragment(.mention, text)]
        case "cheermote":
            let cheermote = channelId.flatMap { Self.look(json["cheermote"], $0) }
            return [ChatMessage.Fragment(.cheermote, text, emoteId: cheermote?.id, emoteUrl: cheermote?.path)]
        // A GIF's text is its caption. Kinds of tomorrow are text as well.
        default: return ChatMessage.Fragment.splittingLinks(of: text[...])
        }
    }

    private static func look(_ json: JSONValue?, _ channelId: String) -> TwitchCheermote? {
        let fields = DeliveryFields(json, path: "cheermote")
        guard let prefix = fields.optionalText("prefix"), let bits = fields.optionalCount("bits") else { return nil }
        return TwitchCheermote(prefix: prefix, bits: bits, inChatOf: channelId)
    }
}
