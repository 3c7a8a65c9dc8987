import NIOCore
import WidgetAPI

/// The pages that see the same thing, by event loop.
struct Audience {
    let topic: TopicID
    private var counts: [Int]

    init(topic: TopicID, loops: Int) {
        self.topic = topic
        counts = Array(repeating: 0, count: loops)
    }

    var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }
    /// The loops on which somebody watches.
    var loops: [Int] { counts.indices.filter { counts[$0] > 0 } }

    mutating func add(_ connection: ConnectionHandle) {
        counts[connection.loopIndex] += 1
    }

    mutating func remove(_ connection: ConnectionHandle) {
        counts[connection.loopIndex] -= 1
    }
}

/// One view of one layout, the latter by its place among the streamer's stages.
struct AudienceKey: Hashable {
    let stage: Int
    let view: OverlayView
}

/// What became of a page's wish to see an overlay.
enum SubscribeResult: Sendable {
    /// The page has its snapshot and will get every patch after it.
    case subscribed(AudienceTicket)
    /// There is no such layout.
    case unknownLayout
    /// This runtime has gone to sleep for good; ask the directory for the next one.
    case retired
    /// The log could not be read after the page had been told something already.
    case unavailable
}

/// What a page holds while it watches; handing it back ends that.
struct AudienceTicket: Sendable {
    enum Kind: Sendable {
        case overlay(stage: Int, view: OverlayView)
        case dashboard(Set<EventPattern>)
    }

    let kind: Kind
    let connection: ConnectionHandle
}

extension TenantRuntime {
    var hasPages: Bool { !audiences.isEmpty || !dashboards.isEmpty }

    /// Sends a page its snapshot and lets it see every patch after it.
    func subscribe(_ page: OverlaySubscription) async -> SubscribeResult {
        guard await awaken() else { return .retired }
        let wanted = stages.firstIndex { entry in
            page.layoutId.map { $0 == entry.stage.layout.id } ?? entry.stage.layout.isDefault
        }
        guard let index = wanted else { return .unknownLayout }
        let key = AudienceKey(stage: index, view: page.view)
        var audience = audiences[key] ?? Audience(topic: around.hub.makeTopic(), loops: around.hub.loopCount)
        audience.add(page.connection)
        audiences[key] = audience
        // What nobody watched has not been drawn for a while; the others get it as a patch, the newcomer whole.
        drawNow(index)
        let known = page.epoch == frames.epoch ? page.revs : nil
        let snapshot = frames.snapshot(
            stages[index].stage,
            page.view.widgets(of: stages[index].widgets),
            seq: seq,
            known: known,
            at: around.now()
        )
        around.hub.send([snapshot], to: page.connection, thenJoin: audience.topic)
        presence.pageOpened()
        logPresence()
        return .subscribed(
            AudienceTicket(kind: .overlay(stage: index, view: page.view), connection: page.connection)
        )
    }

    /// Ends what a page was watching.
    func leave(_ ticket: AudienceTicket) {
        guard phase == .awake || phase == .waking else { return }
        lastActivity = around.now()
        switch ticket.kind {
        case .overlay(let stage, let view):
            let key = AudienceKey(stage: stage, view: view)
            audiences[key]?.remove(ticket.connection)
            if let audience = audiences[key], audience.isEmpty {
                around.hub.drop(audience.topic)
                audiences[key] = nil
            }
            presence.pageClosed()
            logPresenceLater()
        case .dashboard(let patterns):
            dashboards[patterns]?.remove(ticket.connection)
            if let audience = dashboards[patterns], audience.isEmpty {
                around.hub.drop(audience.topic)
                dashboards[patterns] = nil
            }
        }
    }

    /// Sends one widget whole to a page whose picture of it is broken.
    func resync(_ widgetId: PlacedWidget.ID, for ticket: AudienceTicket) {
        guard phase == .awake, case .overlay(let stage, _) = ticket.kind,
            let widget = stages[stage].widgets.first(where: { $0.placed.id == widgetId })
        else { return }
        let whole = frames.patch(widget, .whole(widget.view), seq: seq, at: around.now())
        around.hub.send([whole], to: ticket.connection)
    }

