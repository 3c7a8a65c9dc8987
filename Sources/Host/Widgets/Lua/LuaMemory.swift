import Sandbox
import WidgetAPI

/// Everything that a widget in Lua remembers, outside of its cell.
struct LuaMemory {
    private static let storedKeysLimit = 100
    /// A cell lets a widget store 256 KiB; this host writes some numbers longer.
    private static let storedBytesLimit = 512 << 10

    /// `nil` before its program has said how it begins.
    private var state: JSONValue?
    private var timers: [WidgetTimer] = []
    private var storage = JSONObject()
    private var storedBytes: [String: Int] = [:]
    /// The moment of its last callback: what it takes for the time.
    private(set) var clock: Timestamp
    /// Up to when it has been told of everything.
    private var seen: Timestamp

    var nextTimer: Timestamp? { timers.map(\.due).min() }

    /// That of a widget which has been placed at that moment.
    init(placedAt moment: Timestamp) {
        (clock, seen) = (moment, moment)
    }

    init(_ checkpoint: WidgetCheckpoint) {
        let content = checkpoint.content
        state = content["state"].flatMap { $0 == .null ? nil : $0 }
        timers = content["timers"]?.arrayValue?.compactMap(WidgetTimer.init(json:)) ?? []
        storage = content["storage"]?.objectValue ?? JSONObject()
        for member in storage.members {
            storedBytes[member.name] = member.name.utf8.count + member.value.text.utf8.count
        }
        seen = checkpoint.clock
        clock = content["at"]?.integerValue.map(Timestamp.init(milliseconds:)) ?? seen
    }

    /// `false` when it stores more than any honest cell lets it; then nothing of it counts.
    ///
    /// No callback is later than that moment, whatever the cell says.
    mutating func take(_ work: CellAnswer.Work, notAfter moment: Timestamp) -> Bool {
        guard work.storage.members.isEmpty || store(work.storage) else { return false }
        state = work.state
        timers = work.timers
        clock = min(max(work.clock ?? clock, clock), max(moment, clock))
        return true
    }

    /// Time has passed for it up to that moment.
    mutating func pass(to moment: Timestamp) {
        seen = max(seen, moment)
    }

    /// Begins anew; what it has stored stays.
    mutating func reset(at moment: Timestamp) {
        (state, timers, clock) = (nil, [], moment)
        pass(to: moment)
    }

    /// Spends the timer that was due first, as if it had fired and failed.
    mutating func spendTimer() {
        guard let timer = timers.min(by: { ($0.due, $0.name) < ($1.due, $1.name) }) else { return }
        timers.removeAll { $0.name == timer.name }
        guard let interval = timer.intervalMilliseconds else { return }
        timers.append(
            WidgetTimer(
                name: timer.name,
                due: timer.due.advanced(byMilliseconds: max(interval, 1)),
                intervalMilliseconds: interval,
                payload: timer.payload
            )
        )
    }

    private mutating func store(_ changes: JSONObject) -> Bool {
        var (stored, sizes) = (storage, storedBytes)
        for member in changes.members {
            let isGone = member.value == .null
            stored[member.name] = isGone ? nil : member.value
            sizes[member.name] = isGone ? nil : member.name.utf8.count + member.value.text.utf8.count
        }
        guard sizes.count <= Self.storedKeysLimit, sizes.values.reduce(0, +) <= Self.storedBytesLimit else {
            return false
        }
        (storage, storedBytes) = (stored, sizes)
        return true
    }

    func checkpoint(
        of id: PlacedWidget.ID,
        at seq: Int64,
        settings: WidgetSettings,
        health: JSONValue
    ) -> WidgetCheckpoint {
        WidgetCheckpoint(
            widgetId: id,
            seq: seq,
            clock: max(seen, clock),
            content: [
                "version": .string(settings.version), "state": state ?? .null, "timers": .array(timers.map(\.json)),
                "storage": .object(storage), "settings": settings.json, "health": health,
                "at": .integer(clock.milliseconds),
            ]
        )
    }

    // MARK: Questions to the cell

    /// The payload that starts the widget, of an older version's memory where that is named.
    func load(_ kind: LuaKind, _ settings: JSONObject, from version: String?, seed: UInt64) -> JSONValue {
        var files = JSONObject()
        for (name, text) in kind.files.sorted(by: { $0.key < $1.key }) { files[name] = .string(text) }
        return [
            "id": .string(kind.manifest.id), "version": .string(kind.manifest.version), "files": .object(files),
            "permissions": .array(kind.manifest.permissions.map { .string($0.rawValue) }),
            "events": .array(kind.manifest.events.map { .string($0.text) }), "config": .object(settings),
            "state": state ?? .null, "timers": .array(timers.map(Self.timer)), "storage": .object(storage),
            "locale": .object(kind.locale), "now": .integer(clock.milliseconds), "seed": .string(String(seed)),
            "from": version.map(JSONValue.string) ?? .null,
        ]
    }

    private static func timer(_ timer: WidgetTimer) -> JSONValue {
        var json: JSONObject = [
            "name": .string(timer.name), "due": .integer(timer.due.milliseconds), "payload": timer.payload,
        ]
        if let interval = timer.intervalMilliseconds { json["every"] = .integer(interval) }
        return .object(json)
    }

    /// A row of the log as a widget is given it, with its moment as a number and its dice.
    static func row(_ event: Event, seed: UInt64) -> JSONValue {
        [
            "id": .string(event.id.text), "seq": .integer(event.seq), "type": .string(event.type.name),
            "platform": .string(event.platform), "occurredAt": .string(event.occurredAt.iso8601),
            "receivedAt": .string(event.receivedAt.iso8601), "receivedAtMs": .integer(event.receivedAt.milliseconds),
            "test": .bool(event.isTest), "payload": event.payload, "seed": .string(String(seed)),
        ]
    }

    /// The payload that changes settings.
    static func change(to settings: JSONObject, at moment: Timestamp, seed: UInt64) -> JSONValue {
        ["config": .object(settings), "at": .integer(moment.milliseconds), "seed": .string(String(seed))]
    }
}
