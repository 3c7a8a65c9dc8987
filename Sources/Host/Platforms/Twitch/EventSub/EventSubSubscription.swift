import WidgetAPI

/// A type of event that this host wants of every channel.
///
/// Source: https://dev.twitch.tv/docs/eventsub/eventsub-subscription-types/
struct EventSubSubscription: Sendable, Equatable {
    /// Who a condition names besides the broadcaster, who is the same person here.
    private enum Condition {
        case broadcaster
        case target
        case moderator
        case reader
    }

    let type: String
    let version: String
    /// What the streamer must have granted, or `nil`.
    let scope: String?
    private let names: [String]

    private init(_ type: String, _ version: String = "1", _ condition: Condition = .broadcaster, scope: String? = nil) {
        self.type = type
        self.version = version
        self.scope = scope
        names =
            switch condition {
            case .broadcaster: ["broadcaster_user_id"]
            case .target: ["to_broadcaster_user_id"]
            case .moderator: ["broadcaster_user_id", "moderator_user_id"]
            case .reader: ["broadcaster_user_id", "user_id"]
            }
    }

    static let all: [EventSubSubscription] = [
        .init("stream.online"), .init("stream.offline"), .init("channel.update", "2"),
        .init("channel.raid", "1", .target),
        .init("channel.follow", "2", .moderator, scope: "moderator:read:followers"),
        .init("channel.subscribe", scope: "channel:read:subscriptions"),
        .init("channel.subscription.gift", scope: "channel:read:subscriptions"),
        .init("channel.subscription.message", scope: "channel:read:subscriptions"),
        .init("channel.cheer", scope: "bits:read"),
        .init("channel.channel_points_custom_reward_redemption.add", scope: "channel:read:redemptions"),
        .init("channel.chat.message", "1", .reader, scope: "user:read:chat"),
        .init("channel.chat.notification", "1", .reader, scope: "user:read:chat"),
        .init("channel.chat.message_delete", "1", .reader, scope: "user:read:chat"),
        .init("channel.chat.clear_user_messages", "1", .reader, scope: "user:read:chat"),
        .init("channel.chat.clear", "1", .reader, scope: "user:read:chat"),
    ]

    /// The wish as it is posted, for a broadcaster's own session.
    func body(of broadcasterId: String, session: String) -> JSONValue {
        var condition = JSONObject()
        for name in names { condition[name] = .string(broadcasterId) }
        return [
            "type": .string(type), "version": .string(version), "condition": .object(condition),
            "transport": ["method": "websocket", "session_id": .string(session)],
        ]
    }
}
