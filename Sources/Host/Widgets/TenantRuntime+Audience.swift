import NIOCore
import WidgetAPI

/// The pages that see the same thing, by event loop.
struct Audience {
    let topic: TopicID
    /// What an overlay's pages see; nothing for a dashboard.
    var widgets: [StageWidget] = []
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

    func sees(_ widget: StageWidget) -> Bool {
        widgets.contains { $0 === widget }
    }
}

/// One view of one layout; `nil` is whichever layout is the default.
struct AudienceKey: Hashable {
    let layoutId: Layout.ID?
    let view: OverlayView
}

/// What became of a page's wish to see an overlay.
enum SubscribeResult: Sendable {
    /// The page has its snapshot and will get every patch after it.
    case subscribed(AudienceTicket)
    /// There is no such layout.
    case unknownLayout
    /// The layout is private, and the page's key does not open it.
    case wrongKey
    /// This runtime has gone to sleep for good; ask the directory for the next one.
    case retired
    /// The log could not be read after the page had been told something already.
    case unavailable
}

/// What a page holds while it watches; handing it back ends that.
struct AudienceTicket: Sendable {
    enum Kind: Sendable {
        case overlay(AudienceKey)
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
        let key = AudienceKey(layoutId: page.layoutId, view: page.view)
        if let refusal = refusal(of: page, key) { return refusal }
        await makeSpare(for: key)
        guard phase == .awake else { return .retired }
        // Layouts and their keys may have changed meanwhile.
        if let refusal = refusal(of: page, key) { return refusal }
        guard let stage = stage(of: key) else { return .unknownLayout }
        var audience = audiences[key] ?? Audience(topic: around.hub.makeTopic(), loops: around.hub.loopCount)
        audience.widgets = shown(to: key)
        audience.add(page.connection)
        audiences[key] = audience
        pages[page.connection] = OpenPage(key: key, keyHash: page.keyHash, connectedAt: around.now())
        // What nobody watched has not been drawn for a while; the others get it as a patch, the newcomer whole.
        drawNow(audience)
        let known = page.epoch == frames.epoch ? page.revs : nil
        let snapshot = frames.snapshot(stage, audience.widgets, seq: seq, known: known, at: around.now())
        around.hub.send([snapshot], to: page.connection, thenJoin: audience.topic)
        speaker.pageOpened(page.connection, key)
        logPresence()
        return .subscribed(AudienceTicket(kind: .overlay(key), connection: page.connection))
    }

    private func refusal(of page: OverlaySubscription, _ key: AudienceKey) -> SubscribeResult? {
        guard let stage = stage(of: key) else { return .unknownLayout }
        return stage.keys.opens(for: page.keyHash, at: around.now()) ? nil : .wrongKey
    }

    /// The layout that a view shows; `nil` when there is none.
    func stage(of key: AudienceKey) -> Stage? {
        entry(of: key)?.stage
    }

    private func entry(of key: AudienceKey) -> (stage: Stage, widgets: [StageWidget])? {
        stages.first { entry in key.layoutId.map { $0 == entry.stage.layout.id } ?? entry.stage.layout.isDefault }
    }

    /// What a view shows: the layout's visible widgets, or its first of a type, or one with that type's defaults.
    func shown(to key: AudienceKey) -> [StageWidget] {
        guard let entry = entry(of: key) else { return [] }
        guard let type = key.view.type else { return entry.widgets.filter(\.placed.visible) }
        return (entry.widgets.first { $0.placed.type == type } ?? spares[type]).map { [$0] } ?? []
    }

    /// Ends what a page was watching.
    func leave(_ ticket: AudienceTicket) {
        guard phase == .awake || phase == .waking else { return }
        lastActivity = around.now()
        switch ticket.kind {
        case .overlay:
            forget(ticket.connection)
            logPresenceLater()
        case .dashboard(let patterns):
            dashboards[patterns]?.remove(ticket.connection)
            if let audience = dashboards[patterns], audience.isEmpty {
                around.hub.drop(audience.topic)
                dashboards[patterns] = nil
            }
        }
    }

    /// A page sees nothing any more; said once or twice of the same.
    private func forget(_ connection: ConnectionHandle) {
        guard let page = pages.removeValue(forKey: connection) else { return }
        audiences[page.key]?.remove(connection)
        if let audience = audiences[page.key], audience.isEmpty {
            around.hub.drop(audience.topic)
            audiences[page.key] = nil
        }
        speaker.pageClosed(connection)
    }

