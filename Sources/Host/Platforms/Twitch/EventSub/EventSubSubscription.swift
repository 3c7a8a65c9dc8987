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

    private static let chatScope = "user:read:chat"

    let type: String
    let version: String
    /// What it reads, in the word of Twitch's scopes, or `nil` where anybody may read it.
    private let scope: String?
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

    /// Whether each channel can have it: only those of affiliates and partners have channel points, and Twitch may
    /// refuse the others for good.
    var isForEveryChannel: Bool { !type.hasPrefix("channel.channel_points_") }

    /// Clearings come first: IRC's word on them is taken until the last type is made, and may come a moment late.
    static let all: [EventSubSubscription] = [
        .init("channel.chat.clear_user_messages", "1", .reader, scope: chatScope),
        .init("channel.chat.clear", "1", .reader, scope: chatScope),
        .init("stream.online"), .init("stream.offline"), .init("channel.update", "2"),
        .init("channel.raid", "1", .target),
        .init("channel.follow", "2", .moderator, scope: "moderator:read:followers"),
        .init("channel.subscribe", scope: "channel:read:subscriptions"),
        .init("channel.subscription.gift", scope: "channel:read:subscriptions"),
        .init("channel.subscription.message", scope: "channel:read:subscriptions"),
        .init("channel.cheer", scope: "bits:read"),
        .init("channel.channel_points_custom_reward_redemption.add", scope: "channel:read:redemptions"),
        .init("channel.chat.message", "1", .reader, scope: chatScope),
        .init("channel.chat.notification", "1", .reader, scope: chatScope),
        .init("channel.chat.message_delete", "1", .reader, scope: chatScope),
    ]

    /// The wish as it is posted.
    func body(of broadcasterId: String, over transport: EventSubTransport) -> JSONValue {
        [
            "type": .string(type), "version": .string(version), "condition": .object(condition(of: broadcasterId)),
            "transport": transport.json,
        ]
    }

    /// Whom it is about.
    func condition(of broadcasterId: String) -> JSONObject {
        var condition = JSONObject()
        for name in names { condition[name] = .string(broadcasterId) }
        return condition
    }

    /// What a streamer must have granted for it.
    ///
    /// Over a socket their own token stands for them. The application's token has no scopes: for a channel's chat it
    /// wants the reader's word that it may be a bot of theirs, and the streamer's that bots may read.
    func scopes(forApplication isForApplication: Bool) -> [String] {
        guard let scope else { return [] }
        return isForApplication && scope == Self.chatScope ? [scope, "user:bot", "channel:bot"] : [scope]
    }
}
