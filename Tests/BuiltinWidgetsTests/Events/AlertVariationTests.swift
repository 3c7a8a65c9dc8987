import Testing
import WidgetAPI
import WidgetConformance

@testable import BuiltinWidgets

@Suite struct AlertVariationTests {
    @Test(
        arguments: [
            ("tip", "minimum", 500, TestEvents.tip("1", 500), TestEvents.tip("1", 499)),
            ("tip", "exact", 500, TestEvents.tip("1", 500), TestEvents.tip("1", 501)),
            ("bits", "minimum", 100, TestEvents.tip("1", 100, "BITS", kind: .bits), TestEvents.tip("1", 100)),
            (
                "renewal", "months", 12, TestEvents.subscription("1", .renewal, months: 12),
                TestEvents.subscription("1", .renewal, months: 11)
            ),
            (
                "sub", "tier", 3, TestEvents.subscription("1", tier: "3000"),
                TestEvents.subscription("1", tier: "1000")
            ),
            ("giftBomb", "giftCount", 50, TestEvents.giftBomb("1", of: 50), TestEvents.giftBomb("1", of: 49)),
            ("raid", "raiders", 100, TestEvents.raid("1", of: 100), TestEvents.raid("1", of: 99)),
        ] as [(String, String, Int64, Event, Event)]
    )
    func `a variation is worn when its condition holds`(
        kind: String,
        condition: String,
        value: Int64,
        fitting: Event,
        other: Event
    ) throws {
        let settings = Self.settings(Self.variation(kind, condition, value: value, template: "special"))
        for (event, isFitting) in [(fitting, true), (other, false)] {
            var events = try openEvents(settings)

            try events.take(event)

            #expect((events.sentence == "special") == isFitting)
        }
    }

    @Test func `months in a row and Prime are conditions too`() throws {
        let settings = Self.settings(
            Self.variation("renewal", "streak", value: 3, template: "streak"),
            Self.variation("renewal", "prime", template: "prime")
        )
        let user = TestEvents.user("Kim")
        for (subscription, sentence) in [
            (Subscription(user: user, kind: .renewal, streak: 3), "streak"),
            (Subscription(user: user, kind: .renewal, streak: 2), "Kim subscribed again"),
            (Subscription(user: user, kind: .renewal, prime: true), "prime"),
            (Subscription(user: user, kind: .renewal, prime: false), "Kim subscribed again"),
        ] {
            var events = try openEvents(settings)

            try events.take(TestEvents.event(.subscribe, subscription.json))

            #expect(events.sentence == sentence)
        }
    }

    @Test(arguments: [(499, "random"), (500, "five"), (700, "five"), (777, "exactly"), (1000, "ten"), (5000, "ten")])
    func `of those that hold the most specific wins`(minor: Int64, sentence: String) throws {
        var events = try openEvents(
            Self.settings(
                Self.variation("tip", "random", weight: 100, template: "random"),
                Self.variation("tip", "minimum", value: 500, template: "five"),
                Self.variation("tip", "exact", value: 777, template: "exactly"),
                Self.variation("tip", "minimum", value: 1000, template: "ten"),
                Self.variation("tip", "minimum", value: 1000, template: "never")
            )
        )

        try events.take(TestEvents.tip("1", minor))

        #expect(events.sentence == sentence)
    }

    @Test func `chance follows the weights, and what they leave is the usual look`() throws {
        let variations = [("a", 10), ("b", 30)].map { template, weight in
            AlertVariation(json: Self.variation("follow", "random", weight: Int64(weight), template: template))
        }.compactMap(\.self)

        let shares = shares(of: variations)

        #expect(abs((shares["a"] ?? 0) - 1000) < 150)
        #expect(abs((shares["b"] ?? 0) - 3000) < 250)
        #expect(abs((shares["usual"] ?? 0) - 6000) < 300)
    }

    @Test func `weights beyond a hundred share all alerts among them`() throws {
        let variations = [("a", 100), ("b", 100)].map { template, weight in
            AlertVariation(json: Self.variation("follow", "random", weight: Int64(weight), template: template))
        }.compactMap(\.self)

        let shares = shares(of: variations)

        #expect(shares["usual"] == nil)
        #expect(abs((shares["a"] ?? 0) - 5000) < 300)
    }

