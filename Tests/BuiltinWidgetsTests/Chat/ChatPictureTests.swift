import Testing
import WidgetAPI
import WidgetConformance

@testable import BuiltinWidgets

/// Whole pictures, as they go over the wire.
@Suite struct ChatPictureTests {
    @Test func `a plain message`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", "hello", from: TestEvents.user("Nova", color: "#FFB347")))

        expect(
            chat.view,
            [
                [
                    "div", ["class": "chat text-medium slide up roles"],
                    [
                        "div", ["k": "twitch:1", "class": "line", "style": ["--place": "-1"]],
                        ["span", ["class": "platform platform-twitch", "title": "Twitch"], "T"],
                        ["span", ["class": "name", "style": ["color": "#ffb347"]], "Nova"],
                        ["span", ["class": "text", "dir": "auto"], "hello"],
                    ],
                ]
            ]
        )
    }

    @Test func `a moderator's answer with everything on`() throws {
        var chat = try WidgetRun(ChatWidget(), ["showTimestamps": true, "font": "Inter", "fontSize": "large"])
        var milo = TestEvents.user("Milo", color: "#8DC1FF", roles: [.moderator, .subscriber])
        milo.avatarUrl = "/img/demo/avatar/2"
        milo.badges = [.init(set: "subscriber", id: "6", title: "6 months", imageUrl: "/img/twitch/badge/sub/6")]
        let fragments: [ChatMessage.Fragment] = [
            .init(.mention, "@Nova"), .init(.text, " hi "),
            .init(.emote, "demoWave", emoteId: "demo-wave", emoteUrl: "/img/demo/emote/wave"),
        ]
        let reply = ChatMessage.Reply(messageId: "0", displayName: "Nova", text: "hello all")

        try chat.take(
            TestEvents.chatMessage("1", from: milo, on: "kick", fragments: fragments, isAction: true, replyTo: reply)
        )

        expect(
            chat.view,
            [
                [
                    "div", ["class": "chat text-large slide up roles", "style": ["--font": "\"Inter\""]],
                    [
                        "div",
                        ["k": "kick:1", "class": "line action role-moderator", "style": ["--place": "-1"]],
                        [
                            "div", ["class": "reply"],
                            ["span", ["class": "answered", "dir": "auto"], "↩ Nova"],
                            ["span", ["class": "quote", "dir": "auto"], "hello all"],
                        ],
                        ["time", ["class": "time", "datetime": "2026-11-21T09:30:00.000Z"], "09:30"],
                        ["span", ["class": "platform platform-kick", "title": "Kick"], "K"],
                        ["img", ["class": "avatar", "src": "/img/demo/avatar/2", "alt": ""]],
                        ["span", ["class": "badge badge-moderator", "title": "moderator"], "MOD"],
                        ["img", ["class": "badge-picture", "src": "/img/twitch/badge/sub/6", "alt": "6 months"]],
                        ["span", ["class": "name", "style": ["color": "#8dc1ff"]], "Milo"],
                        [
                            "span", ["class": "text", "dir": "auto"],
                            ["span", ["class": "mention"], "@Nova"], " hi ",
                            ["img", ["class": "emote", "src": "/img/demo/emote/wave", "alt": "demoWave"]],
                        ],
                    ],
                ]
            ]
        )
    }

    @Test func `the barest chat there is`() throws {
        let bare: JSONValue = [
            "showPlatform": false, "showBadges": false, "showAvatars": false, "showEmotes": false,
            "highlightRoles": false, "animation": "none", "fontSize": "small", "direction": "down",
        ]
        var chat = try WidgetRun(ChatWidget(), bare)
        let fragments: [ChatMessage.Fragment] = [
            .init(.text, "hi "), .init(.emote, "demoWave", emoteId: "1", emoteUrl: "/img/demo/emote/wave"),
        ]
        let user = TestEvents.user("Nova", color: "#FFB347", roles: [.vip])

        try chat.take(TestEvents.chatMessage("1", from: user, fragments: fragments))

        expect(
            chat.view,
            [
                [
                    "div", ["class": "chat text-small none down"],
                    [
                        "div", ["k": "twitch:1", "class": "line role-vip", "style": ["--place": "-1"]],
                        ["span", ["class": "name", "style": ["color": "#ffb347"]], "Nova"],
                        ["span", ["class": "text", "dir": "auto"], "hi ", "demoWave"],
                    ],
                ]
            ]
        )
    }

    @Test func `a chat that is too fast`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 1, "showPlatform": false])
        let user = TestEvents.user("Nova", color: "#FFB347")

        for number in 1...4 { try chat.take(TestEvents.chatMessage("\(number)", "go", from: user)) }
        try chat.wait(seconds: 1)

        expect(
            chat.view,
            [
                [
                    "div", ["class": "chat text-medium slide up roles"],
                    [
                        "div", ["k": "twitch:1", "class": "line", "style": ["--place": "-1"]],
                        ["span", ["class": "name", "style": ["color": "#ffb347"]], "Nova"],
                        ["span", ["class": "text", "dir": "auto"], "go"],
                    ],
                    [
                        "div", ["k": "fold:1795253400", "class": "line folded", "style": ["--place": "-2"]],
                        "+2 messages",
                    ],
                    [
                        "div", ["k": "twitch:4", "class": "line", "style": ["--place": "-4"]],
                        ["span", ["class": "name", "style": ["color": "#ffb347"]], "Nova"],
                        ["span", ["class": "text", "dir": "auto"], "go"],
                    ],
                ]
            ]
        )
    }

    @Test func `a line that is drawn once looks as if it were drawn anew, whatever happens meanwhile`() throws {
        let chat = ChatWidget()
        let settings: [JSONValue] = [
            [:], ["messageTimeout": 3, "maxPerSecond": 2], ["hideCommands": true, "maxMessages": 5],
            ["messageTimeout": 2, "showEmotes": false, "mutedUsers": ["id-3"]], ["showTimestamps": true],
        ]
        var config = try configOf(chat, settings[0])
        var kept = chat.initialState(config)
        var revived = kept
        var now = Timestamp(milliseconds: 1_795_253_400_000)

        for step in 0..<400 {
            now = now.advanced(byMilliseconds: Int64(step * 7919 % 500))
            var (context, other) = (WidgetContext(now: now), WidgetContext(now: now))
            if step.isMultiple(of: 37) {
                let next = try configOf(chat, settings[step / 37 % settings.count])
                chat.configChanged(from: config, to: next, state: &kept, context: &context)
                chat.configChanged(from: config, to: next, state: &revived, context: &other)
                config = next
            }
            var event = anyEvent(step)
            event.receivedAt = now
            chat.handle(event, state: &kept, config: config, context: &context)
            chat.handle(event, state: &revived, config: config, context: &other)
            revived = try #require(ChatWidget.State(json: revived.json))

            try #require(kept == revived, "step \(step)")
            try #require(context.effects == other.effects, "step \(step)")
            try #require(chat.render(kept, config: config) == chat.render(revived, config: config), "step \(step)")
        }
    }

    private func anyEvent(_ step: Int) -> Event {
        switch step % 11 {
        case 3: return TestEvents.deletion(of: "\(step - 2)")
        case 5 where step.isMultiple(of: 3): return TestEvents.clearing(of: "id-\(step % 4)")
        case 7:
            var event = TestEvents.follow("timer")
            event.type = .timer("fade")
            return event
        default:
            let reply = ChatMessage.Reply(messageId: "\(step - 1)", displayName: "\((step - 1) % 4)", text: "hm")
            return TestEvents.chatMessage(
                "\(step)",
                step.isMultiple(of: 6) ? "!drop" : "text \(step)",
                from: TestEvents.user("\(step % 4)"),
                replyTo: step.isMultiple(of: 5) ? reply : nil
            )
        }
    }

    private func configOf(_ chat: ChatWidget, _ settings: JSONValue) throws -> ChatWidget.Config {
        ChatWidget.Config(try chat.manifest.configSchema.validate(settings))
    }

    private func expect(_ view: View, _ picture: JSONValue) {
        let drawn = ViewMeasure(view).json
        #expect(drawn == picture, "\(drawn.text)")
    }
}
