import Logging
import NIOCore
import Sandbox
import WidgetAPI

/// One awake streamer: the only place where the order of their events becomes pictures.
///
/// It lives on one event loop. Between two awaits nothing else of this streamer happens; everything that changes a
/// widget is done without awaiting.
actor TenantRuntime {
    /// How long the last page must be gone before the streamer falls asleep.
    static let restlessMilliseconds: Int64 = 5000
    /// The time between two pictures of one widget that changes all the time: 20 a second, the newest wins.
    static let pictureMilliseconds: Int64 = 50
    /// How often an awake streamer's widgets are checkpointed.
    static let checkpointMilliseconds: Int64 = 5000

    /// What a runtime needs of the host.
    struct Surroundings: Sendable {
        let catalogue: WidgetCatalogue
        let layouts: LayoutStore
        let checkpoints: CheckpointStore
        let events: EventStore
        let hub: RealtimeHub
        /// What starts cells for widgets in Lua; `nil` where those are not run.
        let zygote: Zygote?
        /// Where pages find a sound that a widget names, or `nil` when there is none.
        let soundAddress: @Sendable (String) -> String?
        let now: @Sendable () -> Timestamp
        let logger: Logger
    }

    enum Phase {
        case asleep
        case waking
        case awake
        /// Another runtime may have begun for this streamer; nothing may be attached here any more.
        case retired
    }

    let scope: TenantScope
    let around: Surroundings
    let log: EventLog
    let frames: OverlayFrames
    let cell: TenantCell?
    nonisolated let loop: any EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    var logger: Logger
    var phase = Phase.asleep
    var wakeWaiters: [CheckedContinuation<Void, Never>] = []
    var inbox: [Event] = []
    var seq: Int64 = 0
    var stages: [(stage: Stage, widgets: [StageWidget])] = []
    /// Widgets that a single view shows because its layout has none of the type, by type.
    var spares: [String: StageWidget] = [:]
    /// A row said that layouts have changed since they were read.
    var mustReload = false
    var speaker = Speaker()
    var soundsSent = 0
    var shownAlerts = ShownAlerts()
    var moderation = ModerationLedger()
    var audiences: [AudienceKey: Audience] = [:]
    /// The pages of all audiences.
    var pages: [ConnectionHandle: OpenPage] = [:]
    var presence = OverlayPresence()
    /// The next try to write down whether somebody watches.
    var presenceAlarm: Scheduled<Void>?
    var dashboards: [Set<EventPattern>: Audience] = [:]
    var timer: Scheduled<Void>?
    var drawing: Scheduled<Void>?
    var lastCheckpointSeq: Int64 = 0
    /// Of the checkpoints that it began with.
    var fence: Int64 = 0
    /// Rows left out that are on their way to the log; a checkpoint must not know of them before it does.
    var notesUnderWay = 0
    var lastActivity: Timestamp
    var housekeeping: RepeatedTask?
    /// Those who wait until no widget has anything left to work off.
    var settleWaiters: [CheckedContinuation<Void, Never>] = []
    private let onRetired: @Sendable (TenantRuntime) -> Void

    init(
        scope: TenantScope,
        around: Surroundings,
        log: EventLog,
        loop: any EventLoop,
        onRetired: @escaping @Sendable (TenantRuntime) -> Void
    ) {
        self.scope = scope
        self.around = around
        self.log = log
        self.loop = loop
        self.onRetired = onRetired
        frames = OverlayFrames(tenant: scope.tenant, epoch: UUIDv7.make())
        cell = around.zygote.map { TenantCell($0, on: loop, of: scope.tenant.text, now: around.now) }
        lastActivity = around.now()
        logger = around.logger
        logger[metadataKey: "tenant"] = "\(scope.tenant)"
    }

    /// Takes rows that have just been committed, in the order of the calls.
    nonisolated func deliver(_ events: [Event]) {
        loop.execute {
            self.assumeIsolated { runtime in
                runtime.inbox.append(contentsOf: events)
                runtime.lastActivity = runtime.around.now()
                if runtime.phase == .awake { runtime.drain() } else { runtime.startWaking() }
            }
        }
    }

    /// Works through what has arrived.
    ///
    /// Rows must follow each other without a gap; if one is missing, the log has it.
    func drain() {
        guard phase == .awake, !inbox.isEmpty else { return }
        let arrived = inbox
        inbox = []
        for event in arrived where event.seq > seq {
            guard event.seq == seq + 1 else {
                logger.warning(
                    "rows of the log arrived with a gap",
                    metadata: ["from": "\(seq)", "to": "\(event.seq)"]
                )
                inbox = arrived
                phase = .waking
                Task { await self.catchUp() }
                return
            }
            take(event)
            publishToDashboards(event)
        }
        drawSoon()
        sendSounds()
        scheduleTimer()
        if mustReload {
            phase = .waking
            Task { await self.reload() }
        }
    }

    /// Every widget that takes rows.
    var widgets: [StageWidget] { stages.flatMap(\.widgets) + spares.values }

    /// Brings one row to every widget.
    func take(_ event: Event) {
        seq = event.seq
        let mustRedraw = moderation.apply(event)
        for widget in widgets {
            widget.instance?.apply(event)
            if mustRedraw { widget.mustRedraw = true }
        }
        if event.type == .overlayUpdate { mustReload = true }
    }

    /// A widget in another process has come further.
    func progressed() {
        if widgets.allSatisfy({ $0.instance?.isSettled != false }) { resumeSettleWaiters() }
        guard phase == .awake else { return }
        drawSoon()
        sendSounds()
        scheduleTimer()
        if widgets.contains(where: { $0.instance?.hasSkipped == true }) { Task { await self.saySkipped() } }
    }

    func resumeSettleWaiters() {
        let waiters = settleWaiters
        settleWaiters = []
        for waiter in waiters { waiter.resume() }
    }

    // MARK: Timers

    /// Sets the alarm for the earliest timer of all widgets.
    func scheduleTimer() {
        timer?.cancel()
        timer = nil
        let alarms = [earliestTimer, widgets.compactMap { $0.instance?.nextTry }.min()]
        guard phase == .awake, let due = alarms.compactMap({ $0 }).min() else { return }
        let delay = max(0, due.milliseconds - around.now().milliseconds)
        timer = loop.scheduleTask(in: .milliseconds(delay)) {
            self.assumeIsolated { $0.timerRang() }
        }
    }

    private var earliestTimer: Timestamp? {
        widgets.compactMap { $0.instance?.nextTimer }.min()
    }

    private func timerRang() {
        timer = nil
        // A monotonic alarm may ring a moment before the wall clock is there.
        let moment = max(around.now(), earliestTimer ?? around.now())
        Task {
            // No row that is dated earlier may come after this, or a replay would fire the timers elsewhere.
            await self.settle(at: moment)
            self.fireTimers(until: moment)
        }
    }

    private func fireTimers(until moment: Timestamp) {
        guard phase == .awake else { return }
        for instance in widgets.compactMap(\.instance) {
            instance.advance(to: moment)
            if instance.nextTry != nil { instance.tryAgain() }
        }
        drawSoon()
        sendSounds()
        scheduleTimer()
    }

    // MARK: Pictures

    /// Draws what has changed: at once when the last picture is old enough, else as soon as it will be.
    func drawSoon() {
        let moment = around.now()
        let watched = widgets.lazy.filter { $0.needsDrawing && self.isWatched($0) }
        let next = StageWidget.draw(watched, hiding: moderation.hidden, at: moment, logger: logger) {
            publish($0, $1, at: moment)
        }
        reportLogs()
        guard let next, drawing == nil else { return }
        drawing = loop.scheduleTask(in: .milliseconds(next)) {
            self.assumeIsolated {
                $0.drawing = nil
                $0.drawSoon()
            }
        }
    }

    /// Keeps what widgets have said for their streamer; the host's own log is no place for it.
    func reportLogs() {
        for widget in widgets {
            for (level, text) in widget.instance?.takeLog() ?? [] {
                widget.journal.append(.init(at: around.now(), level: level, text: text))
            }
            for notice in widget.instance?.takeNotices() ?? [] { report(notice, of: widget.placed) }
        }
    }

    private func report(_ notice: WidgetNotice, of placed: PlacedWidget) {
        let metadata: Logger.Metadata = ["widget": "\(placed.id)", "type": "\(placed.type)"]
        switch notice {
        case .stopped: logger.warning("a widget has stopped", metadata: metadata)
        case .alarm(let what):
            let alarm = metadata.merging(["reason": "\(what)"]) { first, _ in first }
            logger.critical("a widget package has tried the wall around it", metadata: alarm)
        }
    }

    /// Sends all pages away and keeps nothing of what the widgets know.
    func dismiss(_ code: CloseCode, _ reason: String) {
        guard phase != .retired else { return }
        for handle in pages.keys { around.hub.close(handle, code, reason) }
        retire()
    }

    /// Gives everything back and lets the directory forget this runtime; the log and the checkpoints have it all.
    func retire() {
        phase = .retired
        timer?.cancel()
        drawing?.cancel()
        housekeeping?.cancel()
        presenceAlarm?.cancel()
        for audience in audiences.values { around.hub.drop(audience.topic) }
        for audience in dashboards.values { around.hub.drop(audience.topic) }
        audiences = [:]
        dashboards = [:]
        pages = [:]
        stages = []
        spares = [:]
        cell?.close()
        resumeSettleWaiters()
        onRetired(self)
        let (log, scope, epoch) = (log, scope, frames.epoch)
        Task { await log.release(scope, by: epoch) }
    }

    /// Has the log promise that no later row will be dated earlier.
    func settle(at moment: Timestamp) async {
        await log.settle(at: moment, in: scope, for: frames.epoch)
    }
}
