import Testing
import WidgetAPI

@testable import Host

@Suite struct CurrencyRatesTests {
    @Test func `rates are kept in millionths of the common unit`() throws {
        let rates = try #require(CurrencyRates("EUR=1, USD = 0.92,JPY=0.006123,BTC=1000000"))

        #expect(
            rates.millionths == ["EUR": 1_000_000, "USD": 920_000, "JPY": 6123, "BTC": 1_000_000_000_000]
        )
    }

    @Test(arguments: [
        "", "EUR", "EUR=", "=1", "EUR=1,", "EUR=1,,USD=1", "EUR=1=1", "EUR=1,EUR=1", "eur=1", "EURO=1", "EU=1", "ÉU=1",
        "EUR=0", "EUR=0.000000", "EUR=-1", "EUR=+1", "EUR=1e3", "EUR=.5", "EUR=1.", "EUR=1.2.3", "EUR=0.0000001",
        "EUR=1000001", "EUR=99999999999999999999", "EUR=１",
    ])
    func `anything that is no list of rates is refused as a whole`(text: String) {
        #expect(CurrencyRates(text) == nil)
    }

    @Test func `forty currencies are taken and one more is not`() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let codes = letters.flatMap { first in letters.map { "X\(first)\($0)=1" } }

        #expect(CurrencyRates(codes.prefix(40).joined(separator: ",")) != nil)
        #expect(CurrencyRates(codes.prefix(41).joined(separator: ",")) == nil)
    }

    @Test func `a donation carries the operator's rates into the log, and nobody else's`() async throws {
        let rates = try #require(CurrencyRates("EUR=1,USD=0.92"))
        let place = try await LogPlace(rates: rates)
        let alice = try await place.streamer("alice", "1")
        let money = Money(minor: 500, currency: "USD")
        let forged = Tip(user: nil, amount: money, kind: .donation, rates: ["USD": 1_000_000_000])
        let bits = Tip(user: nil, amount: Money(minor: 5, currency: "BITS"), kind: .bits)

        let rows = try await place.log.append([tip("1", forged), tip("2", bits)], in: alice)

        #expect(rows.map { Tip(json: $0.payload)?.rates } == [rates.millionths, [:]])
    }

    private func tip(_ id: String, _ tip: Tip) -> EventDraft {
        var draft = draft(id)
        (draft.type, draft.payload) = (.tip, tip.json)
        return draft
    }
}
