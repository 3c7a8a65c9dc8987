import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

/// The exact tree that is drawn for each kind of alert.
@Suite struct AlertPictureTests {
    private static let gift =
        "M3.5 8h17v4h-17zM5 12h14v8.5H5zM12 8v12.5M12 8C9 8 6.5 7.5 6.5 5.5S10.5 2.5 12 8"
        + "c1.5-5.5 5.5-4.5 5.5-2.5S15 8 12 8"
    private static let coin =
        "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18zM15 9.3C14.5 8.3 13.4 7.7 12 7.7c-1.7 0-3 .8-3 2.1 0 3 6 1.5 6 4.5"
        + " 0 1.3-1.3 2.1-3 2.1-1.4 0-2.5-.6-3-1.6M12 6v1.7M12 16.4V18"

    @Test func `a follow is drawn exactly like this`() throws {
        try expect(
            TestEvents.follow("1"),
            kind: "follow",
            sign: "M12 20.5C5.5 16.5 3 13 3 9.2A4.7 4.7 0 0 1 12 7.5a4.7 4.7 0 0 1 9 1.7c0 3.8-2.5 7.3-9 11.3z",
            words: [top("New follower"), sentence(name("Aurora99"), " is now following")]
        )
    }

    @Test func `a new subscription is drawn exactly like this`() throws {
        try expect(
            TestEvents.subscription("1"),
            kind: "sub",
            sign: "M12 3l2.8 5.8 6.2.9-4.5 4.4 1.1 6.3L12 17.4l-5.6 3 1.1-6.3L3 9.7l6.2-.9z",
            words: [top("New subscriber"), sentence(name("Aurora99"), " subscribed"), line("detail", "Tier 1")]
        )
    }

    @Test func `a renewed subscription is drawn exactly like this`() throws {
        try expect(
            TestEvents.subscription("1", .renewal, tier: "3000", months: 1, message: "hi"),
            kind: "renewal",
            sign: "M4 11a8 8 0 0 1 14-4.5L20.5 9M20.5 4v5h-5M20 13a8 8 0 0 1-14 4.5L3.5 15M3.5 20v-5h5",
            words: [
                top("Subscribed again"), sentence(name("Aurora99"), " subscribed again"),
                line("detail", "1 month · Tier 3"), line("message", "hi"),
            ]
        )
    }

    @Test func `a gift is drawn exactly like this`() throws {
        try expect(
            TestEvents.gift("1", to: "Lua"),
            kind: "gift",
            sign: Self.gift,
            words: [
                top("Gift subscription"), sentence(name("Lua"), " was given a subscription"),
                line("detail", "by Nova · Tier 1"),
            ]
        )
    }

    @Test func `a gift bomb is drawn exactly like this`() throws {
        try expect(
            TestEvents.giftBomb("1", of: 3),
            TestEvents.gift("2", to: "Lua"),
            kind: "giftBomb",
            sign: Self.gift,
            words: [
                top("Gift subscriptions"), sentence(name("Nova"), " gives subscriptions away"),
                line("detail", "3 subscriptions · Tier 1"), line("recipients", "Lua and 2 more"),
            ]
        )
    }

    @Test func `a tip is drawn exactly like this`() throws {
        try expect(
            TestEvents.tip("1", 500, message: "gg"),
            kind: "tip",
            sign: Self.coin,
            words: [
                top("New tip"), sentence(name("Aurora99"), " tipped ", value("$5.00")), line("message", "gg"),
            ]
        )
    }

    @Test func `a cheer is drawn exactly like this`() throws {
        try expect(
            TestEvents.tip("1", 100, "BITS", kind: .bits),
            kind: "bits",
            sign: "M12 2.5L19 12l-7 9.5L5 12zM5 12h14M12 2.5V12",
            words: [top("Cheer"), sentence(name("Aurora99"), " cheered ", value("100 bits"))]
        )
    }

