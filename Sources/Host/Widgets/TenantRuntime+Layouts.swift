import Logging
import NIOCore
import WidgetAPI

extension TenantRuntime {
    /// How far back a widget that stands on no layout looks when a single view asks for it for the first time.
    static let spareRows: Int64 = 500
    /// How many rows besides chat it looks through for what was said of somebody watching before that.
    private static let presenceRows = 2000
    /// How long it takes until layouts that could not be read are asked for again.
    private static let retrySeconds: Int64 = 1

    /// Brings changed layouts on air: kept widgets keep their state and their pictures, new ones begin.
    func reload() async {
        do {
            try await readLayouts()
        } catch {
            // What is on screen is the layout as it was, which is better than none.
            logger.warning("changed layouts could not be read", metadata: ["reason": "\(error)"])
            mustReload = true
            loop.scheduleTask(in: .seconds(Self.retrySeconds)) { self.assumeIsolated { $0.reloadAgain() } }
        }
        guard phase == .waking else { return }
        phase = .awake
        showLayouts()
        resumeWaiters()
        drain()
        progressed()
    }

    private func reloadAgain() {
        guard phase == .awake, mustReload else { return }
        phase = .waking
        Task { await self.reload() }
    }

    /// Reads the layouts and brings widgets that are new up to this runtime's place in the log.
    func readLayouts() async throws {
        mustReload = false
        let oldest = try await around.events.oldestPlace(in: scope)
        let stages = try await around.layouts.stages(in: scope)
        let known = Dictionary(uniqueKeysWithValues: self.stages.flatMap(\.widgets).map { ($0.placed.id, $0) })
        let fresh = stages.flatMap(\.layout.widgets).filter { known[$0.id]?.instance == nil }
        let moments = try await placingMoments(of: fresh)
        var next: [(stage: Stage, widgets: [StageWidget])] = []
        for stage in stages {
            var widgets: [StageWidget] = []
            for placed in stage.layout.widgets {
                if let widget = known[placed.id], widget.instance != nil {
                    widget.placed = placed
                    widgets.append(widget)
                } else {
                    var placed = placed
                    placed.placedAt = moments[placed.placedAtSeq] ?? placed.placedAt
                    let instance = start(placed, nil, oldest)
                    try await bringUp(instance)
                    widgets.append(StageWidget(placed: placed, instance: instance, begun: around.now()))
                }
            }
            next.append((stage, widgets))
        }
        let kept = Set(next.flatMap(\.widgets).map(ObjectIdentifier.init))
        for widget in self.stages.flatMap(\.widgets) where !kept.contains(ObjectIdentifier(widget)) {
            widget.instance?.end()
        }
        self.stages = next
        try await sayPauseAgain()
    }

    /// Has the log say once more that alerts are paused when a widget has begun that does not know it.
    private func sayPauseAgain() async throws {
        let queues = widgets.compactMap { $0.instance?.alerts }
        guard queues.contains(where: \.isPaused), queues.contains(where: { !$0.isPaused }) else { return }
        let moment = around.now()
        let draft = EventDraft(
            id: Event.ID(UUIDv7.make(at: moment)),
            type: .alertPause,
            platform: .streamvibes,
            occurredAt: moment,
            payload: [:]
        )
        try await log.append([draft], in: scope)
    }

    /// Replays to one widget what the others have seen since it was placed.
    private func bringUp(_ instance: (any WidgetInstance)?) async throws {
        guard let instance else { return }
        try await tellSkipped(to: [instance])
        var place = instance.seq
        while place < seq {
            let page = try await around.events.events(after: place, limit: Self.pageSize, in: scope)
            for event in page where event.seq <= seq {
                while !instance.advance(to: event.receivedAt, atMost: Self.firingsAtATime) { await Task.yield() }
                instance.apply(event)
            }
            await settle(instance)
            guard page.count == Self.pageSize, let last = page.last else { break }
            place = last.seq
        }
        _ = instance.takeSounds()
        instance.caughtUp()
    }

    /// Spares that have been shown before go on from where they were: a number does not fall, an alert is not shown
    /// again.
    func reviveSpares(_ checkpoints: [PlacedWidget.ID: WidgetCheckpoint], _ oldest: Int64) {
        for kind in around.catalogue.all {
            let placed = Self.spare(kind)
            guard let checkpoint = checkpoints[placed.id] else { continue }
            let instance = start(placed, checkpoint, oldest)
            spares[placed.type] = StageWidget(placed: placed, instance: instance, begun: around.now())
        }
    }

    private static func spare(_ kind: any WidgetKind) -> PlacedWidget {
        PlacedWidget(
            id: PlacedWidget.ID("default-\(kind.manifest.id)"),
            type: kind.manifest.id,
            settings: WidgetSettings(version: kind.manifest.version, config: [:]),
            position: .init(x: 0, y: 0, width: 1, height: 1)
        )
    }

    /// Has a widget with its type's defaults ready for a single view whose layout has none.
    ///
    /// It begins a little way back in the log, so that a page that opens again shows what it showed before.
    func makeSpare(for key: AudienceKey) async {
        guard let type = key.view.type, spares[type] == nil, shown(to: key).isEmpty,
            let kind = around.catalogue.kind(type)
        else { return }
        var placed = Self.spare(kind)
        placed.placedAtSeq = max(0, seq - Self.spareRows)
        phase = .waking
        do {
            placed.placedAt = try await placingMoments(of: [placed])[placed.placedAtSeq] ?? placed.placedAt
            let instance = start(placed, nil, 0)
            try await tellPresence(to: instance)
            try await bringUp(instance)
            spares[type] = StageWidget(placed: placed, instance: instance, begun: around.now())
            try await sayPauseAgain()
        } catch {
            logger.warning("a single view could not be filled", metadata: ["reason": "\(error)"])
        }
        guard phase == .waking else { return }
        phase = .awake
        resumeWaiters()
        drain()
        progressed()
    }

    /// Tells a widget that begins in the middle of the log whether somebody was watching there.
    ///
    /// What the log says of that may lie further back. Without it every alert since the beginning would count as not
    /// seen, and come again.
    private func tellPresence(to instance: (any WidgetInstance)?) async throws {
        guard let instance, instance.seq > 0 else { return }
        guard let first = try await around.events.events(after: instance.seq, limit: 1, in: scope).first else { return }
        let before = try await around.events.eventsBesidesChat(
            upTo: first.seq,
            limit: Self.presenceRows,
            in: scope
        )
        let presence = before.first { $0.type == .overlayPresence }
        instance.apply(
            Event(
                id: Event.ID("presence:\(first.seq)"),
                // In place of that row, the furthest back of all.
                seq: first.seq,
                type: .overlayPresence,
                platform: Platform.streamvibes.rawValue,
                occurredAt: first.receivedAt,
                receivedAt: first.receivedAt,
                payload: presence?.payload ?? ["open": false]
            )
        )
    }
}
