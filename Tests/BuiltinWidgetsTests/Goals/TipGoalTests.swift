import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct TipGoalTests {
    private static let rates: [String: Int64] = ["USD": 1_000_000, "EUR": 1_083_333, "JPY": 6543]

    @Test func `tips in the goal's currency count exactly, and neither bits nor kicks are money`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips", "target": 50, "currency": "eur"])

        try goal.take(
            TestEvents.tip("1", 1250, "EUR"),
            TestEvents.tip("2", 100, "BITS", kind: .bits),
            TestEvents.tip("3", 100, "KICKS", kind: .kicks)
        )

        #expect(goal.texts(of: "count") == ["€12.50 / €50.00"])
        #expect(goal.texts(of: "percent") == ["25 %"])
        #expect(goal.elements("note").isEmpty)
    }

    @Test func `a currency without decimals needs no cents`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips", "target": 1000, "currency": "JPY"])

        try goal.take(TestEvents.tip("1", 500, "JPY"))

        #expect(goal.texts(of: "count") == ["¥500 / ¥1000"])
    }

    @Test func `each tip counts at the rate it came with`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips"])

        try goal.take(
            TestEvents.tip("1", 1000, "EUR", rates: ["USD": 1_000_000, "EUR": 1_100_000]),
            TestEvents.tip("2", 1000, "EUR", rates: ["USD": 1_000_000, "EUR": 1_200_000])
        )

        #expect(goal.texts(of: "count") == ["$23.00 / $100.00"])
    }

    @Test(arguments: 1...4)
    func `any tips in three currencies add up, and the goal's currency may change on the way`(seed: UInt64) throws {
        var dice = WidgetContext(now: Timestamp(milliseconds: 0), seed: seed)
        var goal = try WidgetRun(GoalsWidget(), Self.config("USD"))
        var expected: [String: Int64] = ["USD": 0, "EUR": 0, "JPY": 0]

        for number in 1...60 {
            let currency = ["USD", "EUR", "JPY"][Int(dice.random(below: 3))]
            let minor = dice.random(below: 100_000)
            try goal.take(TestEvents.tip("\(number)", minor, currency, rates: Self.rates))
            for other in expected.keys { expected[other, default: 0] += Self.worth(minor, currency, in: other) }
            let shown = ["USD", "EUR", "JPY"][Int(dice.random(below: 3))]
            try goal.change(Self.config(shown))
            #expect(goal.texts(of: "count").first?.filter(\.isNumber).hasPrefix("\(expected[shown] ?? -1)") == true)
        }

        for (currency, sum) in expected {
            try goal.change(Self.config(currency))
            let units: Int64 = currency == "JPY" ? 1 : 100
            let shown = goal.texts(of: "count").first?.split(separator: " ").first.map { $0.filter(\.isNumber) }
            #expect(shown == "\(sum)")
            #expect(goal.texts(of: "percent") == ["\(sum * 100 / (10_000_000 * units)) %"])
        }
    }

    @Test func `a tip without a rate is left out, and the goal says so`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips"])

        try goal.take(TestEvents.tip("1", 500, "USD"), TestEvents.tip("2", 2000, "CHF"))
        let one = goal.texts(of: "note")
        try goal.take(
            TestEvents.tip("3", 2000, "CHF", rates: ["CHF": 1_100_000]),
            TestEvents.tip("4", 2000, "NOK", rates: Self.rates)
        )

        #expect(goal.texts(of: "count") == ["$5.00 / $100.00"])
        #expect(one == ["+1 tip in CHF not counted"])
        #expect(goal.texts(of: "note") == ["+3 tips in CHF, NOK not counted"])
        #expect(goal.log.count == 2)
        #expect(goal.log.first?.contains("CHF to USD") == true)
    }

    @Test func `in another currency the goal counts what that one can, and reports the rest`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips"])
        try goal.take(
            TestEvents.tip("1", 500, "USD"),
            TestEvents.tip("2", 2000, "CHF"),
            TestEvents.tip("3", 1000, "EUR", rates: ["USD": 1_000_000, "EUR": 1_100_000])
        )

        try goal.change(["goalType": "tips", "currency": "CHF"])
        let francs = goal.texts
        try goal.change(["goalType": "tips", "currency": "BRL"])
        let reais = goal.texts
        try goal.change(["goalType": "tips"])

        #expect(francs == ["Follower Goal", "20 %", "20.00 CHF / 100.00 CHF", "+2 tips in EUR, USD not counted"])
        #expect(reais == ["Follower Goal", "0 %", "0.00 BRL / 100.00 BRL", "+3 tips in CHF, EUR, USD not counted"])
        #expect(goal.texts == ["Follower Goal", "16 %", "$16.00 / $100.00", "+1 tip in CHF not counted"])
    }

    @Test func `a goal of something else says nothing of tips, and writes nothing in the log`() throws {
        var goal = try WidgetRun(GoalsWidget())

        try goal.take(TestEvents.tip("1", 2000, "CHF"))

        #expect(goal.elements("note").isEmpty)
        #expect(goal.log.isEmpty)
    }

    @Test func `what is no currency is left out and never shown or logged`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips"])

        try goal.take(TestEvents.tip("1", 500, "<b>"), TestEvents.tip("2", 500, "visit my site"))

        #expect(goal.texts(of: "note") == ["+2 tips in other currencies not counted"])
        #expect(goal.log == ["no rate from other currencies to USD: such tips are not counted"])
    }

    @Test func `however many currencies come, the goal's own is counted and the state stays small`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips"])
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        var rates: [String: Int64] = ["USD": 1_000_000]
        for letter in letters { for second in letters { rates["\(letter)\(second)Q"] = 1_000_000 } }

        for (number, currency) in rates.keys.sorted().enumerated() where number.isMultiple(of: 7) {
            try goal.take(TestEvents.tip("\(number)", .max, currency), TestEvents.tip("r\(number)", 1, currency))
        }
        try goal.take(TestEvents.tip("last", 500), TestEvents.tip("rated", 500, "ZZQ", rates: rates))
        let dollars = goal.texts(of: "count")
        try goal.change(["goalType": "tips", "currency": "ZZQ"])
        try goal.take(TestEvents.tip("own", 700, "ZZQ"))

        #expect(dollars == ["$10.00 / $100.00"])
        #expect(goal.texts(of: "count") == ["7.00 ZZQ / 100.00 ZZQ"])
        #expect(goal.state.json["tally"]?["tips"]?["totals"]?.objectValue?.members.count == 32)
    }

    /// ``WidgetRun`` refuses a state of 64 KiB.
    @Test func `the state stays small with every place in it taken`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["startAt": "2026-11-22", "endAt": "2026-11-22"])
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        var rates: [String: Int64] = [:]
        for letter in letters { for second in "QRS" { rates["\(letter)\(second)Q"] = 1_000_000 } }

        for day in 1...3 {
            for (number, letter) in letters.enumerated() {
                let platform = "platform-with-name-\(number % 6)"
                try goal.take(
                    TestEvents.tip("a\(day)\(number)", .max / 64, "\(letter)QQ", rates: rates, on: platform),
                    TestEvents.tip("b\(day)\(number)", .max / 64, "\(letter)AA", on: platform),
                    TestEvents.counts(followers: .max, subscribers: .max, on: platform)
                )
            }
            try goal.wait(seconds: 86_400)
        }

        let marks = ["today", "start", "end"].compactMap { goal.state.json["calendar"]?[$0]?["tally"] }
        #expect(marks.count == 3)
    }

    private static func config(_ currency: String) -> JSONValue {
        ["goalType": "tips", "target": 10_000_000, "currency": .string(currency)]
    }

    /// By fractions of whole units, as one would do it on paper.
    private static func worth(_ minor: Int64, _ currency: String, in other: String) -> Int64 {
        guard currency != other else { return minor }
        let (from, to) = (rates[currency] ?? 0, rates[other] ?? 0)
        let numerator = minor * from * (other == "JPY" ? 1 : 100)
        let denominator = to * (currency == "JPY" ? 1 : 100)
        return (2 * numerator + denominator) / (2 * denominator)
    }
}
