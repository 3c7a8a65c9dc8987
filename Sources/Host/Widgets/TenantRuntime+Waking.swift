import Logging
import NIOCore
import WidgetAPI

extension TenantRuntime {
    /// Rows read at a time while catching up with the log.
    static let pageSize = 500
    /// Timers fired at a time while catching up, so that a long sleep of one streamer does not hold up the others.
    static let firingsAtATime = 1000
    /// How long a streamer who wakes up waits for widgets in other processes at most.
    private static let settlingTime = TimeAmount.seconds(2)

    /// Returns when the widgets stand where the log ends; `false` when this runtime is gone for good.
    func awaken() async -> Bool {
        lastActivity = around.now()
        switch phase {
        case .awake: return true
        case .retired: return false
        case .asleep, .waking:
            startWaking()
            await withCheckedContinuation { wakeWaiters.append($0) }
            // Layouts may have changed again before this one was resumed.
            return phase == .waking ? await awaken() : phase == .awake
        }
    }

    /// Returns when the widgets stand still between two rows; `false` when this runtime is asleep or gone.
    func settled() async -> Bool {
        guard phase == .awake || phase == .waking else { return false }
        return await awaken()
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
        // Read before what it fences off.
        fence = try await around.events.head(in: scope)?.fence ?? 0
        let checkpoints = try await around.checkpoints.checkpoints(in: scope)
        try await endUncleanPresence(seenUntil: checkpoints.values.map(\.clock).max())
        let oldest = try await around.events.oldestPlace(in: scope)
        let stages = try await around.layouts.stages(in: scope)
        let moments = try await placingMoments(
            of: stages.flatMap(\.layout.widgets).filter { checkpoints[$0.id] == nil }
        )
        self.stages = stages.map { stage in
            (
                stage,
                stage.layout.widgets.map { placed in
                    var placed = placed
                    placed.placedAt = moments[placed.placedAtSeq] ?? placed.placedAt
                    let instance = start(placed, checkpoints[placed.id], oldest)
                    return StageWidget(placed: placed, instance: instance, begun: around.now())
                }
            )
        }
        reviveSpares(checkpoints, oldest)
        try await tellSkipped(to: widgets.compactMap(\.instance))
        mustReload = false
        let places = widgets.compactMap { $0.instance?.seq }
        if let first = places.min() {
            seq = first
        } else {
            seq = try await around.events.head(in: scope)?.seq ?? 0
        }
        lastCheckpointSeq = seq
        try await rememberTexts()
    }

    /// Who wrote what is not checkpointed: the last rows before this place tell it again.
    private func rememberTexts() async throws {
        let limit = ModerationLedger.limit
        let all = try await around.events.events(before: seq + 1, limit: limit, in: scope)
        let besidesChat = try await around.events.eventsBesidesChat(upTo: seq, limit: limit, in: scope)
        let oldest = all.last?.seq ?? 0
        for event in besidesChat.reversed() where event.seq < oldest { _ = moderation.apply(event) }
        for event in all.reversed() { _ = moderation.apply(event) }
    }

    /// After a crash the log still says that an overlay is open; nothing is, so that is said first.
    ///
    /// It is dated at the last moment of which anything was kept, a row or a checkpoint: what a checkpoint has seen
    /// stays before it, and whatever the widgets would have done after it nobody saw.
    private func endUncleanPresence(seenUntil checkpointed: Timestamp?) async throws {
        guard let head = try await around.events.head(in: scope), head.overlayOpen else { return }
        let moment = max(head.receivedAt, checkpointed ?? head.receivedAt)
        try await log.append([OverlayPresence.draft(.init(), at: moment)], in: scope, dating: .past(moment))
    }

    /// Starts a widget where it left off, or where it was placed.
    ///
    /// When the log has forgotten that place, the changes of its settings may be forgotten too: then it begins with
    /// those that it has today.
    func start(_ placed: PlacedWidget, _ checkpoint: WidgetCheckpoint?, _ oldest: Int64) -> (any WidgetInstance)? {
        var placed = placed
        if placed.placedAtSeq + 1 < oldest { placed.placedSettings = placed.settings }
        do throws(ConfigError) {
            let instance = try around.catalogue.instance(of: placed, from: checkpoint, in: cell)
            instance?.onProgress = { [weak self] in self?.assumeIsolated { $0.progressed() } }
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
            try await replay()
            // A page that opens now must see what is, not an alert that ended while nobody was there. Rows that are
            // dated before this moment are in the log once it has settled; later ones come after the timers.
            let moment = around.now()
            await settle(at: moment)
            try await replay()
            if mustReload { try await readLayouts() }
            await advance(to: moment)
            await settleWidgets()
            for instance in widgets.compactMap(\.instance) {
                // What sounded while nobody was there is over.
                _ = instance.takeSounds()
                instance.caughtUp()
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
        progressed()
    }

    /// Takes every row that the log has after this place.
    ///
    /// Retention may have taken the first ones, so a replay may begin with a gap; a live log never has one.
    private func replay() async throws {
        while true {
            let page = try await around.events.events(after: seq, limit: Self.pageSize, in: scope)
            for event in page {
                await advance(to: event.receivedAt)
                take(event)
                publishToDashboards(event)
            }
            await settleWidgets()
            if page.count < Self.pageSize { return }
        }
    }

    /// Fires the timers of a long sleep without keeping the loop to itself.
    private func advance(to moment: Timestamp) async {
        for instance in widgets.compactMap(\.instance) {
            while !instance.advance(to: moment, atMost: Self.firingsAtATime) { await Task.yield() }
        }
    }

    /// Waits a moment for widgets that run in other processes, so that the first picture is right.
    ///
    /// One that hangs is killed by its own watchdog; the others do not wait for that.
    private func settleWidgets() async {
        guard widgets.contains(where: { $0.instance?.isSettled == false }) else { return }
        let alarm = loop.scheduleTask(in: Self.settlingTime) {
            self.assumeIsolated { $0.resumeSettleWaiters() }
        }
        await withCheckedContinuation { settleWaiters.append($0) }
        alarm.cancel()
    }

    func resumeWaiters() {
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
        await saySkipped()
        // A checkpoint must not know of more than the log does.
        guard phase == .awake, seq > lastCheckpointSeq || widgets.contains(where: { $0.instance?.hasUnkept == true }),
            notesUnderWay == 0, !widgets.contains(where: { $0.instance?.hasSkipped == true })
        else { return }
        let place = seq
        let checkpoints = widgets.compactMap { $0.instance?.checkpoint() }
        do {
            try await around.checkpoints.save(checkpoints, before: fence, in: scope)
            lastCheckpointSeq = max(lastCheckpointSeq, place)
        } catch CheckpointError.fenced {
            dismiss(.tryLater, "what is shown has to be read again")
        } catch {
            if await isGone() { return retire() }
            // The log has everything; only the next start takes longer.
            logger.warning("checkpoints could not be saved", metadata: ["reason": "\(error)"])
        }
    }

    /// Whether the streamer has been deleted while awake.
    private func isGone() async -> Bool {
        do {
            return try await around.events.head(in: scope) == nil
        } catch {
            return false
        }
    }

    func sleepIfIdle() {
        let idle = around.now().milliseconds - lastActivity.milliseconds
        guard phase == .awake, idle >= Self.restlessMilliseconds, inbox.isEmpty, !hasPages, presence.isSettled,
            seq == lastCheckpointSeq, widgets.allSatisfy({ $0.instance?.isSettled != false })
        else { return }
        retire()
    }
}
