import WidgetAPI

/// Messages that came too fast to be read: counted, not shown.
struct FoldedLines: Equatable, JSONConvertible {
    /// How many of them came from one platform.
    private struct Share: Equatable {
        let platform: String
        var count: Int64
    }

    /// Seconds since 1970.
    let second: Int64
    /// Rises with every row of the chat.
    let number: Int64
    /// When the first of them came into the log.
    let arrived: Timestamp
    private var shares: [Share] = []

    init(arrived: Timestamp, number: Int64) {
        second = Self.second(of: arrived)
        self.number = number
        self.arrived = arrived
    }

    init?(json: JSONValue) {
        guard let second = json["folded"]?.integerValue, let number = json["number"]?.integerValue,
            let arrived = json["arrived"]?.integerValue, let shares = json["shares"]?.objectValue
        else { return nil }
        self.second = second
        self.number = number
        self.arrived = Timestamp(milliseconds: arrived)
        self.shares = shares.members.map { Share(platform: $0.name, count: $0.value.integerValue ?? 0) }
    }

    var json: JSONValue {
        var counts = JSONObject()
        for share in shares { counts[share.platform] = .integer(share.count) }
        return [
            "folded": .integer(second), "number": .integer(number), "arrived": .integer(arrived.milliseconds),
            "shares": .object(counts),
        ]
    }

    var count: Int64 { shares.reduce(0) { $0 + $1.count } }

    /// More than it needs in state or view, with a platform or two.
    var weight: Int { 300 }

    /// The second of the log in which a moment is.
    static func second(of moment: Timestamp) -> Int64 {
        moment.milliseconds / 1000
    }

    mutating func add(from platform: String) {
        if let index = shares.firstIndex(where: { $0.platform == platform }) {
            shares[index].count += 1
        } else {
            shares.append(Share(platform: platform, count: 1))
        }
    }

    /// A cleared chat leaves nothing to count.
    mutating func removeAll(from platform: String) {
        shares.removeAll { $0.platform == platform }
    }

    func node(isLeaving: Bool) -> Node {
        .element(
            .div,
            key: "fold:\(second)",
            class: "line folded",
            style: [ChatWidget.place(number)],
            attributes: isLeaving ? [.init(.exit, "")] : [],
            .text(count == 1 ? "+1 message" : "+\(count) messages")
        )
    }
}
