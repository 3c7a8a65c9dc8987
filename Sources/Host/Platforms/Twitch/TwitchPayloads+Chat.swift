import WidgetAPI

extension TwitchPayloads {
    /// A chat line, also one of another channel in a shared chat: it stands in this channel's chat under its own id.
    func chatMessage() throws(MalformedDelivery) -> EventDraft {
        let message = fields.inner("message")
        guard fields.has("message") else { throw MalformedDelivery("event.message is missing") }
        let messageId = try fields.text("message_id")
        let said = TwitchWords(message)
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
        var user = try fields.user("chatter_user")
        user.color = fields.color("color")
        user.badges = fields.elements("badges").compactMap { badge in
            guard let set = badge["set_id"]?.stringValue, let id = badge["id"]?.stringValue else { return nil }
            return User.Badge(set: set, id: id)
        }
        let sets = Set(user.badges.map(\.set))
        user.roles = User.Role.allCases.filter { !sets.isDisjoint(with: TwitchPayloads.badgeSets(of: $0)) }
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

    /// The badges that prove a role.
    ///
    /// A founder is one of the first subscribers, and the badge stands in the other's place. A lead moderator's does
    /// the same since 2025.
    private static func badgeSets(of role: User.Role) -> [String] {
        switch role {
        case .broadcaster: ["broadcaster"]
        case .moderator: ["moderator", "lead_moderator"]
        case .vip: ["vip"]
        case .subscriber: ["subscriber", "founder"]
        }
    }
}

/// What somebody wrote, in pieces whose texts together are the whole.
private struct TwitchWords {
    let text: String
    let fragments: [ChatMessage.Fragment]
    let isAction: Bool

    init(_ message: DeliveryFields) {
        let told = message.elements("fragments")
        let pieces = told.flatMap(TwitchWords.pieces)
        let joined = pieces.map(\.text).joined()
        let raw = message.optionalText("text") ?? joined
        let action = TwitchWords.action(in: raw)
        let text = action ?? raw
        self.text = text
        isAction = action != nil
        // The text is what was written. Pieces that add up to something else (or `fragments: null`, see
        // https://github.com/twitchdev/issues/issues/983) would hide a part of it.
        fragments = told.isEmpty || joined != text ? ChatMessage.Fragment.splittingLinks(of: text) : pieces
    }

    /// What a `/me` says, or `nil` for a plain line.
    ///
    /// EventSub has no field for it: the text is wrapped as in IRC, and the fragments are not.
    /// https://github.com/navarr/multi-stream-chat/issues/22
    private static func action(in text: String) -> String? {
        let mark = "\u{1}ACTION "
        guard text.utf8.starts(with: mark.utf8) else { return nil }
        var said = text.utf8.dropFirst(mark.utf8.count)
        if said.last == 1 { said.removeLast() }
        return String(Substring(said))
    }

    private static func pieces(_ json: JSONValue) -> [ChatMessage.Fragment] {
        guard let text = json["text"]?.stringValue else { return [] }
        switch json["type"]?.stringValue {
        case "emote":
            let id = json["emote"]?["id"]?.stringValue
            return [ChatMessage.Fragment(.emote, text, emoteId: id, emoteUrl: id.flatMap { TwitchEmote(id: $0)?.path })]
        case "mention": return [ChatMessage.Fragment(.mention, text)]
        case "cheermote": return [ChatMessage.Fragment(.cheermote, text)]
        // A GIF's text is its caption. Kinds of tomorrow are text as well.
        default: return ChatMessage.Fragment.splittingLinks(of: text)
        }
    }
}
