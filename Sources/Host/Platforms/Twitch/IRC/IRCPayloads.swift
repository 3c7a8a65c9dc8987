import WidgetAPI

/// One line of a channel's chat in the words of the canonical events, the same that EventSub's chat becomes.
///
/// Where both ways are open, a chat line is one event: the tag `id` is EventSub's `message_id`. What has no such id
/// here gets one of what it says, so that a line that Twitch repeats is one event as well; a deletion or a notice that
/// comes both ways is two, which take away, or complete, the same thing twice.
///
/// Source of every tag: https://dev.twitch.tv/docs/chat/irc/
struct IRCPayloads {
    let line: IRCLine
    let broadcasterId: String
    /// The channel as it is joined, such as `#alice`.
    let channel: String
    /// When the line came, for the few that do not say when they were sent.
    let receivedAt: Timestamp

    /// The event to append, or `nil` for a line that tells of nothing.
    func draft() throws(MalformedDelivery) -> EventDraft? {
        switch line.command {
        case .message:
            try checkChannel()
            return try chatMessage()
        case .userNotice:
            try checkChannel()
            return try chatNotice()
        case .clearMessage:
            try checkChannel()
            return try chatDeletion()
        case .clearChat:
            try checkChannel()
            return try chatClearing()
        case .notice, .ping, .reconnect, .capabilities, .join, .part, .welcome, .endOfNames, .other: return nil
        }
    }

    /// What is said in another channel would be somebody else's event.
    private func checkChannel() throws(MalformedDelivery) {
        let room = line.raw(.roomId)
        guard line.hasParameter(0, channel), room.isEmpty || room.elementsEqual(broadcasterId.utf8) else {
            throw MalformedDelivery("it belongs to another channel")
        }
    }

    /// A chat line, also one of another channel in a shared chat: it stands in this channel's chat under its own id.
    private func chatMessage() throws(MalformedDelivery) -> EventDraft {
        let messageId = try text(.id)
        guard let said = line.parameter(1) else { throw MalformedDelivery("there is no text") }
        let bits = line.number(.bits).flatMap { $0 > 0 ? Int($0) : nil }
        let words = IRCWords(said, emotes: line.raw(.emotes), bits: bits ?? 0, inChatOf: broadcasterId)
        let payload = ChatMessage(
            messageId: messageId,
            user: try chatter(),
            text: words.text,
            fragments: words.fragments,
            isAction: words.isAction,
            replyTo: reply,
            bits: bits
        )
        return draft(.chatMessage, id: messageId, payload.json)
    }

    private func chatDeletion() throws(MalformedDelivery) -> EventDraft {
        let messageId = try text(.targetMessageId)
        return draft(.chatDelete, id: "delete:\(messageId)", ChatDeletion(messageId: messageId).json)
    }

    private func chatClearing() throws(MalformedDelivery) -> EventDraft {
        let userId = line.text(.targetUserId)
        // A line that names somebody and lacks the tag would take away what everybody wrote.
        guard userId != nil || line.parameter(1) == nil else {
            throw MalformedDelivery("target-user-id is missing or empty")
        }
        let id = "clear:\(userId ?? "all"):\(sentAt.milliseconds)"
        return draft(.chatClear, id: id, ChatClearing(userId: userId).json)
    }

    /// What Twitch itself says in chat: of a subscription, a gift, a raid; the event of its own counts.
    private func chatNotice() throws(MalformedDelivery) -> EventDraft {
        let messageId = try text(.id)
        let kind = IRCNoticeKind(try text(.notice), ofOther: line.text(.sourceNotice))
        let said = line.parameter(1) ?? ""
        let payload = ChatNotice(
            messageId: messageId,
            user: kind.isAnonymous || isAnonymous ? nil : try chatter(),
            kind: kind.name,
            systemText: line.text(.systemText) ?? "",
            message: said.isEmpty ? nil : said,
            prime: kind.tellsPrime ? line.text(.plan).map { $0 == "Prime" } : nil,
            giftId: line.text(.communityGiftId)
        )
        return draft(.chatNotice, id: messageId, payload.json)
    }

    /// The account in whose name Twitch gives for those who want to stay unknown.
    private var isAnonymous: Bool { line.raw(.userId).elementsEqual("274598607".utf8) }

