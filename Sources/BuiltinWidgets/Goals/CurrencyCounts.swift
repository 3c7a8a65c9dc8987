import WidgetAPI

/// How many tips there were in each of a few currencies.
struct CurrencyCounts: Equatable, JSONConvertible {
    // A line of text has no room for more, and a state has to end somewhere.
    private static let limit = 8
    /// Stands for every currency beyond the first few, and for what is none.
    static let others = "other currencies"

    private(set) var counts: [String: Int64] = [:]

    init() {}

    init?(json: JSONValue) {
        guard let members = json.objectValue?.members else { return nil }
        for member in members { counts[member.name] = member.value.integerValue }
    }

    var json: JSONValue {
        var object = JSONObject()
        for (currency, count) in counts.sorted(by: { $0.key < $1.key }) { object[currency] = .integer(count) }
        return .object(object)
    }

    /// All tips together.
    var total: Int64 { counts.values.reduce(0, +) }

    /// The currencies in the order of the alphabet, the collected ones last.
    var currencies: [String] { counts.keys.sorted() }

    /// Counts one more tip in that currency.
    mutating func add(_ currency: String) {
        let hasRoom = counts[currency] != nil || counts.count < Self.limit
        counts[hasRoom && Self.isCode(currency) ? currency : Self.others, default: 0].add(1)
    }

    /// Whether it is written like a code of ISO 4217: what is not must not stand in a log or on screen.
    static func isCode(_ currency: String) -> Bool {
        currency.utf8.count == 3 && currency.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    /// What has come since the earlier count.
    func since(_ earlier: CurrencyCounts) -> CurrencyCounts {
        var rest = self
        rest.counts = counts.filter { $0.value > earlier.counts[$0.key] ?? 0 }
        for (currency, count) in rest.counts { rest.counts[currency] = count - (earlier.counts[currency] ?? 0) }
        return rest
    }
}
