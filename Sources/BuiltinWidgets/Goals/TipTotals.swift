import WidgetAPI

/// What all donations together are worth, in every currency that a goal may ask for.
///
/// Each donation is turned into every currency at the rates of its own moment and rounded there, once. So a total never
/// moves when rates do, and another currency for the goal begins with the truth.
struct TipTotals: Equatable, JSONConvertible {
    private static let currenciesLimit = 32
    // An operator may name more currencies than have room; these are the ones a goal is most likely to ask for.
    private static let common: [String] = [
        "USD", "EUR", "GBP", "JPY", "CAD", "AUD", "CHF", "BRL", "SEK", "NOK", "DKK", "PLN", "CZK", "MXN", "INR", "KRW",
        "TRY", "UAH", "HUF", "NZD", "ZAR", "ARS", "CLP", "SGD", "HKD",
    ]

    /// Donations seen with the eyes of one currency.
    private struct Total: Equatable, JSONConvertible {
        /// By platform, in the currency's smallest units.
        var sums: [String: Int64] = [:]
        /// Donations that had no rate to this currency.
        var uncounted: CurrencyCounts

        init(uncounted: CurrencyCounts) {
            self.uncounted = uncounted
        }

        init?(json: JSONValue) {
            guard let sums = json["sums"]?.objectValue, let uncounted = json["uncounted"].flatMap(CurrencyCounts.init)
            else { return nil }
            self.uncounted = uncounted
            for member in sums.members { self.sums[member.name] = member.value.integerValue }
        }

        var json: JSONValue {
            var object = JSONObject()
            for (platform, sum) in sums.sorted(by: { $0.key < $1.key }) { object[platform] = .integer(sum) }
            return ["sums": .object(object), "uncounted": uncounted.json]
        }
    }

    private var totals: [String: Total] = [:]
    private var received = CurrencyCounts()

    init() {}

    init?(json: JSONValue) {
        guard let totals = json["totals"]?.objectValue, let received = json["received"].flatMap(CurrencyCounts.init)
        else { return nil }
        self.received = received
        for member in totals.members { self.totals[member.name] = Total(json: member.value) }
    }

    var json: JSONValue {
        var object = JSONObject()
        for (currency, total) in totals.sorted(by: { $0.key < $1.key }) { object[currency] = total.json }
        return ["totals": .object(object), "received": received.json]
    }

    /// What came from each platform, in the smallest units of that currency.
    func sums(in currency: String) -> [String: Int64] {
        totals[currency]?.sums ?? [:]
    }

    /// The donations that have no place in the sum in that currency, because there was no rate.
    func uncounted(in currency: String) -> CurrencyCounts {
        totals[currency]?.uncounted ?? received
    }

    /// Adds a donation; the currency of the goal has a place among the totals in any case.
    mutating func add(_ amount: Money, at rates: [String: Int64], from platform: String, for goalCurrency: String) {
        makeRoom(for: amount.currency, rates: rates, goalCurrency: goalCurrency)
        for currency in totals.keys {
            if let worth = amount.converted(to: currency, at: rates) {
                totals[currency]?.sums[platform, default: 0].add(worth.minor)
            } else {
                totals[currency]?.uncounted.add(amount.currency)
            }
        }
        received.add(amount.currency)
    }

    private mutating func makeRoom(for own: String, rates: [String: Int64], goalCurrency: String) {
        if totals[goalCurrency] == nil, totals.count >= Self.currenciesLimit, let last = totals.keys.max() {
            totals[last] = nil
        }
        let rated = Self.common.filter { rates[$0] != nil } + rates.keys.sorted()
        for currency in [goalCurrency, own] + rated where totals[currency] == nil && CurrencyCounts.isCode(currency) {
            guard totals.count < Self.currenciesLimit else { return }
            totals[currency] = Total(uncounted: received)
        }
    }
}

extension Int64 {
    /// Adds what is not negative and stops at the largest number, so that a total never falls.
    mutating func add(_ amount: Int64) {
        let (sum, overflow) = addingReportingOverflow(Swift.max(amount, 0))
        self = overflow ? .max : sum
    }
}
