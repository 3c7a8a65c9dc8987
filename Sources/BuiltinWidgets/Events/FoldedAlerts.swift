import WidgetAPI

/// The alerts of one kind that found no place in the queue: one summary tells of them.
struct FoldedAlerts: Equatable, JSONConvertible {
    /// A tip that is counted, as far as giving it back needs.
    private struct CountedTip: Equatable, JSONConvertible {
        /// Its origin's hash: ids of services may be long.
        let id: String
        /// What it has added to a sum, or `nil` where its currency has none.
        let amount: Money?

        init(_ origin: EventOrigin, amount: Money?) {
            (id, self.amount) = (Self.id(of: origin), amount)
        }

        init?(json: JSONValue) {
            guard let id = json["id"]?.stringValue else { return nil }
            (self.id, amount) = (id, json["amount"].flatMap(Money.init(json:)))
        }

        var json: JSONValue { ["id": .string(id), "amount": amount?.json ?? .null] }

        static func id(of origin: EventOrigin) -> String {
            String(stableHash(of: "\(origin.platform):\(origin.id)"), radix: 16)
        }
    }

    /// Sums of further currencies are left out, so that a summary stays small; their alerts are still counted.
    private static let currenciesLimit = 4
    // Of more tips the earlier ones stay counted, for a state has to end somewhere.
    private static let tipsLimit = 100

    let kind: AlertKind
    /// What was only tried out is not added to what really happened.
    let isTest: Bool
    private(set) var count = 0
    /// What was given, one sum per currency, in the order in which they came; 0 where all of it was given back.
    private(set) var sums: [Money] = []
    private var tips: [CountedTip] = []
    /// When the last of them came.
    private(set) var newest: Timestamp

    init(kind: AlertKind, isTest: Bool, newest: Timestamp) {
        self.kind = kind
        self.isTest = isTest
        self.newest = newest
    }

    init?(json: JSONValue) {
        guard let kind = json["kind"]?.stringValue.flatMap(AlertKind.init(rawValue:)),
            let count = json["count"]?.integerValue, let newest = json["newest"]?.integerValue
        else { return nil }
        self.init(
            kind: kind,
            isTest: json["test"]?.boolValue ?? false,
            newest: Timestamp(milliseconds: newest)
        )
        self.count = Int(count)
        sums = json["sums"]?.arrayValue?.compactMap(Money.init(json:)) ?? []
        // Earlier versions kept none.
        tips = json["tips"]?.arrayValue?.compactMap(CountedTip.init(json:)) ?? []
    }

    var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "test": .bool(isTest), "count": .integer(Int64(count)),
            "newest": .integer(newest.milliseconds), "sums": .array(sums.map(\.json)),
            "tips": .array(tips.map(\.json)),
        ]
    }

    /// What it takes of the state's 64 KiB, in bytes.
    var weight: Int { 320 + 90 * tips.count }

    mutating func add(_ alert: Alert) {
        count += 1
        newest = max(newest, alert.arrivedAt)
        var summed: Money?
        if let amount = alert.amount, addToSums(amount) { summed = amount }
        guard kind == .tip else { return }
        tips.append(CountedTip(alert.origin, amount: summed))
        if tips.count > Self.tipsLimit { tips.removeFirst() }
    }

    /// Adds to the sum of its currency; says whether there was room for that.
    private mutating func addToSums(_ amount: Money) -> Bool {
        if let index = sums.firstIndex(where: { $0.currency == amount.currency }) {
            let (sum, isTooMuch) = sums[index].minor.addingReportingOverflow(amount.minor)
            sums[index].minor = isTooMuch ? .max : sum
            return true
        }
        guard sums.count < Self.currenciesLimit else { return false }
        sums.append(amount)
        return true
    }

    /// Takes back so many that another alert tells of by now.
    mutating func remove(_ number: Int) {
        count -= number
    }

    /// Counts a tip no longer that was given back.
    mutating func removeTip(_ origin: EventOrigin) {
        let id = CountedTip.id(of: origin)
        for tip in tips where tip.id == id {
            count -= 1
            guard let amount = tip.amount, let index = sums.firstIndex(where: { $0.currency == amount.currency })
            else { continue }
            // A sum of 0 keeps its place: another currency's would lack what had no room before.
            let (rest, isTooMuch) = sums[index].minor.subtractingReportingOverflow(amount.minor)
            // Of a sum that was too much nobody knows how much is left.
            if !isTooMuch, sums[index].minor != .max { sums[index].minor = rest }
        }
        tips.removeAll { $0.id == id }
    }

    /// Keeps only what is told: what comes on screen changes no more.
    mutating func settle() {
        tips = []
    }
}
