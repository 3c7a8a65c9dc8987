import WidgetAPI

@testable import Host

/// What holds for the events that a tip service's delivery is read as.
struct TipPromises {
    /// Shorter texts stand by chance in others.
    private static let shortestPrivate = 8
    /// Where a whole amount of Stripe's is not one of ours: what each of ours is worth of theirs, or theirs of ours.
    private static let theirsPerOurs: [String: Int64] = ["ISK": 100, "UGX": 100, "UYI": 100]
    private static let oursPerTheirs: [String: Int64] = ["MGA": 100, "IQD": 10, "LYD": 10]

    let service: TipService
    /// All that was told.
    let body: JSONValue
    /// The service's own id of the tip.
    let id: JSONValue?
    /// What else may be kept: a name, a giver's id, a message.
    let open: [JSONValue?]
    /// The amount as it was told.
    let amount: JSONValue?
    let isTest: Bool

    func check(_ drafts: [EventDraft]) throws(FuzzFinding) {
        let kinds = drafts.map(\.type)
        try FuzzFinding.unless(
            [[], [.tip], ["tip:refunded", .chatDelete]].contains(kinds),
            "a delivery is a tip, one that was given back, or neither: \(kinds)"
        )
        let ids = drafts.map(\.id.text)
        try FuzzFinding.unless(Set(ids).count == ids.count, "each event has an id of its own")
        for draft in drafts {
            try FuzzFinding.unless(
                draft.platform == service.platform && draft.channelId == nil && draft.isTest == isTest,
                "an event is its service's"
            )
            try FuzzFinding.unless(
                (1...220).contains(draft.id.text.utf8.count)
                    && draft.id.text.utf8.allSatisfy { (0x21...0x7E).contains($0) },
                "an id is short and plain: \(draft.id.text)"
            )
            let own = id?.stringValue ?? id?.integerValue.map { String($0) }
            let parts = draft.id.text.split(separator: ":", omittingEmptySubsequences: false).dropLast()
            try FuzzFinding.unless(
                draft.id.text == own || parts.joined(separator: ":") == own,
                "an id is the service's own, or a part of it: \(draft.id.text)"
            )
            try DraftPromises.check(draft)
            try checkDiscretion(of: draft)
            if let money = draft.payload["amount"] ?? draft.payload["money"] { try check(money) }
        }
    }

    // MARK: Money

    private func check(_ json: JSONValue) throws(FuzzFinding) {
        let money = try FuzzFinding.unless(Money(json: json), "money is some")
        try FuzzFinding.unless((1...DecimalAmount.largest).contains(money.minor), "an amount is more than nothing")
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        try FuzzFinding.unless(
            money.currency.utf8.count == 3 && money.currency.utf8.allSatisfy(capitals.contains),
            "a currency is three capitals: \(money.currency)"
        )
        let isExact = service == .stripe ? isExactCount(money) : isExactDecimal(money)
        try FuzzFinding.unless(isExact, "\(amount?.text ?? "nothing") is \(money.minor) \(money.currency)")
    }

    private func isExactCount(_ money: Money) -> Bool {
        guard let told = amount?.integerValue else { return false }
        let (ours, _) = money.minor.multipliedReportingOverflow(by: Self.theirsPerOurs[money.currency] ?? 1)
        let (theirs, _) = told.multipliedReportingOverflow(by: Self.oursPerTheirs[money.currency] ?? 1)
        return ours == theirs
    }

    /// Written down again it is the same number, digit by digit.
    private func isExactDecimal(_ money: Money) -> Bool {
        let told: String? =
            switch amount {
            case .string(let text): text
            case .integer(let number): String(number)
            case .number(let number): number.description
            default: nil
            }
        guard let told else { return false }
        let units = Money.minorUnits(of: money.currency)
        let digits = String(units).utf8.count - 1
        let rest = String(money.minor % units)
        let decimals = digits == 0 ? "" : String(repeating: "0", count: digits - rest.utf8.count) + rest
        return Self.bare(told) == Self.bare("\(money.minor / units).\(decimals)")
    }

    /// A decimal number without the zeros that say nothing.
    private static func bare(_ text: String) -> [String] {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let units = parts[0].drop { $0 == "0" }
        let decimals = parts.dropFirst().joined(separator: ".").reversed().drop { $0 == "0" }.reversed()
        return [String(units), String(decimals)]
    }

    // MARK: Discretion

    /// Nothing that was told beside what may be kept stands in an event: no e-mail, no address, no name on a card.
    private func checkDiscretion(of draft: EventDraft) throws(FuzzFinding) {
        let kept = Self.texts(in: draft.payload) + [draft.id.text]
        let named = open.compactMap(\.self).flatMap(Self.texts).flatMap { [$0, "name:\($0.lowercased())"] }
        let allowed = named + [draft.id.text, Tip.Kind.donation.rawValue]
        for told in Self.texts(in: body) where told.utf8.count >= Self.shortestPrivate {
            guard !allowed.contains(where: { $0.contains(told) }) else { continue }
            try FuzzFinding.unless(!kept.contains { $0.contains(told) }, "what is private stays behind: \(told)")
        }
    }

    /// All texts in a value, those of objects in objects too; names of members are no texts.
    private static func texts(in value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(texts)
        case .object(let object): object.members.flatMap { texts(in: $0.value) }
        default: []
        }
    }
}
