import WidgetAPI

/// When which alert must be on screen, reckoned from the rows of a log with nothing but the rules.
///
/// The rules (requirements SA1 to SA3, contract section 4): replays first, then gifts of money of 10 units and raids of
/// 10 viewers, then the rest, last cheers below 100 bits; among equals the earlier place in the log. One at a time, 5 s
/// each and 400 ms between two. Of more than 50 that wait the last are counted in one summary for each kind.
struct AlertSchedule {
    /// What was on screen, and from when to when.
    struct Showing: Equatable {
        let name: String
        let since: Int64
        var until: Int64
    }

    private struct Waiting {
        let event: String
        var name: String
        var kind: String
        let priority: Int
        let place: Int64
        let person: String
        var gift: String?
        let isTest: Bool
    }

    private struct Summary {
        let kind: String
        let isTest: Bool
        var gifts: [String?]
    }

    private static let limit = 50
    private static let shownMilliseconds: Int64 = 5000
    private static let restMilliseconds: Int64 = 400
    private static let minute: Int64 = 60_000

    /// Everything that was on screen until now; the last one may still be there.
    private(set) var showings: [Showing] = []
    /// The most that waited, those in summaries included.
    private(set) var longestLine = 0
    private(set) var summaries = 0
    private var waiting: [Waiting] = []
    private var folded: [Summary] = []
    private var shown: Waiting?
    private var freeAt: Int64 = 0
    private var isOpen = false
    private(set) var isPaused = false
    private var bombs: [String: Int64] = [:]
    private var subscribers: [String: (at: Int64, event: String, hasMessage: Bool)] = [:]
    private var notices: [String: (at: Int64, isRenewal: Bool)] = [:]

    /// The places in the log of what waits, the next one first.
    var places: [Int64] { waiting.map(\.place) }

    /// Takes the next row, after everything that was due before it.
    mutating func take(_ row: Event) {
        let now = row.receivedAt.milliseconds
        pass(to: now)
        let payload = row.payload
        switch row.type.name {
        case "overlay:presence": isOpen = payload["open"] == true
        case "alert:pause":
            isPaused = true
            end(at: now)
        case "alert:resume": isPaused = false
        case "alert:skip": end(at: now)
        case "alert:clear": (waiting, folded) = ([], [])
        case "alert:replay": replay(row)
        case "chat:notice": notice(row, now)
        case "chat:clear":
            guard let user = payload["userId"]?.stringValue else { break }
            let person = "\(row.platform):\(user)"
            waiting.removeAll { $0.person == person }
            if isOnScreen, shown?.person == person { end(at: now) }
        case "event:follow", "event:redemption": enqueue(alert(row, String(row.type.name.dropFirst(6)), 2))
        case "event:raid": enqueue(alert(row, "raid", payload["viewers"]?.integerValue ?? 0 >= 10 ? 1 : 2))
        case "event:tip": tip(row)
        case "event:subscribe": payload["kind"] == "gift" ? gift(row, now) : subscription(row, now)
        default: break
        }
        show(at: now)
    }

    /// Lets time pass; what is due at that very moment happens.
    mutating func pass(to now: Int64) {
        // Whoever came while the screen was free is on it already, so the next one waits for exactly this moment.
        while isWanted, freeAt <= now { show(at: freeAt) }
        if let last = showings.last, last.until <= now { shown = nil }
    }

    private var isWanted: Bool { isOpen && !isPaused && !(waiting.isEmpty && folded.isEmpty) }
    private var isOnScreen: Bool { shown != nil }

    private mutating func show(at now: Int64) {
        guard isWanted, now >= freeAt else { return }
        var name = ""
        if waiting.isEmpty {
            let summary = folded.removeFirst()
            summaries += 1
            name = "summary:\(summary.kind):\(now) of \(summary.gifts.count)"
            shown = Waiting(
                event: "",
                name: name,
                kind: summary.kind,
                priority: 9,
                place: 0,
                person: "",
                isTest: summary.isTest
            )
        } else {
            let next = waiting.removeFirst()
            name = next.name
            shown = next
        }
        showings.append(Showing(name: name, since: now, until: now + Self.shownMilliseconds))
        freeAt = now + Self.shownMilliseconds + Self.restMilliseconds
    }

    /// Ends what is on screen before its time.
    private mutating func end(at now: Int64) {
        guard let last = showings.indices.last, showings[last].until > now else { return }
        showings[last].until = now
        shown = nil
        freeAt = now + Self.restMilliseconds
    }

