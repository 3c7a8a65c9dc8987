import WidgetAPI

/// What one unit of each currency is worth in one common unit, as the operator says (`CURRENCY_RATES`).
///
/// They are written into every donation when it is taken, so that a goal's sum is the same in every replay, whatever
/// the rates are by then.
struct CurrencyRates: Sendable, Equatable {
    /// Decimals that are kept of a rate.
    static let decimals = 6
    /// Currencies at most: the table stands in every donation.
    static let limit = 40
    /// A unit that is worth more than this many common ones is a typing error.
    private static let largestWhole: Int64 = 1_000_000

    /// In millionths, by ISO 4217 code.
    private(set) var millionths: [String: Int64] = [:]

    /// No rates: only a goal's own currency counts.
    init() {}

    /// Reads `EUR=1,USD=0.92`; `nil` for anything else.
    init?(_ text: String) {
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let currency = Self.currency(sides[0]), let rate = Self.rate(sides[1]),
                millionths.updateValue(rate, forKey: currency) == nil
            else { return nil }
        }
        guard millionths.count <= Self.limit else { return nil }
    }

    private static func currency(_ text: Substring) -> String? {
        let text = text.filter { $0 != " " }
        return text.utf8.count == 3 && text.utf8.allSatisfy { (65...90).contains($0) } ? text : nil
    }

    /// A number above 0 with at most six decimals, without a sign or an exponent.
    private static func rate(_ text: Substring) -> Int64? {
        let parts = text.filter { $0 != " " }.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = digits(parts[0]), whole <= largestWhole else { return nil }
        let fraction = parts.count == 2 ? parts[1] : "0"
        guard fraction.count <= decimals, !fraction.isEmpty,
            let rest = digits(fraction + String(repeating: "0", count: decimals - fraction.count))
        else { return nil }
        let rate = whole * 1_000_000 + rest
        return rate > 0 ? rate : nil
    }

    private static func digits(_ text: some StringProtocol) -> Int64? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? Int64(text) : nil
    }
}
