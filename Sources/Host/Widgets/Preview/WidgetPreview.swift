import Logging
import NIOCore
import Sandbox
import WidgetAPI

/// Widgets that one dashboard tries out over a socket of its own.
///
/// They are fed by that dashboard alone, end with its socket, and leave nothing behind: no row of the log, no
/// checkpoint, nothing on air. They are silent, because sounds belong to the page that is on air.
actor WidgetPreview {
    let scope: TenantScope
    let subject: PreviewSubject
    private let around: TenantRuntime.Surroundings
    private let connection: ConnectionHandle
    private let frames: OverlayFrames
    private let cell: TenantCell?
    nonisolated let loop: any EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    private var stage: Stage?
    private var widgets: [StageWidget] = []
    private var seq: Int64 = 0
    /// The latest moment that the widgets have seen.
    private var clock = Timestamp(milliseconds: 0)
    private var moderation = ModerationLedger()
    private var timer: Scheduled<Void>?
    private var drawing: Scheduled<Void>?
    private var isPresented = false
    private var hasEnded = false

    init(
        of subject: PreviewSubject,
        around: TenantRuntime.Surroundings,
        connection: ConnectionHandle,
        loop: any EventLoop,
        in scope: TenantScope
    ) {
        (self.subject, self.around, self.connection, self.loop, self.scope) = (subject, around, connection, loop, scope)
        frames = OverlayFrames(tenant: scope.tenant, epoch: UUIDv7.make())
        cell = around.zygote.map { TenantCell($0, on: loop, of: scope.tenant.text, now: around.now) }
    }

    /// Shows what is to be tried out, or how it has changed: kept widgets keep their state, new ones begin.
    func show(_ next: Stage) throws(PreviewError) {
        guard !hasEnded else { return }
        let moment = tick()
        var shown: [StageWidget] = []
        for placed in next.layout.widgets where placed.visible {
            if let kept = widgets.first(where: { $0.placed.id == placed.id && $0.placed.type == placed.type }) {
                if kept.placed.settings != placed.settings { tell(kept, of: placed, at: moment) }
                kept.placed = placed
                shown.append(kept)
            } else {
                shown.append(StageWidget(placed: placed, instance: try start(placed), begun: moment))
            }
        }
        for widget in widgets where !shown.contains(where: { $0 === widget }) { widget.instance?.end() }
        (stage, widgets) = (next, shown)
        // Alerts wait until somebody watches, and here somebody does.
        let seen: JSONValue = .array(shown.map { .string($0.placed.id.text) })
        take(.overlayPresence, ["open": true, "widgets": seen], from: .streamvibes, at: moment)
        if isPresented { sendPicture(next, at: moment) }
        scheduleTimer()
    }

    /// Sends the first picture; from now on the page gets every change.
    func present() {
        guard let stage, !hasEnded else { return }
        isPresented = true
        sendPicture(stage, at: tick())
    }

    /// Takes an event that the dashboard makes up, its sample's payload where nothing else is given.
    ///
    /// - Returns: whether it is one that widgets can read.
    func play(_ type: EventType, _ given: JSONValue) -> Bool {
        guard !hasEnded, CoreSamples.types.contains(type) else { return false }
        let id = SampledPayload.id(of: type, with: given) ?? Event.ID(UUIDv7.make(at: around.now()))
        guard let payload = SampledPayload.of(type, with: given, id: id) else { return false }
        take(type, .object(payload), from: .usual, id: id, at: tick())
        progressed()
        return true
    }

    /// An alert is on this page.
    func acknowledge(_ seq: Int64, _ widgetId: PlacedWidget.ID) {
        let widget = widgets.first { $0.placed.id == widgetId }
        guard widget?.instance?.alerts?.current == seq else { return }
        let payload: JSONValue = ["widgetId": .string(widgetId.text), "seq": .integer(seq)]
        take(.alertShown, payload, from: .streamvibes, at: tick())
        progressed()
    }

    /// Sends one widget whole to a page whose picture of it is broken.
    func resync(_ widgetId: PlacedWidget.ID) {
        guard let widget = widgets.first(where: { $0.placed.id == widgetId }) else { return }
        send(frames.patch(widget, .whole(widget.view), seq: seq, at: around.now()))
    }

    /// The page has gone; so does everything else.
    func end() {
        hasEnded = true
        timer?.cancel()
        drawing?.cancel()
        for widget in widgets { widget.instance?.end() }
        widgets = []
        cell?.close()
    }

    // MARK: Rows

    /// Now, but never before what the widgets have seen.
    private func tick() -> Timestamp {
        clock = max(clock, around.now())
        return clock
    }

    private func take(
        _ type: EventType,
        _ payload: JSONValue,
        from platform: Platform,
        id: Event.ID? = nil,
        at moment: Timestamp
    ) {
        seq += 1
        let event = Event(
            id: id ?? Event.ID("preview:\(seq)"),
            seq: seq,
            type: type,
            platform: platform.rawValue,
            occurredAt: moment,
            receivedAt: moment,
            isTest: true,
            payload: payload
        )
        let mustRedraw = moderation.apply(event)
        for widget in widgets {
            widget.instance?.apply(event)
            if mustRedraw { widget.mustRedraw = true }
        }
    }

    private func tell(_ widget: StageWidget, of placed: PlacedWidget, at moment: Timestamp) {
        let change: JSONValue = [
            "widgetId": .string(placed.id.text), "version": .string(placed.settings.version),
            "config": placed.settings.config,
        ]
        take(.configChange, change, from: .streamvibes, at: moment)
    }

    private func start(_ placed: PlacedWidget) throws(PreviewError) -> (any WidgetInstance)? {
        var placed = placed
        if case .widget(let type, _) = subject {
            guard let kind = around.catalogue.kind(type) else { throw .unknownType(type) }
            placed.settings = WidgetSettings(version: kind.manifest.version, config: placed.settings.config)
        }
        placed.placedSettings = placed.settings
        placed.placedAtSeq = seq
        placed.placedAt = clock
        do throws(ConfigError) {
            let instance = try around.catalogue.instance(of: placed, from: nil, in: cell)
            instance?.onProgress = { [weak self] in self?.assumeIsolated { $0.progressed() } }
            instance?.caughtUp()
            return instance
        } catch {
            // On a layout the others are still worth seeing.
            if case .widget = subject { throw .config("\(error)") }
            return nil
        }
    }

    // MARK: Timers and pictures

    private func progressed() {
        guard !hasEnded else { return }
        draw()
        scheduleTimer()
    }

    private func scheduleTimer() {
        timer?.cancel()
        timer = nil
        let alarms = widgets.flatMap { [$0.instance?.nextTimer, $0.instance?.nextTry] }
        guard let due = alarms.compactMap({ $0 }).min() else { return }
        let delay = max(0, due.milliseconds - around.now().milliseconds)
        timer = loop.scheduleTask(in: .milliseconds(delay)) { self.assumeIsolated { $0.timerRang(due) } }
    }

    private func timerRang(_ due: Timestamp) {
        clock = max(clock, due)
        let moment = tick()
        for instance in widgets.compactMap(\.instance) {
            instance.advance(to: moment)
            if instance.nextTry != nil { instance.tryAgain() }
        }
        progressed()
    }

    private func draw() {
        guard isPresented else { return }
        // Nobody hears them here.
        for widget in widgets { _ = widget.instance?.takeSounds() }
        let wait = StageWidget.draw(widgets, hiding: moderation.hidden, at: around.now(), logger: around.logger) {
            send(frames.patch($0, $1, seq: seq, at: around.now()))
        }
        guard let wait, drawing == nil else { return }
        drawing = loop.scheduleTask(in: .milliseconds(wait)) {
            self.assumeIsolated {
                $0.drawing = nil
                if !$0.hasEnded { $0.draw() }
            }
        }
    }

    private func sendPicture(_ stage: Stage, at moment: Timestamp) {
        for widget in widgets { _ = widget.draw(hiding: moderation.hidden, at: moment, logger: around.logger) }
        send(frames.snapshot(stage, widgets, seq: seq, known: nil, at: moment))
    }

    private func send(_ frame: OutboundFrame) {
        around.hub.send([frame], to: connection)
    }
}