    @Test func `chance is asked once: the alert that waits will be the alert that is shown`() throws {
        var events = try WidgetRun(
            EventsWidget(),
            Self.settings(Self.variation("follow", "random", weight: 50, template: "lucky"))
        )
        for number in 1...20 { try events.take(TestEvents.follow("\(number)", by: "N")) }
        var twin = events
        // Other events throw dice of their own and change nothing.
        for number in 1...7 { try twin.take(TestEvents.redemption("r\(number)", of: "Hydrate")) }

        try events.take(TestEvents.overlay(open: true))
        try twin.take(TestEvents.overlay(open: true))

        let sentences = try events.sentences()
        try #expect(twin.sentences().filter { !$0.contains("redeemed") } == sentences)
        #expect(Set(sentences) == ["lucky", "N is now following"])
    }

    @Test func `a variation brings its own picture, sound, time and animation`() throws {
        var special = Self.variation("tip", "minimum", value: 500, template: "special")
        special = Self.adding(
            [
                "image": "/files/cat", "sound": "/files/meow", "displayDuration": 10, "animation": "bounce",
            ],
            to: special
        )
        var events = try openEvents(Self.settings(special))

        try events.take(TestEvents.tip("1", 500))

        #expect(events.elements("image").first?.attributes.first?.value == "/files/cat")
        #expect(events.sounds.map(\.asset) == ["/files/meow"])
        #expect(events.elements("remaining").first?.style == [Style(.animationDuration, "10s")])
        #expect(events.elements("bounce").count == 1)
        #expect(events.timers["next"]?.due == events.now.advanced(byMilliseconds: 10_000))
    }

    @Test func `a variation shorter than any alert stays as long as the shortest one`() throws {
        let brief = Self.adding(["displayDuration": 1], to: Self.variation("tip", "minimum", value: 1, template: ""))
        var events = try openEvents(Self.settings(brief))

        try events.take(TestEvents.tip("1", 500))

        #expect(events.elements("remaining").first?.style == [Style(.animationDuration, "3s")])
        #expect(events.sentence == "Aurora99 tipped $5.00")
    }

    @Test func `the alert on screen keeps its variation when the streamer takes that away`() throws {
        var events = try openEvents(Self.settings(Self.variation("follow", "random", weight: 100, template: "special")))
        try events.take(TestEvents.follow("1"))

        try events.change(["variations": []])

        #expect(events.sentence == "special")
    }

    @Test func `twenty variations are taken and twenty-one refused`() {
        let schema = EventsWidget().manifest.configSchema
        let one = Self.variation("follow", "random", template: "x")

        for (count, isTaken) in [(20, true), (21, false)] {
            let settings: JSONValue = ["variations": .array(Array(repeating: one, count: count))]
            #expect(((try? schema.validate(settings)) != nil) == isTaken)
        }
    }

    private func shares(of variations: [AlertVariation]) -> [String: Int] {
        var shares: [String: Int] = [:]
        for seed in 1...10_000 as ClosedRange<UInt64> {
            var context = WidgetContext(now: Timestamp(milliseconds: 0), seed: seed)
            let roll = context.random(below: Alert.rollLimit)
            guard let alert = Alert(TestEvents.follow("1"), roll: roll, at: context.now) else { continue }
            shares[AlertVariation.chosen(for: alert, from: variations)?.template ?? "usual", default: 0] += 1
        }
        return shares
    }

    private static func variation(
        _ kind: String,
        _ condition: String,
        value: Int64 = 1,
        weight: Int64 = 10,
        template: String
    ) -> JSONValue {
        [
            "kind": .string(kind), "condition": .string(condition), "value": .integer(value),
            "weight": .integer(weight), "template": .string(template),
        ]
    }

    private static func adding(_ members: JSONObject, to variation: JSONValue) -> JSONValue {
        var object = variation.objectValue ?? JSONObject()
        for member in members.members { object[member.name] = member.value }
        return .object(object)
    }

    private static func settings(_ variations: JSONValue...) -> JSONValue {
        ["variations": .array(variations), "minTipAmount": 0]
    }
}
