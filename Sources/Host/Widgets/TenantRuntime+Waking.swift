import Logging
import NIOCore
import WidgetAPI

extension TenantRuntime {
    /// Rows read at a time while catching up with the log.
    static let pageSize = 500

    /// Returns when the widgets stand where the log ends; `false` when this runtime is gone for good.
    func awaken() async -> Bool {
        lastActivity = around.now()
        switch phase {
        case .awake: return true
        case .retired: return false
        case .asleep, .waking:
            startWaking()
            await withCheckedContinuation { wakeWaiters.append($0) }
            return phase == .awake
        }
    }

    func startWaking() {
        guard phase == .asleep else { return }
        phase = .waking
        Task { await wake() }
    }

    private func wake() async {
        do {
            try await load()
            await catchUp()
        } catch {
            // Storage is away. The next event or page tries again with a new runtime; rows are safe in the log.
            logger.error("a streamer could not be woken", metadata: ["reason": "\(error)"])
            retire()
            resumeWaiters()
        }
    }

    private func load() async throws {
        try await endUncleanPresence()
        let stages = try await around.layouts.stages(in: scope)
        let checkpoints = try await around.checkpoints.checkpoints(in: scope)
        self.stages = stages.map { stage in
            (stage, stage.layout.widgets.map { StageWidget(placed: $0, instance: start($0, checkpoints[$0.id])) })
        }
        let places = self.stages.flatMap(\.widgets).compactMap { $0.instance?.seq }
        if let first = places.min() {
            seq = first
        } else {
            seq = try await around.events.head(in: scope)?.seq ?? 0
        }
        lastCheckpointSeq = seq
        // Who wrote what is not checkpointed: the last rows before this place tell it again.
        let earlier = try await around.events.events(before: seq + 1, limit: ModerationLedger.limit, in: scope)
        for event in earlier.reversed() { _ = moderation.apply(event) }
    }

    /// After a crash the log still says that an overlay is open; nothing is, so that is said first, dated at the last
    /// row: whatever the widgets did after it, nobody saw.
    private func endUncleanPresence() async throws {
        guard let head = try await around.events.head(in: scope), head.overlayOpen else { return }
        let draft = OverlayPresence.draft(open: false, at: head.receivedAt)
        try await log.append([draft], in: scope, dating: .lastRow)
    }

    private func start(_ placed: PlacedWidget, _ checkpoint: WidgetCheckpoint?) -> (any WidgetInstance)? {
        do throws(ConfigError) {
            let instance = try around.catalogue.instance(of: placed, from: checkpoint)
            if instance == nil {
                logger.warning(
                    "a layout has a widget whose type is not offered here",
                    metadata: ["widget": "\(placed.id)", "type": "\(placed.type)"]
                )
            }
            return instance
        } catch {
            logger.error(
                "a widget's settings are not valid; it shows nothing",
                metadata: ["widget": "\(placed.id)", "type": "\(placed.type)", "reason": "\(error)"]
            )
            return nil
        }
    }

    /// Replays the log from where the widgets stand to its end, then takes what arrived meanwhile.
    func catchUp() async {
        do {
            while true {
                let page = try await around.events.events(after: seq, limit: Self.pageSize, in: scope)
                guard phase == .waking else { return }
                for event in page { takeReplayed(event) }
                if page.count < Self.pageSize { break }
            }
        } catch {
            logger.error("the log could not be read", metadata: ["reason": "\(error)"])
            retire()
            return resumeWaiters()
        }
        phase = .awake
        startHousekeeping()
        resumeWaiters()
        drain()
        fireOverdueTimers()
    }

    /// Retention may have taken the first rows, so a replay may begin with a gap; a live log never has one.
    private func takeReplayed(_ event: Event) {
        take(event)
        publishToDashboards(event)
    }

    private func fireOverdueTimers() {
        drawSoon()
        scheduleTimer()
    }

    private func resumeWaiters() {
        let waiters = wakeWaiters
        wakeWaiters = []
        for waiter in waiters { waiter.resume() }
    }

    // MARK: Checkpoints and sleep

    private func startHousekeeping() {
        guard housekeeping == nil else { return }
        let interval = TimeAmount.milliseconds(Self.checkpointMilliseconds)
        housekeeping = loop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            self.assumeIsolated { $0.keepHouse() }
        }
    }

    private func keepHouse() {
        guard phase == .awake else { return }
        Task {
            await self.checkpoint()
            self.sleepIfIdle()
        }
    }

    /// Keeps what the widgets remember, so that waking up need not replay all of the log.
    func checkpoint() async {
        guard phase == .awake, seq > lastCheckpointSeq else { return }
        let place = seq
        let checkpoints = stages.flatMap(\.widgets).compactMap { $0.instance?.checkpoint() }
        do {
            try await around.checkpoints.save(checkpoints, in: scope)
            lastCheckpointSeq = max(lastCheckpointSeq, place)
        } catch {
            // The log has everything; only the next start takes longer.
            logger.warning("checkpoints could not be saved", metadata: ["reason": "\(error)"])
        }
    }

    func sleepIfIdle() {
        let idle = around.now().milliseconds - lastActivity.milliseconds
        guard phase == .awake, idle >= Self.restlessMilliseconds, inbox.isEmpty, !hasPages, presence.isSettled,
            seq == lastCheckpointSeq
        else { return }
        retire()
        let (log, scope) = (log, scope)
        Task { await log.release(scope) }
    }
}
