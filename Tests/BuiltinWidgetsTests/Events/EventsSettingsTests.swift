import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct EventsSettingsTests {
    private static let all = [
        TestEvents.follow("1"), TestEvents.subscription("2"), TestEvents.subscription("3", .renewal, by: "Kim"),
        TestEvents.gift("4", to: "Lua"), TestEvents.giftBomb("5", of: 5, tier: "3000"), TestEvents.tip("6", 500),
        TestEvents.tip("7", 50, "BITS", kind: .bits), TestEvents.tip("8", 50, "KICKS", kind: .kicks),
        TestEvents.raid("9", of: 10), TestEvents.redemption("10", of: "Hydrate"),
    ]

    @Test(
        arguments: [
            ("displayDuration", 3, 15, 5), ("soundVolume", 0, 100, 80), ("minTipAmount", 0, 100_000_000, 100),
            ("minRaidViewers", 0, 1_000_000, 1), ("minBits", 1, 1_000_000, 1), ("minKicks", 1, 1_000_000, 1),
            ("maxAge", 0, 1440, 60), ("textDelay", 0, 5000, 0), ("tipVolume", 0, 100, 100),
        ] as [(String, Int64, Int64, Int64)]
    )
    func `a number is taken up to the ends of its range`(
        name: String,
        least: Int64,
        most: Int64,
        usual: Int64
    ) throws {
        let schema = EventsWidget().manifest.configSchema

        #expect(schema.defaults[name] == .integer(usual))
        for (value, isTaken) in [(least, true), (most, true), (least - 1, false), (most + 1, false)] {
            #expect(((try? schema.validate(Self.config(name, .integer(value)))) != nil) == isTaken, "\(value)")
        }
    }

    @Test(
        arguments: [
            ("animation", ["bounce", "slide", "zoom", "fade"], "fade"),
            ("size", ["compact", "standard", "large"], "standard"),
            ("fontSize", ["small", "medium", "large"], "medium"), ("position", ["top", "center", "bottom"], "center"),
            ("layout", ["above", "side", "banner"], "side"),
        ] as [(String, [String], String)]
    )
    func `each word of a choice is worn by the alert`(name: String, words: [String], usual: String) throws {
        let prefix = ["animation": "", "size": "size-", "fontSize": "text-", "position": "at-", "layout": "layout-"]
        #expect(EventsWidget().manifest.configSchema.defaults[name] == .string(usual))
        for word in words {
            var events = try openEvents(Self.config(name, .string(word)))
            try events.take(TestEvents.follow("1"))
            #expect(events.elements("\(prefix[name] ?? "")\(word)").count == 1, "\(word)")
        }
        #expect(throws: ConfigError.self) { try openEvents(Self.config(name, "other")) }
    }

    @Test(
        arguments: [
            ("showFollows", ["1"]), ("showSubs", ["2", "3", "4", "5"]), ("showTips", ["6", "7", "8"]),
            ("showRaids", ["9"]), ("showRedemptions", ["10"]), ("followEnabled", ["1"]), ("subEnabled", ["2"]),
            ("renewalEnabled", ["3"]), ("giftEnabled", ["4"]), ("giftBombEnabled", ["5"]), ("tipEnabled", ["6"]),
            ("bitsEnabled", ["7"]), ("kicksEnabled", ["8"]), ("raidEnabled", ["9"]), ("redemptionEnabled", ["10"]),
        ] as [(String, [String])]
    )
    func `only what the streamer wants to see becomes an alert`(name: String, hidden: [String]) throws {
        var events = try openEvents(Self.config(name, false))
        var shown: [String] = []

        for event in Self.all {
            try events.take(event)
            if let source = events.elements("alert").first?.source { shown.append(source.text) }
            try events.wait(seconds: 6)
        }

        #expect(shown == Self.all.map(\.id.text).filter { !hidden.contains($0) })
    }

    @Test(
        arguments: [
            ("minTipAmount", 300, TestEvents.tip("1", 300), TestEvents.tip("1", 299)),
            (
                "minBits", 50, TestEvents.tip("1", 50, "BITS", kind: .bits),
                TestEvents.tip("1", 49, "BITS", kind: .bits)
            ),
            (
                "minKicks", 50, TestEvents.tip("1", 50, "KICKS", kind: .kicks),
                TestEvents.tip("1", 49, "KICKS", kind: .kicks)
            ),
            ("minRaidViewers", 5, TestEvents.raid("1", of: 5), TestEvents.raid("1", of: 4)),
        ] as [(String, Int64, Event, Event)]
    )
    func `what is too small is no alert`(name: String, least: Int64, enough: Event, less: Event) throws {
        for (event, isShown) in [(enough, true), (less, false)] {
            var events = try openEvents(Self.config(name, .integer(least)))
            try events.take(event)
            #expect(events.elements("alert").isEmpty != isShown)
        }
    }

    @Test(arguments: [(0, 5), (1, 3), (3, 3), (15, 15)] as [(Int64, Int64)])
    func `alerts of one kind can have a time of their own`(seconds: Int64, shown: Int64) throws {
        var events = try openEvents(["followDuration": .integer(seconds), "raidDuration": 9])

        try events.take(TestEvents.follow("1"))
        try events.wait(milliseconds: shown * 1000 - 100)
        let before = events.elements("alert").count
        try events.wait(milliseconds: 200)

        #expect(before == 1 && events.elements("alert").isEmpty)
    }

    @Test func `bits are not measured as money`() throws {
        var events = try openEvents(["minTipAmount": 10_000])

        try events.take(TestEvents.tip("1", 1, "BITS", kind: .bits))

        #expect(events.sentence == "Aurora99 cheered 1 bit")
    }

    @Test func `messages, amounts and tiers can be hidden`() throws {
        var events = try openEvents(["showMessage": false, "showAmount": false, "showTier": false])

        try events.take(
            TestEvents.tip("1", 500, message: "gg"),
            TestEvents.subscription("2", .renewal, months: 7, message: "hi")
        )
        let tip = events.texts
        try events.awaitNext()

        #expect(tip == ["New tip", "via Twitch", "Aurora99", " tipped"])
        #expect(events.texts == ["Subscribed again", "via Twitch", "Aurora99", " subscribed again", "7 months"])
    }

    @Test func `the text comes in later when the streamer says so`() throws {
        var events = try openEvents(["textDelay": 1500])

        try events.take(TestEvents.follow("1"))

        #expect(events.elements("late").first?.style == [Style(.animationDelay, "1500ms")])
    }

    @Test(arguments: ["ttsEnabled", "showEmotes"]) func `what does nothing yet is accepted and says so`(name: String)
        throws
    {
        let field = try #require(EventsWidget().manifest.configSchema.fields.first { $0.name == name })

        #expect(field.description?.contains("yet") == true)
        for value in [true, false] { _ = try openEvents(Self.config(name, .bool(value))) }
    }

    @Test func `every kind has a switch, a text, a picture, a video, a sound, a volume and a time`() {
        let names = Set(EventsWidget().manifest.configSchema.fields.map(\.name))
        let kinds = ["follow", "sub", "renewal", "gift", "giftBomb", "tip", "bits", "kicks", "raid", "redemption"]

        for kind in kinds {
            for part in ["Enabled", "Template", "Image", "Video", "Sound", "Volume", "Duration"] {
                #expect(names.contains(kind + part))
            }
        }
    }

    // MARK: Sound

    @Test func `an alert sounds once, when it comes on screen, and no later than it ends`() throws {
        var events = try openEvents()

        try events.take(TestEvents.follow("1"), TestEvents.follow("2"))
        try events.see()
        try events.take(TestEvents.overlay(open: false), TestEvents.overlay(open: true))

        let end = events.now.advanced(byMilliseconds: 5000)
        #expect(events.sounds == [Sound(asset: "assets/chime.wav", volume: 0.8, until: end)])
    }

    @Test func `each kind may have a sound and a volume of its own`() throws {
        var events = try openEvents(["soundVolume": 50, "tipSound": "/files/coins", "tipVolume": 40])

        try events.take(TestEvents.tip("1", 500))

        #expect(events.sounds.map(\.asset) == ["/files/coins"])
        #expect(events.sounds.map(\.volume) == [0.2])
    }

    @Test func `no alert sounds when sounds are off`() throws {
        var events = try openEvents(["soundEnabled": false])

        try events.take(TestEvents.follow("1"))

        #expect(events.sentence != nil)
        #expect(events.sounds.isEmpty)
    }

    // MARK: Changes while it runs

    @Test func `a kind that is turned off loses what waits, and the alert on screen keeps its time`() throws {
        var events = try openEvents()
        try events.take(
            TestEvents.follow("1", by: "First"),
            TestEvents.follow("2", by: "Second"),
            TestEvents.tip("3", 500, by: "Kim"),
            TestEvents.replay(of: TestEvents.follow("9", by: "Asked"))
        )

        try events.change(["showFollows": false])
        try events.wait(milliseconds: 4999)

        #expect(events.sentence == "First is now following")
        try #expect(events.names() == ["First", "Asked", "Kim"])
    }

    @Test func `a kind that is turned off loses its summary too`() throws {
        var events = try WidgetRun(EventsWidget())
        for number in 1...51 { try events.take(TestEvents.follow("\(number)")) }

        try events.change(["showFollows": false])
        try events.take(TestEvents.overlay(open: true))

        #expect(events.view == View())
    }

    @Test func `a new time counts from the next alert on`() throws {
        var events = try openEvents(["displayDuration": 10])
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))

        try events.change(["displayDuration": 3, "animation": "zoom"])
        let bar = events.elements("remaining").first?.style
        let entrance = events.elements("fade").count
        try events.wait(milliseconds: 9999)
        let first = events.sentence
        try events.wait(milliseconds: 401)
        let second = events.sentence
        try events.wait(seconds: 3)

        #expect(bar == [Style(.animationDuration, "10s")])
        #expect(entrance == 1)
        #expect(first == "First is now following")
        #expect(second == "Second is now following")
        #expect(events.view == View())
    }

    private static func config(_ name: String, _ value: JSONValue) -> JSONValue {
        var object = JSONObject()
        object[name] = value
        return .object(object)
    }
}
