/// A tag that says something this host needs (https://dev.twitch.tv/docs/chat/irc/#supported-tags).
enum IRCTag: Int, CaseIterable, Sendable {
    case badges, bits, color, displayName, emotes, id, login, userId, roomId, sentAt
    case targetMessageId, targetUserId
    case replyMessageId, replyUserLogin, replyDisplayName, replyText
    case notice, sourceNotice, systemText, plan, communityGiftId

    /// Something for each of them, in their order.
    typealias Table<Value> = InlineArray<21, Value>

    /// Its name on the wire.
    var name: String {
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
    static func named(_ name: ArraySlice<UInt8>) -> IRCTag? {
        guard name.count < byLength.count else { return nil }
        return byLength[name.count].first { $0.name.elementsEqual(name) }?.tag
    }

    /// A line has some twenty tags, each is looked up: few names have the same length.
    private static let byLength: [[(name: [UInt8], tag: IRCTag)]] = {
        let longest = allCases.map(\.name.utf8.count).max() ?? 0
        var table: [[(name: [UInt8], tag: IRCTag)]] = Array(repeating: [], count: longest + 1)
        for tag in allCases { table[tag.name.utf8.count].append((Array(tag.name.utf8), tag)) }
        return table
    }()
}
