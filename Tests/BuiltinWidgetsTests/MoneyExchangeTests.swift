import Testing
import WidgetAPI

@testable import BuiltinWidgets

@Suite struct MoneyExchangeTests {
    @Test(
        arguments: [
            // Two decimals on both sides, then none, then three.
            (1000, "EUR", "USD", 1100), (1100, "USD", "EUR", 1000), (500, "JPY", "USD", 325),
            (325, "USD", "JPY", 500), (1000, "KWD", "USD", 325), (100, "USD", "KWD", 308), (0, "EUR", "USD", 0),
        ] as [(Int64, String, String, Int64)]
    )
    func `an amount is worth as much in another currency`(minor: Int64, from: String, to: String, expected: Int64) {
        let rates: [String: Int64] = ["USD": 1_000_000, "EUR": 1_100_000, "JPY": 6500, "KWD": 3_250_000]

        let worth = Money(minor: minor, currency: from).converted(to: to, at: rates)

        #expect(worth == Money(minor: expected, currency: to))
    }

    @Test(arguments: [(1, 1), (2, 1), (3, 2), (5, 3)] as [(Int64, Int64)])
    func `half a unit is rounded up, once`(minor: Int64, expected: Int64) {
        let rates: [String: Int64] = ["USD": 1_000_000, "CAD": 500_000]

        #expect(Money(minor: minor, currency: "CAD").converted(to: "USD", at: rates)?.minor == expected)
    }

    @Test func `just under half a unit is rounded down`() {
        let rates: [String: Int64] = ["USD": 1_000_000, "CAD": 499_999]

        #expect(Money(minor: 1, currency: "CAD").converted(to: "USD", at: rates)?.minor == 0)
    }

    @Test func `its own currency needs no rate`() {
        let amount = Money(minor: 77, currency: "CHF")

        #expect(amount.converted(to: "CHF", at: [:]) == amount)
    }

    @Test(arguments: [[:], ["USD": 1_000_000], ["CHF": 1_000_000], ["USD": 0, "CHF": 1], ["USD": 1, "CHF": -5]])
    func `without both rates there is no other worth`(rates: [String: Int64]) {
        #expect(Money(minor: 100, currency: "CHF").converted(to: "USD", at: rates) == nil)
    }

    @Test func `no amount and no rate is too large to compute with`() {
        let rates: [String: Int64] = ["USD": 1, "KWD": .max, "JPY": .max]

        #expect(Money(minor: .max, currency: "KWD").converted(to: "USD", at: rates)?.minor == .max)
        #expect(Money(minor: .min, currency: "KWD").converted(to: "USD", at: rates)?.minor == -.max)
        #expect(Money(minor: .max, currency: "USD").converted(to: "KWD", at: rates)?.minor == 10)
        #expect(Money(minor: .max, currency: "JPY").converted(to: "JPY", at: rates)?.minor == .max)
        #expect(Money(minor: .max, currency: "KWD").converted(to: "JPY", at: rates)?.minor == 9_223_372_036_854_776)
    }
}
