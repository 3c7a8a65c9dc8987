import BuiltinWidgets
import Sandbox
import Testing
import WidgetAPI
import WidgetConformance

@testable import Host

/// The built-in chat and its clone in Lua side by side on one layout, in a real runtime on a real log.
@Suite struct ChatTwinsTests {
    /// Settings that have something to do with every part of the program.
    private static let settings: [JSONValue] = [
        [:],
        [
            "maxPerSecond": 1, "messageTimeout": 5, "maxMessages": 5, "showTimestamps": true,
            "nameColors": "generated", "mutedUsers": ["@bentwitch"], "hideCommands": true, "badges": ["moderator"],
        ],
        [
            "direction": "down", "fontSize": "large", "animation": "none", "font": "Comic Neue", "maxMessages": 50,
            "showEmotes": false, "showPlatform": false, "showAvatars": false, "highlightRoles": false,
            "showBadges": false, "hideBots": true, "botNames": ["EveKick"], "maxPerSecond": 2, "nameSaturation": 100,
            "nameLightness": 20,
        ],
    ]

    @Test(arguments: settings)
    func `the same evening gives the same picture in Lua as in Swift`(settings: JSONValue) async throws {
        let zygote = try await Zygote.patient()
        let house = try await RuntimeHouse(strangers: [try ChatClone.package().kind], zygote: zygote)
        try await house.changeLayout { layout in
            layout.widgets = [("chat", 0), ("chat-clone", 3)].map { type, x in
                PlacedWidget(
                    id: PlacedWidget.ID(""),
                    type: type,
                    settings: WidgetSettings(version: "1.1.0", config: settings),
                    position: .init(x: x, y: 0, width: 3, height: 5)
                )
            }
        }
        let (runtime, _) = try await house.open(.overlay)
        var pictures: Set<[String]> = []

        for (number, step) in Self.evening.enumerated() {
            switch step {
            case .wait(let milliseconds): house.place.clock += milliseconds
            case .event(let event): try await house.log.append([Self.draft(event, number, house)], in: house.scope)
            }
            guard number.isMultiple(of: 8) else { continue }
            let last = try await house.log.append([house.draft(.raid, [:])], in: house.scope).last?.seq ?? 0
            try await house.until { await runtime.twins(at: last) != nil }
            guard let twins = await runtime.twins(at: last) else { continue }
            let difference = zip(twins.clone + ["end"], twins.chat + ["end"]).first { $0 != $1 }
            let (skipped, faults) = (try await house.skipped(), await runtime.faults)
            #expect(difference == nil, "after step \(number), left out \(skipped), \(faults)")
            guard difference == nil else { break }
            pictures.insert(twins.chat)
        }

        #expect(pictures.count > 50)
        zygote.close()
    }

    /// A few hundred events of chance, and between them messages with emotes, badges and commands.
    private static var evening: [ConformanceLog.Step] {
        let samples = ChatWidget().manifest.samples.map(\.payload) + [full, command]
        var steps: [ConformanceLog.Step] = []
        for (number, step) in ConformanceLog(seed: 21, events: 320).steps.enumerated() {
            steps.append(step)
            if number.isMultiple(of: 67) { steps.append(.event(ban)) }
            guard number.isMultiple(of: 11) else { continue }
            steps.append(.event(TestEvents.event(.chatMessage, samples[number / 11 % samples.count], id: "own")))
        }
        return steps
    }

    private static let ban = TestEvents.event(
        "moderation:action",
        ["action": "ban", "target": ["id": .string(TestEvents.user("AnaTwitch").id)]]
    )

    private static let command = ChatMessage(messageId: "c", user: TestEvents.user("Kim"), text: " !hug Ana").json

    private static let full: JSONValue = ChatMessage(
        messageId: "full",
        user: User(
            id: "id-Zoë",
            login: "zoe",
            displayName: "Zoë 👩‍👩‍👧‍👦",
            avatarUrl: "/img/demo/avatar/1",
            color: "#0000FF",
            badges: [
                .init(set: "moderator", id: "1", title: "Moderator", imageUrl: "/img/demo/badge/1"),
                .init(set: "bits", id: "100", title: "cheer 100", imageUrl: "/img/demo/badge/2"),
            ],
            roles: [.vip]
        ),
        text: "",
        fragments: [
            .init(.text, "a\r\nb\u{0}\u{85}\"quoted\" \\ "),
            .init(.emote, "Kappa", emoteId: "25", emoteUrl: "/img/twitch/25/2.0"),
            .init(.emote, "Foreign", emoteId: "26", emoteUrl: "https://example.com/26"),
            .init(.link, "https://example.com"), .init(.mention, "@Ana"), .init(.cheermote, "Cheer100"),
            .init(.cheermote, "4Head500", emoteId: "4head500", emoteUrl: "/img/twitch/cheermote/1/4head/500"),
            .init(.cheermote, "Foreign1", emoteId: "foreign1", emoteUrl: "https://example.com/1"),
            .init(.text, String(repeating: "é👋🏽", count: 300)), .init(.text, "beyond"),
        ],
        isAction: true
    ).json

    private static func draft(_ event: Event, _ number: Int, _ house: RuntimeHouse) -> EventDraft {
        // An id is taken once; what can be deleted keeps its own.
        let isLine = event.type == .chatMessage && event.id.text != "own"
        let moment = house.place.now()
        return EventDraft(
            id: isLine ? event.id : Event.ID("row-\(number)"),
            type: event.type,
            platform: Platform(rawValue: event.platform) ?? .twitch,
            channelId: "1",
            occurredAt: moment,
            payload: event.payload
        )
    }
}

extension TenantRuntime {
    /// What the two widgets show, node by node, once both have come to that row and to this moment and all is drawn.
    fileprivate func twins(at seq: Int64) -> (chat: [String], clone: [String])? {
        let widgets = widgets
        guard widgets.count == 2, widgets.allSatisfy({ !$0.needsDrawing }) else { return nil }
        for widget in widgets {
            guard let instance = widget.instance, instance.isSettled else { return nil }
            guard instance.nextTry == nil, instance.nextTimer.map({ $0 > around.now() }) ?? true else {
                // The clock is the test's, of which the alarm knows nothing. Nor do the shares of the processor: while
                // the test's stands still, they are used up.
                scheduleTimer()
                return nil
            }
            guard instance.seq >= seq else { return nil }
        }
        func picture(of type: String) -> [String] {
            widgets.first { $0.placed.type == type }?.view.children.flatMap(Self.lines) ?? []
        }
        return (picture(of: "chat"), picture(of: "chat-clone"))
    }

    /// What has gone wrong with either.
    fileprivate var faults: [String] { widgets.compactMap { $0.instance?.report()?.fault?.message } }

    private static func lines(of node: Node) -> [String] {
        switch node {
        case .text(let text): return [text]
        case .element(let element):
            let attributes = element.attributes.map { "\($0.name)=\($0.value)" }.sorted()
            let styles = element.style.map { "\($0.property): \($0.value)" }.sorted()
            let names = "\(element.key ?? "") .\(element.class ?? "") of \(element.source?.text ?? "")"
            return ["<\(element.tag) \(names) \(attributes) \(styles)>"] + element.children.flatMap(lines) + ["</>"]
        }
    }
}
