import Sandbox
import WidgetAPI

/// One placed widget in Lua: its program runs in the streamer's cell, its memory stays here.
///
/// Rows are queued and asked in batches. ``seq`` is the last row that the cell has answered; what is queued is in the
/// log, so nothing is lost with it. A cell that dies takes nothing along: the next one is given the memory of the last
/// answer.
final class LuaWidgetInstance: WidgetInstance {
    /// Rows that go to the cell in one question (architecture section 6).
    private static let batchLimit = 32
    /// How often a question is asked again when cells die over it.
    private static let attemptsLimit = 2
    private static let logLimit = 100

    /// What is still to be brought to the cell, in order.
    private enum Step {
        case event(Event)
        case until(Timestamp)
        case settings(JSONObject, Event)
    }

    private(set) var seq: Int64
    private(set) var isDirty = false
    var onProgress: (() -> Void)?
    private let kind: LuaKind
    private let rows: WidgetRows
    private let cells: TenantCell?
    private let widget: CellWidget?
    private var settings: JSONObject
    private var memory: LuaMemory
    private var taken: Int64
    private var steps: [Step] = []
    private var isAsking = false
    private var generation = -1
    private var attempts = 0
    private var view = View()
    private var log: [(Effect.LogLevel, String)] = []
    private var sounds: [Sound] = []
    /// Why it does nothing any more; the last good picture stays.
    private var fault: String?

    var id: PlacedWidget.ID { rows.id }
    var manifest: WidgetManifest { rows.manifest }
    var alerts: AlertQueueReport? { nil }
    var styleSheet: String { ConfigSchema.styleSheet(of: settings) + kind.styleSheet }
    /// Unknown while rows are on their way: the answer tells.
    var nextTimer: Timestamp? { isSettled ? memory.nextTimer : nil }
    var isSettled: Bool { fault != nil || generation >= 0 && steps.isEmpty && !isAsking }

    init(
        _ kind: LuaKind,
        placed: PlacedWidget,
        from checkpoint: WidgetCheckpoint?,
        in cells: TenantCell?
    ) throws(ConfigError) {
        (self.kind, self.cells) = (kind, cells)
        rows = WidgetRows(id: placed.id, manifest: kind.manifest)
        widget = cells?.makeWidget(assetsAt: kind.assets)
        let saved = checkpoint?.content["settings"].flatMap(WidgetSettings.init(json:))
        if let checkpoint, checkpoint.content["version"]?.stringValue == kind.manifest.version {
            settings = try (saved ?? placed.settings).current(for: kind)
            memory = LuaMemory(checkpoint)
            seq = checkpoint.seq
        } else {
            settings = try placed.placedSettings.current(for: kind)
            memory = LuaMemory(from: placed.placedAtSeq)
            seq = placed.placedAtSeq
        }
        taken = seq
        if cells == nil { fault = "no cells on this host" }
        ask()
    }

    // MARK: Rows

    func advance(to moment: Timestamp, atMost limit: Int) -> Bool {
        if case .until(let last)? = steps.last, last >= moment { return true }
        // What is on its way may set a timer; with nothing on its way the timers are known.
        guard !isSettled || memory.nextTimer.map({ $0 <= moment }) == true else { return true }
        push(.until(moment))
        return true
    }

    func apply(_ event: Event) {
        guard event.seq > taken else { return }
        taken = event.seq
        if rows.isChange(event) { return take(settings: event) }
        if let event = rows.given(event, settings) { return push(.event(event)) }
        // Nothing that it hears of; its place in the log moves on.
        if isSettled { seq = taken }
    }

    private func take(settings event: Event) {
        guard let chosen = WidgetSettings(json: event.payload) else { return }
        do throws(ConfigError) {
            let before = settings
            settings = try chosen.current(for: kind)
            isDirty = true
            push(.settings(settings, event))
            for clearing in rows.clearings(after: event, from: before, to: settings) { push(.event(clearing)) }
        } catch {
            note(.error, "its new settings are not valid any more: \(error)")
        }
    }

    private func push(_ step: Step) {
        guard fault == nil else { return seq = taken }
        steps.append(step)
        ask()
    }

    // MARK: The cell

    private func ask() {
        guard !isAsking, fault == nil, let cells, generation < 0 || !steps.isEmpty else { return }
        isAsking = true
        cells.ready { [weak self] result in
            guard let self else { return }
            switch result {
            case .failure(let failure): self.stop("\(failure)")
            case .success(let cell): self.ask(cell, cells.generation)
            }
        }
    }

