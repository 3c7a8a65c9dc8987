import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

/// What a line shows of who wrote it, besides the name: badges, the platform, a profile picture, roles.
@Suite struct ChatWriterTests {
    @Test func `badges and platform are shown until the streamer hides them`() throws {
        var chat = try WidgetRun(ChatWidget())
        var user = TestEvents.user("Nova", roles: [.subscriber])
        user.badges = [.init(set: "moderator", id: "1"), .init(set: "subscriber", id: "12")]
        try chat.take(TestEvents.chatMessage("1", from: user, on: "kick"))
        let (badges, platforms) = (chat.texts(of: "badge"), chat.texts(of: "platform-kick"))

        try chat.change(["showBadges": false, "showPlatform": false])

        #expect(badges == ["MOD", "SUB"])
        #expect(platforms == ["K"])
        #expect(chat.elements("badge").isEmpty)
        #expect(chat.elements("platform").isEmpty)
    }

    @Test func `a badge is the platform's picture where there is one`() throws {
        var chat = try WidgetRun(ChatWidget())
        var user = TestEvents.user("Nova", roles: [.moderator, .vip])
        user.badges = [
            .init(set: "moderator", id: "1", title: "Moderator", imageUrl: "/img/twitch/badge/moderator/1"),
            .init(set: "vip", id: "1", title: "VIP", imageUrl: "https://example.com/vip.png"),
            .init(set: "founder", id: "0", imageUrl: "/img/twitch/badge/founder/0"),
        ]

        try chat.take(TestEvents.chatMessage("1", from: user))

        #expect(
            chat.elements("badge-picture").map(\.attributes) == [
                [.init(.source, "/img/twitch/badge/moderator/1"), .init(.alternative, "Moderator")],
                [.init(.source, "/img/twitch/badge/founder/0"), .init(.alternative, "founder")],
            ]
        )
        #expect(chat.texts(of: "badge") == ["VIP"])
    }

    @Test func `at most three pictures of other badges are shown`() throws {
        var chat = try WidgetRun(ChatWidget())
        var user = TestEvents.user("Nova")
        user.badges = (1...5).map { .init(set: "set-\($0)", id: "1", imageUrl: "/img/twitch/badge/\($0)") }

        try chat.take(TestEvents.chatMessage("1", from: user))

        #expect(chat.elements("badge-picture").count == 3)
    }

    @Test(
        arguments: [
            (["broadcaster"], ["HOST"], 0), (["moderator"], ["MOD"], 0), (["vip"], ["VIP"], 0),
            (["subscriber"], ["SUB"], 0), (["other"], [], 1), ([], [], 0),
            (["vip", "broadcaster"], ["HOST", "VIP"], 0),
        ] as [([String], [String], Int)]
    )
    func `the streamer chooses the kinds of badges`(kinds: [String], marks: [String], pictures: Int) throws {
        var chat = try WidgetRun(ChatWidget(), ["badges": .array(kinds.map { .string($0) })])
        var user = TestEvents.user("Nova", roles: User.Role.allCases)
        user.badges = [.init(set: "premium", id: "1", title: "Prime", imageUrl: "/img/twitch/badge/premium/1")]

        try chat.take(TestEvents.chatMessage("1", from: user))

        #expect(chat.texts(of: "badge") == marks)
        #expect(chat.elements("badge-picture").count == pictures)
    }

    @Test func `a profile picture is shown until the streamer hides it`() throws {
        var chat = try WidgetRun(ChatWidget())
        var user = TestEvents.user("Nova")
        user.avatarUrl = "/img/demo/avatar/3"
        try chat.take(TestEvents.chatMessage("1", from: user))
        let shown = chat.elements("avatar").map(\.attributes)

        try chat.change(["showAvatars": false])

        #expect(shown == [[.init(.source, "/img/demo/avatar/3"), .init(.alternative, "")]])
        #expect(chat.elements("avatar").isEmpty)
    }

    @Test(arguments: [nil, "https://example.com/a.png", "/image/a"])
    func `a profile picture that is not of this host is left out`(url: String?) throws {
        var chat = try WidgetRun(ChatWidget())
        var user = TestEvents.user("Nova")
        user.avatarUrl = url

        try chat.take(TestEvents.chatMessage("1", from: user))

        #expect(chat.elements("avatar").isEmpty)
    }

    @Test func `a line says the highest role of who wrote it`() throws {
        var chat = try WidgetRun(ChatWidget())
        let both = TestEvents.user("Milo", roles: [.subscriber, .moderator])

        try chat.take(TestEvents.chatMessage("1", from: both), TestEvents.chatMessage("2"))

        #expect(chat.elements("line").map(\.class) == ["line role-moderator", "line"])
    }

    @Test func `roles are marked until the streamer wants all lines alike`() throws {
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1"))
        let marked = chat.elements("roles").count

        try chat.change(["highlightRoles": false])

        #expect(marked == 1)
        #expect(chat.elements("roles").isEmpty)
        #expect(chat.widget.styleSheet.contains(".roles .role-moderator { border-color"))
    }
}