    // MARK: Kinds

    private func alert(_ row: Event, _ kind: String, _ priority: Int, by person: String = "user") -> Waiting {
        Waiting(
            event: "\(row.platform):\(row.id.text)",
            name: "\(row.platform):\(row.id.text)",
            kind: kind,
            priority: priority,
            place: row.seq,
            person: "\(row.platform):\(row.payload[person]?["id"]?.stringValue ?? "")",
            isTest: row.isTest
        )
    }

    private mutating func tip(_ row: Event) {
        let minor = row.payload["amount"]?["minor"]?.integerValue ?? 0
        if row.payload["kind"] == "bits" { return enqueue(alert(row, "bits", minor >= 100 ? 2 : 3)) }
        // The usual smallest tip is one unit; all three currencies have hundredths.
        if minor >= 100 { enqueue(alert(row, "tip", minor >= 1000 ? 1 : 2)) }
    }

    private mutating func subscription(_ row: Event, _ now: Int64) {
        let person = "\(row.platform):\(row.payload["user"]?["id"]?.stringValue ?? "")"
        let (isRenewal, hasMessage) = (row.payload["kind"] == "renewal", row.payload["message"]?.stringValue != nil)
        if let earlier = subscribers[person], now - earlier.at <= Self.minute, !(earlier.hasMessage && hasMessage) {
            subscribers[person]?.hasMessage = earlier.hasMessage || hasMessage
            if isRenewal { rename(earlier.event, "renewal") }
            return
        }
        var alert = alert(row, isRenewal ? "renewal" : "sub", 2)
        subscribers[person] = (now, alert.event, hasMessage)
        if let notice = notices.removeValue(forKey: person), now - notice.at <= Self.minute, notice.isRenewal {
            alert.kind = "renewal"
        }
        enqueue(alert)
    }

    private mutating func notice(_ row: Event, _ now: Int64) {
        let person = "\(row.platform):\(row.payload["user"]?["id"]?.stringValue ?? "")"
        let isRenewal = row.payload["kind"] == "resub"
        guard let earlier = subscribers[person], now - earlier.at <= Self.minute else {
            notices[person] = (now, isRenewal)
            return
        }
        if isRenewal { rename(earlier.event, "renewal") }
    }

    /// What is counted in a summary meanwhile stays what it was.
    private mutating func rename(_ event: String, _ kind: String) {
        for index in waiting.indices where waiting[index].event == event { waiting[index].kind = kind }
    }

    private mutating func gift(_ row: Event, _ now: Int64) {
        let mark = row.payload["giftId"]?.stringValue ?? "tier \(row.payload["tier"]?.text ?? "")"
        guard row.payload["user"]?.isNull != false else {
            if let bomb = bombs[mark], now - bomb <= Self.minute { return }
            var gift = alert(row, "gift", 2)
            gift.gift = mark
            return enqueue(gift)
        }
        bombs[mark] = now
        if isOnScreen, shown?.gift == mark { end(at: now) }
        waiting.removeAll { $0.gift == mark }
        for index in folded.indices { folded[index].gifts.removeAll { $0 == mark } }
        folded.removeAll(where: \.gifts.isEmpty)
        enqueue(alert(row, "giftBomb", 2, by: "gifter"))
    }

    private mutating func replay(_ row: Event) {
        guard let again = row.payload["event"], let id = again["id"]?.stringValue else { return }
        let event = "\(again["platform"]?.stringValue ?? ""):\(id)"
        waiting.removeAll { $0.event == event }
        enqueue(
            Waiting(
                event: event,
                name: "replay:\(row.seq)",
                kind: "tip",
                priority: 0,
                place: row.seq,
                person:
                    "\(again["platform"]?.stringValue ?? ""):\(again["payload"]?["user"]?["id"]?.stringValue ?? "")",
                isTest: false
            )
        )
    }

    private mutating func enqueue(_ alert: Waiting) {
        waiting.append(alert)
        waiting.sort { ($0.priority, $0.place) < ($1.priority, $1.place) }
        while waiting.count > Self.limit {
            let last = waiting.removeLast()
            if let index = folded.firstIndex(where: { $0.kind == last.kind && $0.isTest == last.isTest }) {
                folded[index].gifts.append(last.gift)
            } else {
                folded.append(Summary(kind: last.kind, isTest: last.isTest, gifts: [last.gift]))
            }
        }
        longestLine = max(longestLine, waiting.count + folded.reduce(0) { $0 + $1.gifts.count })
    }
}