    private func chatter() throws(MalformedDelivery) -> User {
        let id = try text(.userId)
        let login = line.text(.login) ?? line.nickname
        let name = line.text(.displayName) ?? login ?? id
        let color = line.raw(.color)
        let badges = badges
        return User(
            id: id,
            login: login ?? name.lowercased(),
            displayName: name,
            // Who listens here has an application, which looks pictures up.
            avatarUrl: TwitchAvatar(userId: id)?.path,
            color: DeliveryFields.isColor(color) ? String(decoding: color, as: UTF8.self) : nil,
            badges: badges,
            roles: TwitchRoles.proved(by: badges)
        )
    }

    /// Written as `set/version,set/version`; a version may hold anything.
    private var badges: [User.Badge] {
        let told = line.raw(.badges)
        guard !told.isEmpty else { return [] }
        let bytes = told.span
        var badges: [User.Badge] = []
        // Few people show more.
        badges.reserveCapacity(3)
        var place = 0
        while place < bytes.count {
            let end = bytes.place(of: UInt8(ascii: ","), in: place..<bytes.count) ?? bytes.count
            defer { place = end + 1 }
            guard let mark = bytes.place(of: UInt8(ascii: "/"), in: place..<end) else { continue }
            let set = IRCLine.unescaped(bytes.extracting(place..<mark))
            // What is escaped may come to nothing.
            if set.isEmpty { continue }
            let version = IRCLine.unescaped(bytes.extracting(mark + 1..<end))
            let picture = TwitchBadge(set: set, version: version, inChatOf: broadcasterId)
            badges.append(User.Badge(set: set, id: version, imageUrl: picture?.path))
        }
        return badges
    }

    private var reply: ChatMessage.Reply? {
        guard let messageId = line.text(.replyMessageId) else { return nil }
        return ChatMessage.Reply(
            messageId: messageId,
            displayName: line.text(.replyDisplayName) ?? line.text(.replyUserLogin) ?? "",
            text: line.text(.replyText) ?? ""
        )
    }

    private var sentAt: Timestamp { line.number(.sentAt).map(Timestamp.init(milliseconds:)) ?? receivedAt }

    private func text(_ tag: IRCTag) throws(MalformedDelivery) -> String {
        guard let text = line.text(tag) else { throw MalformedDelivery("\(tag.name) is missing or empty") }
        return text
    }

    private func draft(_ type: EventType, id: String, _ payload: JSONValue) -> EventDraft {
        EventDraft(
            id: Event.ID(id),
            type: type,
            platform: .twitch,
            channelId: broadcasterId,
            occurredAt: sentAt,
            payload: payload
        )
    }
}

/// What a notice is about, in EventSub's word for it: one kind has one name, whichever way it came.
///
/// https://dev.twitch.tv/docs/eventsub/eventsub-subscription-types/#channelchatnotification
struct IRCNoticeKind {
    let name: String
    /// A kind of its own for those who give and want to stay unknown.
    let isAnonymous: Bool
    /// Whether a subscription is told of that may be paid by Amazon Prime.
    let tellsPrime: Bool

    /// - Parameters:
    ///   - word: the tag `msg-id`.
    ///   - other: the tag `source-msg-id`, the word of the channel of a shared chat where it happened.
    init(_ word: String, ofOther other: String?) {
        let isShared = word == "sharedchatnotice"
        let word = isShared ? other ?? word : word
        let name = Self.names[word] ?? word
        self.name = isShared && other != nil ? "shared_chat_\(name)" : name
        isAnonymous = word == "anonsubgift" || word == "anonsubmysterygift"
        tellsPrime = name == "sub" || name == "resub"
    }

    /// Those that IRC calls otherwise; words of tomorrow stay as they are.
    private static let names = [
        "subgift": "sub_gift", "anonsubgift": "sub_gift", "submysterygift": "community_sub_gift",
        "anonsubmysterygift": "community_sub_gift", "giftpaidupgrade": "gift_paid_upgrade",
        "anongiftpaidupgrade": "gift_paid_upgrade", "primepaidupgrade": "prime_paid_upgrade",
        "bitsbadgetier": "bits_badge_tier", "standardpayforward": "pay_it_forward",
        "communitypayforward": "pay_it_forward", "charitydonation": "charity_donation",
    ]
}