    func hasAudience(_ stage: Int) -> Bool {
        audiences.keys.contains { $0.stage == stage }
    }

    /// Brings a change to every view in which the widget stands.
    func publish(_ widget: StageWidget, _ change: StageWidget.Change, of stage: Int, at moment: Timestamp) {
        let frame = frames.patch(widget, change, seq: seq, at: moment)
        for (key, audience) in audiences where key.stage == stage {
            guard key.view.widgets(of: stages[stage].widgets).contains(where: { $0 === widget }) else { continue }
            around.hub.publish(frame, to: audience.topic, onLoops: audience.loops)
        }
    }

    /// Draws a layout's widgets without waiting for their turn: a snapshot must not be older than the log.
    private func drawNow(_ stage: Int) {
        let moment = around.now()
        for widget in stages[stage].widgets {
            if let change = widget.draw(hiding: moderation.hidden, at: moment, logger: logger) {
                publish(widget, change, of: stage, at: moment)
            }
        }
    }

    // MARK: Presence

    /// Writes down that somebody watches, or that nobody does any more.
    func logPresence() {
        presenceAlarm?.cancel()
        presenceAlarm = nil
        guard phase == .awake, let open = presence.beginLogging() else { return }
        Task {
            let draft = OverlayPresence.draft(open: open, at: self.around.now())
            do {
                try await self.log.append([draft], in: self.scope)
                self.presence.finished(open, success: true)
                self.logPresence()
            } catch EventLogError.unknownTenant {
                self.retire()
            } catch {
                // The disk is full, perhaps: what is on screen is still right, only the alert queue waits.
                self.presence.finished(open, success: false)
                self.logPresenceLater()
            }
        }
    }

    /// A page that reloads is gone for a moment; that is not worth two rows.
    private func logPresenceLater() {
        guard presenceAlarm == nil else { return }
        presenceAlarm = loop.scheduleTask(in: .seconds(1)) { self.assumeIsolated { $0.logPresence() } }
    }

    /// Waits a moment until every page has left and the log knows it.
    func settlePresence() async {
        for _ in 0..<40 where presence.pages > 0 || !presence.isSettled {
            if presence.pages == 0 { logPresence() }
            try? await Task.sleep(for: .milliseconds(25))
        }
    }

    // MARK: Dashboards

    /// Sends a dashboard the rows after a place, then every new one that it wants.
    func subscribe(
        toEvents patterns: Set<EventPattern>,
        after: Int64?,
        connection: ConnectionHandle
    ) async -> SubscribeResult {
        guard await awaken() else { return .retired }
        around.hub.send([frames.eventsReady(lastSeq: seq, at: around.now())], to: connection)
        var place = after ?? seq
        while place < seq {
            // At the reader's pace: the log may be longer than what a connection may have waiting.
            await around.hub.waitUntilWritten(connection)
            guard let page = try? await around.events.events(after: place, limit: Self.pageSize, in: scope),
                phase == .awake
            else { return .unavailable }
            // Rows that have not reached the widgets yet will come live.
            let rows = page.filter { event in event.seq <= seq && patterns.contains { $0.matches(event.type) } }
            around.hub.send(rows.map { frames.event($0, at: around.now()) }, to: connection)
            place = min(page.last?.seq ?? seq, seq)
        }
        guard phase == .awake else { return .unavailable }
        var audience = dashboards[patterns] ?? Audience(topic: around.hub.makeTopic(), loops: around.hub.loopCount)
        audience.add(connection)
        dashboards[patterns] = audience
        around.hub.send([], to: connection, thenJoin: audience.topic)
        return .subscribed(AudienceTicket(kind: .dashboard(patterns), connection: connection))
    }

    func publishToDashboards(_ event: Event) {
        guard !dashboards.isEmpty else { return }
        var frame: OutboundFrame?
        for (patterns, audience) in dashboards where patterns.contains(where: { $0.matches(event.type) }) {
            let encoded = frame ?? frames.event(event, at: around.now())
            frame = encoded
            around.hub.publish(encoded, to: audience.topic, onLoops: audience.loops)
        }
    }
}