    @Test func `kicks are drawn exactly like this`() throws {
        try expect(
            TestEvents.tip("1", 100, "KICKS", kind: .kicks),
            kind: "kicks",
            sign: "M13.5 2.5L4.5 14h6.5l-.5 7.5 9-11.5H13z",
            words: [top("Kicks"), sentence(name("Aurora99"), " sent ", value("100 kicks"))]
        )
    }

    @Test func `a raid is drawn exactly like this`() throws {
        try expect(
            TestEvents.raid("1", of: 42),
            kind: "raid",
            sign: "M9 4a3.7 3.7 0 1 0 0 7.4A3.7 3.7 0 1 0 9 4zM2 20c0-3.5 3-6 7-6s7 2.5 7 6"
                + "M16 4.3a3.7 3.7 0 0 1 0 6.8M18 14.3c2.5.8 4 2.9 4 5.7",
            words: [top("Raid"), sentence(name("Nova"), " is raiding"), line("detail", "with 42 viewers")]
        )
    }

    @Test func `a reward is drawn exactly like this`() throws {
        try expect(
            TestEvents.redemption("1", of: "Hydrate"),
            kind: "redemption",
            sign: "M12 3l2.2 6.8L21 12l-6.8 2.2L12 21l-2.2-6.8L3 12l6.8-2.2z",
            words: [
                top("Reward"), sentence(name("Aurora99"), " redeemed ", value("Hydrate")), line("message", "please"),
            ]
        )
    }

    @Test func `a summary is drawn exactly like this`() throws {
        var events = try WidgetRun(EventsWidget())
        for number in 1...52 { try events.take(TestEvents.tip("\(number)", 500)) }
        try events.take(TestEvents.overlay(open: true))
        for _ in 1...50 { try events.awaitNext() }

        let since = events.now.milliseconds
        #expect(
            ViewMeasure(events.view).json
                == picture(
                    kind: "tip",
                    props: ["k": "summary:tip:\(since)", "data-since": "\(since)"],
                    sign: Self.coin,
                    words: [
                        ["div", ["class": "top"], ["span", ["class": "kind"], "Tips"]],
                        line("sentence", "and 2 more tips"), line("detail", "$10.00"),
                    ]
                )
        )
    }

    // MARK: Parts

    private func expect(_ arriving: Event..., kind: String, sign: String, words: [JSONValue]) throws {
        var events = try openEvents()

        for event in arriving { try events.take(event) }

        let props: JSONObject = ["k": "twitch:1", "data-alert": "2", "data-since": "1795253400000"]
        #expect(ViewMeasure(events.view).json == picture(kind: kind, props: props, sign: sign, words: words))
    }

    private func picture(kind: String, props: JSONObject, sign: String, words: [JSONValue]) -> JSONValue {
        var props = props
        props["class"] = "alert fade kind-\(kind) size-standard text-medium at-center layout-side"
        props["data-exit"] = "true"
        return [
            [
                "div", .object(props),
                [
                    "div", ["class": "card"],
                    [
                        "div", ["class": "picture"],
                        ["svg", ["class": "icon", "viewBox": "0 0 24 24"], ["path", ["d": .string(sign)]]],
                    ],
                    .array(["div", ["class": "words"]] + words),
                    [
                        "div", ["class": "progress"],
                        ["div", ["class": "remaining", "style": ["animation-duration": "5s"], "role": "progressbar"]],
                    ],
                ],
            ]
        ]
    }

    private func top(_ label: String) -> JSONValue {
        [
            "div", ["class": "top"], ["span", ["class": "kind"], .string(label)],
            ["span", ["class": "via"], "via Twitch"],
        ]
    }

    private func sentence(_ pieces: JSONValue...) -> JSONValue {
        .array(["div", ["class": "sentence", "dir": "auto"]] + pieces)
    }

    private func name(_ text: String) -> JSONValue { ["span", ["class": "name"], .string(text)] }

    private func value(_ text: String) -> JSONValue { ["span", ["class": "value"], .string(text)] }

    private func line(_ name: String, _ text: String) -> JSONValue {
        ["div", ["class": .string(name), "dir": "auto"], .string(text)]
    }
}
