import Sandbox
import WidgetAPI

/// One placed widget in Lua: its program runs in the streamer's cell, its memory stays here.
///
/// Rows are queued and asked in batches. ``seq`` is the last row that the cell has answered; what is queued is in the
/// log, so nothing is lost with it. A cell that dies takes nothing along: the next one is given the memory of the last
/// answer.
final class LuaWidgetInstance: WidgetInstance {
    static let logLimit = 100

    var seq: Int64
    var isDirty = false
    var onProgress: (() -> Void)?
    let kind: LuaKind
    let rows: WidgetRows
    let cells: TenantCell?
    let widget: CellWidget?
    let placedAtSeq: Int64
    let placedAt: Timestamp
    /// Those of the last row that it was handed: they decide what it hears.
    var settings: JSONObject
    /// Those that its program works with, at its place in the log.
    var applied: JSONObject
    var memory: LuaMemory
    /// The version that wrote what it remembers, and with which settings, until its own migration has run.
    var legacy: WidgetSettings?
    /// The last row that it has been handed, worked off or not.
    var taken: Int64
    var queue = RowQueue()
    var skips = SkippedRows()
    var rate = RowRate()
    var isAsking = false
    /// The cell in which it is loaded.
    var generation = -1
    /// Deaths over the question that is asked.
    var attempts = 0
    /// Cells that ended without its doing since the last answer.
    var outages = 0
    var mustDraw = false
    /// Whether rows come as they happen from now on.
    var hasCaughtUp = false
    /// Whether it has worked off all that came before that: catching up is not charged.
    var isLive = false
    var breaker = Breaker()
    var share = CPUShare.ofInstance
    /// When a cell may be wanted again after none could be had.
    var outageUntil: Timestamp?
    var view = View()
    var log: [(Effect.LogLevel, String)] = []
    var sounds: [Sound] = []
    var health: LuaHealth
    /// Whether it has stopped or been started again since the last checkpoint.
    var hasUnkept = false
    /// What the operator should know of it.
    var notices: [WidgetNotice] = []
    /// Why it does nothing any more.
    var stopped: LuaHealth.Stop?

    var id: PlacedWidget.ID { rows.id }
    var manifest: WidgetManifest { rows.manifest }
    var alerts: AlertQueueReport? { nil }
    var styleSheet: String { ConfigSchema.styleSheet(of: settings) + kind.styleSheet }
    /// Unknown while rows are on their way: the answer tells.
    var nextTimer: Timestamp? { stopped == nil && isIdle && generation >= 0 ? memory.nextTimer : nil }
    var isIdle: Bool { queue.isEmpty && !isAsking }
    var isSettled: Bool {
        // One that is held back has nothing to tell for a while; one that is asked has, held back or not.
        stopped != nil || !isAsking && (heldUntil != nil || generation >= 0 && queue.isEmpty && !mustDraw)
    }
    var mayLeaveRowsOut: Bool { true }

    init(
        _ kind: LuaKind,
        placed: PlacedWidget,
        from checkpoint: WidgetCheckpoint?,
        in cells: TenantCell?
    ) throws(ConfigError) {
        (self.kind, self.cells) = (kind, cells)
        rows = WidgetRows(id: placed.id, manifest: kind.manifest)
        widget = cells?.makeWidget(assetsAt: kind.assets)
        (placedAtSeq, placedAt) = (placed.placedAtSeq, placed.placedAt)
        let moment = cells?.now() ?? placed.placedAt
        if let checkpoint {
            let saved = checkpoint.content["settings"].flatMap(WidgetSettings.init(json:)) ?? placed.settings
            settings = try saved.current(for: kind)
            memory = LuaMemory(checkpoint)
            seq = checkpoint.seq
            health = LuaHealth(checkpoint.content["health"], since: moment)
            if saved.version != kind.manifest.version { legacy = saved }
        } else {
            settings = try placed.placedSettings.current(for: kind)
            memory = LuaMemory(placedAt: placed.placedAt)
            seq = placed.placedAtSeq
            health = LuaHealth(since: moment)
        }
        (taken, applied) = (seq, settings)
        kind.breaker.began()
        if cells == nil {
            stopped = .init(reason: "widgets in Lua do not run on this host", from: seq + 1, isLasting: false)
        } else if let stop = LuaHealth.Stop(checkpoint?.content["health"]) {
            // A new version is given another chance.
            if legacy == nil { stopped = stop } else { leaveOut(stop, upTo: seq) }
        }
        ask()
    }

    deinit {
        kind.breaker.ended()
    }

    // MARK: What the runtime asks for

    func end() {
        queue = RowQueue()
        onProgress = nil
        stopped = .init(reason: "it is on no layout", from: taken + 1, isLasting: false)
        if let widget { cells?.current?.drop(widget) }
    }

    func render() -> View {
        isDirty = false
        return view
    }

    func checkpoint() -> WidgetCheckpoint {
        hasUnkept = false
        return memory.checkpoint(
            of: id,
            at: seq,
            settings: legacy
                ?? WidgetSettings(version: manifest.version, config: .object(applied)),
            health: health.json(stopped)
        )
    }

    func takeLog() -> [(Effect.LogLevel, String)] {
        defer { log = [] }
        return log
    }

    func takeSounds() -> [Sound] {
        defer { sounds = [] }
        return sounds
    }

    var hasSkipped: Bool { !skips.news.isEmpty }

    func takeNotices() -> [WidgetNotice] {
        defer { notices = [] }
        return notices
    }

    func takeSkipped() -> [SkippedRows.Range] { skips.takeNews() }

    func putBackSkipped(_ ranges: [SkippedRows.Range]) { skips.putBack(ranges) }

    func leaveOut(_ places: ClosedRange<Int64>) { skips.learn(places) }

    func note(_ level: Effect.LogLevel, _ text: String) {
        log.append((level, text))
        if log.count > Self.logLimit { log.removeFirst() }
    }
}
