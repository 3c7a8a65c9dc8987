/// One lifelike event of every core type: what test buttons send and previews show.
public enum CoreSamples {
    /// The types there is a sample of.
    public static let types: [EventType] = [
        .chatMessage, .chatNotice, .chatDelete, .chatClear, .follow, .subscribe, .tip, .raid, .redemption,
        .streamOnline, .streamOffline, .streamUpdate, .counts,
    ]

    /// The payload of that type's sample, or `nil` for a type that is none of the core.
    public static func payload(of type: EventType) -> JSONValue? {
        switch type {
        case .chatMessage:
            ChatMessage(
                messageId: "sample-line",
                user: user,
                text: "Hello everyone, good to be here",
                fragments: [.init(.text, "Hello everyone, good to be here")]
            ).json
        case .chatNotice:
            ChatNotice(
                messageId: "sample-notice",
                user: user,
                kind: "resub",
                systemText: "Aurora99 subscribed for 7 months.",
                message: "Still the best place to be"
            ).json
        case .chatDelete: ChatDeletion(messageId: "sample-line").json
        case .chatClear: ChatClearing(userId: user.id).json
        case .follow: Follow(user: user).json
        case .subscribe:
            Subscription(user: user, kind: .renewal, tier: "1000", months: 7, streak: 3, message: "Seven months").json
        case .tip:
            Tip(
                user: user,
                amount: Money(minor: 500, currency: "USD"),
                kind: .donation,
                message: "For the coffee after the stream"
            ).json
        case .raid: Raid(user: user, viewers: 42).json
        case .redemption:
            Redemption(
                user: user,
                rewardId: "sample-reward",
                rewardTitle: "Choose the next song",
                rewardCost: 500,
                input: "Something slow",
                status: "unfulfilled"
            ).json
        case .streamOnline: ["startedAt": "2026-11-21T18:00:00.000Z"]
        case .streamOffline: ["endedAt": "2026-11-21T22:00:00.000Z"]
        case .streamUpdate: ["title": "A quiet evening", "category": "Just Chatting", "language": "en"]
        case .counts: ["followers": 1280, "subscribers": 64]
        default: nil
        }
    }

    private static let user = User(
        id: "sample-user",
        login: "aurora99",
        displayName: "Aurora99",
        color: "#3DD68C",
        badges: [.init(set: "subscriber", id: "6", title: "6-month subscriber")],
        roles: [.subscriber]
    )
}