    /// Sends away the pages that may not see any more what they see: their layout is gone or has become private, or
    /// their key has been taken away.
    private func sendAwayStrangers() {
        for (connection, page) in pages {
            if let stage = stage(of: page.key) {
                guard !stage.keys.keeps(page.keyHash) else { continue }
                around.hub.close(connection, .wrongKey, "this layout's address has changed")
            } else {
                // The page clears itself and asks again once a minute.
                around.hub.close(connection, .badSubscribe, "this layout has been deleted")
            }
            forget(connection)
        }
    }

    /// Sends one widget whole to a page whose picture of it is broken.
    func resync(_ widgetId: PlacedWidget.ID, for ticket: AudienceTicket) async {
        guard case .overlay(let key) = ticket.kind, await settled(),
            let widget = audiences[key]?.widgets.first(where: { $0.placed.id == widgetId })
        else { return }
        let whole = frames.patch(widget, .whole(widget.view), seq: seq, at: around.now())
        around.hub.send([whole], to: ticket.connection)
    }

    func isWatched(_ widget: StageWidget) -> Bool {
        audiences.values.contains { $0.sees(widget) }
    }

    /// Brings a change to every view in which the widget stands.
    func publish(_ widget: StageWidget, _ change: StageWidget.Change, at moment: Timestamp) {
        let frame = frames.patch(widget, change, seq: seq, at: moment)
        for audience in audiences.values where audience.sees(widget) {
            around.hub.publish(frame, to: audience.topic, onLoops: audience.loops)
        }
    }

    /// Draws widgets without waiting for their turn: a snapshot must not be older than the log.
    private func drawNow(_ audience: Audience) {
        let moment = around.now()
        for widget in audience.widgets {
            if let change = widget.draw(hiding: moderation.hidden, at: moment, logger: logger) {
                publish(widget, change, at: moment)
            }
        }
    }

    /// Shows every page the layouts as they have just been read, without a reload.
    func showLayouts() {
        sendAwayStrangers()
        for (key, before) in audiences {
            guard let stage = stage(of: key) else { continue }
            audiences[key]?.widgets = shown(to: key)
            guard let audience = audiences[key] else { continue }
            drawNow(audience)
            // What a page had before it still has, with every patch that is on its way to it.
            let kept = audience.widgets.filter(before.sees)
            let known = Dictionary(uniqueKeysWithValues: kept.map { ($0.placed.id.text, $0.rev) })
            let moment = around.now()
            let update = frames.update(stage, at: moment)
            let snapshot = frames.snapshot(stage, audience.widgets, seq: seq, known: known, at: moment)
            around.hub.publish(update, to: audience.topic, onLoops: audience.loops)
            around.hub.publish(snapshot, to: audience.topic, onLoops: audience.loops)
        }
        logPresence()
    }

    // MARK: Presence

    /// Writes down which widgets somebody sees, or that nobody watches any more.
    func logPresence() {
        presenceAlarm?.cancel()
        presenceAlarm = nil
        presence.current = sight
        guard phase == .awake, let sight = presence.beginLogging() else { return }
        Task {
            let draft = OverlayPresence.draft(sight, at: self.around.now())
            do {
                try await self.log.append([draft], in: self.scope)
                self.presence.finished(sight, success: true)
                self.logPresence()
            } catch EventLogError.unknownTenant {
                self.retire()
            } catch {
                // The disk is full, perhaps: what is on screen is still right, only the alert queue waits.
                self.presence.finished(sight, success: false)
                self.logPresenceLater()
            }
        }
    }

    private var sight: OverlayPresence.Sight {
        let seen = audiences.values.flatMap(\.widgets).filter { widget in
            widget.instance?.manifest.events.contains { $0.matches(.overlayPresence) } == true
        }
        return .init(isOpen: !audiences.isEmpty, widgets: Set(seen.map(\.placed.id)).sorted { $0.text < $1.text })
    }

    /// A page that reloads is gone for a moment; that is not worth two rows.
    private func logPresenceLater() {
        presence.current = sight
        guard presenceAlarm == nil else { return }
        presenceAlarm = loop.scheduleTask(in: .seconds(1)) { self.assumeIsolated { $0.logPresence() } }
    }

    /// Waits a moment until every page has left and the log knows it.
    func settlePresence() async {
        for _ in 0..<40 where presence.current.isOpen || !presence.isSettled {
            if audiences.isEmpty { logPresence() }
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