    private func ask(_ cell: Cell, _ current: Int) {
        guard let widget else { return }
        guard generation == current else {
            let load = memory.load(kind, settings)
            return cell.load(widget, load) { [weak self] in self?.loaded($0, in: current) }
        }
        guard let first = steps.first else {
            isAsking = false
            return
        }
        if case .settings(let settings, let event) = first {
            let change = LuaMemory.change(to: settings, at: event.receivedAt, seed: rows.seed(of: event))
            return cell.configure(widget, change) { [weak self] in self?.answered($0, steps: 1) }
        }
        // After a death one by one, so that the row that kills is found.
        let (events, until, count) = batch(atMost: attempts > 0 ? 1 : Self.batchLimit)
        cell.handle(widget, events, until: until) { [weak self] in self?.answered($0, steps: count) }
    }

    /// The next rows up to a change of settings, and the moment after them.
    private func batch(atMost limit: Int) -> (events: [JSONValue], until: Timestamp?, count: Int) {
        var events: [JSONValue] = []
        var (until, count): (Timestamp?, Int) = (nil, 0)
        for step in steps {
            switch step {
            case .event(let event):
                // A moment before a row is in that row: timers fire before it anyhow.
                guard events.count < limit else { return (events, nil, count) }
                events.append(LuaMemory.row(event, seed: rows.seed(of: event)))
                until = nil
            case .until(let moment): until = moment
            case .settings: return (events, until, count)
            }
            count += 1
        }
        return (events, until, count)
    }

    private func loaded(_ answer: CellAnswer.Outcome, in current: Int) {
        switch answer {
        case .failure(let failure): died(failure)
        case .success(.fault(let fault, _)): stop(fault.description)
        case .success(.work(let work)):
            generation = current
            take(work)
            guard steps.isEmpty, let widget, let cell = cells?.current else { return proceed() }
            // Nothing to bring: what it remembers is drawn.
            cell.render(widget) { [weak self] in self?.answered($0, steps: 0) }
        }
    }

    private func answered(_ answer: CellAnswer.Outcome, steps count: Int) {
        switch answer {
        case .failure(let failure): return died(failure)
        case .success(.fault(let fault, let closed)): return failed(fault.description, isGone: closed)
        case .success(.work(let work)):
            take(work)
            finish(work.handled.map { handled(events: $0, of: count) } ?? count)
        }
        attempts = 0
        proceed()
    }

    /// How many steps so many events are, when the cell wants the rest once more.
    private func handled(events: Int, of count: Int) -> Int {
        var left = events
        for (index, step) in steps.prefix(count).enumerated() {
            guard case .event = step else { continue }
            guard left > 0 else { return index }
            left -= 1
        }
        // What follows the last event comes again, too.
        return steps.prefix(count).lastIndex { if case .event = $0 { true } else { false } }.map { $0 + 1 } ?? 0
    }

    /// Rows that are done with, whether they were taken or skipped.
    private func finish(_ count: Int) {
        for step in steps.prefix(count) {
            switch step {
            case .event(let event): seq = max(seq, event.seq)
            case .settings(_, let event): seq = max(seq, event.seq)
            case .until: break
            }
        }
        steps.removeFirst(min(count, steps.count))
        if steps.isEmpty { seq = taken }
    }

    private func died(_ failure: CellFailure) {
        failed("its cell had to be replaced: \(failure)", isGone: true)
    }

    /// Nothing of the question counts: it is asked again row by row, of a widget that is loaded anew if it has gone.
    private func failed(_ reason: String, isGone: Bool) {
        if isGone { generation = -1 }
        attempts += 1
        note(.warning, reason)
        if attempts > Self.attemptsLimit {
            guard case .event(let event)? = steps.first else { return stop(reason) }
            note(.error, "row \(event.seq) of the log is left out: \(reason)")
            finish(1)
            attempts = 0
        }
        proceed()
    }

    private func proceed() {
        isAsking = false
        ask()
        onProgress?()
    }

    private func stop(_ reason: String) {
        fault = reason
        isAsking = false
        note(.error, "it has stopped: \(reason)")
        (steps, seq) = ([], taken)
        onProgress?()
    }

    private func take(_ work: CellAnswer.Work) {
        memory.take(work)
        for fault in work.faults { note(.error, fault.description) }
        for line in work.log { note(line.level, line.text) }
        sounds += work.sounds
        if let view = work.view {
            self.view = view
            isDirty = true
        }
    }

    // MARK: What the runtime asks for

    func end() {
        (steps, fault, onProgress) = ([], "it is on no layout", nil)
        if let widget { cells?.current?.drop(widget) }
    }

    func render() -> View {
        isDirty = false
        return view
    }

    func checkpoint() -> WidgetCheckpoint {
        memory.checkpoint(
            of: id,
            at: seq,
            settings: WidgetSettings(version: manifest.version, config: .object(settings))
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

    private func note(_ level: Effect.LogLevel, _ text: String) {
        log.append((level, text))
        if log.count > Self.logLimit { log.removeFirst() }
    }
}
