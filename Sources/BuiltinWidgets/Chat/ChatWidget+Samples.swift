import WidgetAPI

extension ChatWidget {
    /// A few lines of an evening: emotes, a reply, the team, a cheer and an action.
    static let samples: [WidgetManifest.Sample] = [
        sample("1", by: aurora, [.init(.text, "Good evening everyone "), emote("wave")]),
        sample(
            "2",
            by: milo,
            [.init(.mention, "@Aurora99"), .init(.text, " welcome back, you are just in time for the boss")],
            replyTo: .init(messageId: "sample-chat-1", displayName: "Aurora99", text: "Good evening everyone")
        ),
        sample("3", by: nova, [.init(.cheermote, "Cheer100"), .init(.text, " for the last run, that was close")]),
        sample(
            "4",
            by: kestrel,
            [.init(.text, "Tonight's route is at "), .init(.link, "https://example.com/route")]
        ),
        sample("5", by: juniper, [.init(.text, "lights a candle for the save file "), emote("cozy")], isAction: true),
    ]

    private static let aurora = User(
        id: "sample-aurora",
        login: "aurora99",
        displayName: "Aurora99",
        avatarUrl: "/img/demo/avatar/1",
        color: "#3DD68C",
        badges: [.init(set: "subscriber", id: "6", title: "6-month subscriber")],
        roles: [.subscriber]
    )
    private static let milo = User(
        id: "sample-milo",
        login: "milo",
        displayName: "Milo",
        avatarUrl: "/img/demo/avatar/2",
        color: "#5EA8FF",
        badges: [.init(set: "moderator", id: "1", title: "Moderator")],
        roles: [.moderator]
    )
    private static let nova = User(
        id: "sample-nova",
        login: "nova",
        displayName: "Nova",
        avatarUrl: "/img/demo/avatar/3",
        badges: [.init(set: "vip", id: "1", title: "VIP")],
        roles: [.vip]
    )
    private static let kestrel = User(
        id: "sample-kestrel",
        login: "kestrel",
        displayName: "Kestrel",
        avatarUrl: "/img/demo/avatar/4",
        color: "#F5B942",
        badges: [.init(set: "broadcaster", id: "1", title: "Broadcaster")],
        roles: [.broadcaster]
    )
    private static let juniper = User(
        id: "sample-juniper",
        login: "juniper",
        displayName: "Juniper",
        avatarUrl: "/img/demo/avatar/5"
    )

    private static func sample(
        _ id: String,
        by user: User,
        _ fragments: [ChatMessage.Fragment],
        isAction: Bool = false,
        replyTo: ChatMessage.Reply? = nil
    ) -> WidgetManifest.Sample {
        let message = ChatMessage(
            messageId: "sample-chat-\(id)",
            user: user,
            text: fragments.map(\.text).joined(),
            fragments: fragments,
            isAction: isAction,
            replyTo: replyTo
        )
        return WidgetManifest.Sample(.chatMessage, message.json)
    }

    private static func emote(_ name: String) -> ChatMessage.Fragment {
        let shown = "demo" + name.prefix(1).uppercased() + name.dropFirst()
        return .init(.emote, shown, emoteId: "demo-\(name)", emoteUrl: "/img/demo/emote/\(name)")
    }
}
