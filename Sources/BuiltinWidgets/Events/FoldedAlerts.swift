import WidgetAPI

/// The alerts of one kind that found no place in the queue: one summary tells of them.
struct FoldedAlerts: Equatable, JSONConvertible {
    /// Sums of further currencies are left out, so that a summary stays small; their alerts are still counted.
    private static let currenciesLimit = 4

    let kind: AlertKind
    /// What was only tried out is not added to what really happened.
    let isTest: Bool
    private(set) var count = 0
    /// What was given, one sum per currency, in the order in which they came.
    private(set) var sums: [Money] = []
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
    }

    var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "test": .bool(isTest), "count": .integer(Int64(count)),
            "newest": .integer(newest.milliseconds), "sums": .array(sums.map(\.json)),
        ]
    }

    mutating func add(_ alert: Alert) {
        count += 1
        newest = max(newest, alert.arrivedAt)
        guard let amount = alert.amount else { return }
        if let index = sums.firstIndex(where: { $0.currency == amount.currency }) {
            let (sum, isTooMuch) = sums[index].minor.addingReportingOverflow(amount.minor)
            sums[index].minor = isTooMuch ? .max : sum
        } else if sums.count < Self.currenciesLimit {
            sums.append(amount)
        }
    }

    /// Takes back so many that another alert tells of by now.
    mutating func remove(_ number: Int) {
        count -= number
    }
}
