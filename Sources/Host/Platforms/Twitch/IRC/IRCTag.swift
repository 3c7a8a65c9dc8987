/// A tag that says something this host needs (https://dev.twitch.tv/docs/chat/irc/#supported-tags).
enum IRCTag: Int, CaseIterable, Sendable {
    case badges, bits, color, displayName, emotes, id, login, userId, roomId, sentAt
    case targetMessageId, targetUserId
    case replyMessageId, replyUserLogin, replyDisplayName, replyText
    case notice, sourceNotice, systemText, plan, communityGiftId

    /// Something for each of them, in their order.
    typealias Table<Value> = InlineArray<21, Value>

    /// Its name on the wire.
    var name: StaticString {
        switch self {
        case .badges: "badges"
        case .bits: "bits"
        case .color: "color"
        case .displayName: "display-name"
        case .emotes: "emotes"
        case .id: "id"
        case .login: "login"
        case .userId: "user-id"
        case .roomId: "room-id"
        case .sentAt: "tmi-sent-ts"
        case .targetMessageId: "target-msg-id"
        case .targetUserId: "target-user-id"
        case .replyMessageId: "reply-parent-msg-id"
        case .replyUserLogin: "reply-parent-user-login"
        case .replyDisplayName: "reply-parent-display-name"
        case .replyText: "reply-parent-msg-body"
        case .notice: "msg-id"
        case .sourceNotice: "source-msg-id"
        case .systemText: "system-msg"
        case .plan: "msg-param-sub-plan"
        case .communityGiftId: "msg-param-community-gift-id"
        }
    }

    /// The tag of that name, or `nil` for one that nobody here needs.
    static func named(_ name: Span<UInt8>) -> IRCTag? {
        guard !name.isEmpty, name.count <= longest, let tag = byMark[mark(of: name.count, name[0])],
            name.isWord(tag.name)
        else { return nil }
        return tag
    }

    // A line has some twenty tags, and each is looked up: length and first letter tell those of the host apart.

    private static let longest = 31

    private static func mark(of length: Int, _ letter: UInt8) -> Int { length << 4 | Int(letter & 0xF) }

    private static let byMark: InlineArray<512, IRCTag?> = {
        var table = InlineArray<512, IRCTag?>(repeating: nil)
        for tag in allCases {
            let mark = mark(of: tag.name.utf8CodeUnitCount, tag.name.withUTF8Buffer { $0[0] })
            precondition(table[mark] == nil, "two tags have the same mark")
            table[mark] = tag
        }
        return table
    }()
}
