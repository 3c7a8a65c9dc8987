import Logging
import NIOCore
import WidgetAPI

/// What widgets have left out: the log says so, and a replay leaves out the same.
extension TenantRuntime {
    /// How long one widget that comes to a running layout is waited for.
    private static let patience = TimeAmount.seconds(2)

    /// Writes down what widgets have left out since the last time.
    func saySkipped() async {
        guard phase == .awake || phase == .waking else { return }
        let moment = around.now()
        let skipped = widgets.compactMap(\.instance).filter(\.hasSkipped).map { ($0, $0.takeSkipped()) }
        guard !skipped.isEmpty else { return }
        let drafts = skipped.flatMap { instance, ranges in
            ranges.map { Self.draft($0, of: instance.id, at: moment) }
        }
        notesUnderWay += 1
        defer { notesUnderWay -= 1 }
        do {
            try await log.append(drafts, in: scope)
        } catch {
            // Said again with the next ones; until then no checkpoint is kept.
            for (instance, ranges) in skipped { instance.putBackSkipped(ranges) }
            logger.warning("rows that widgets left out could not be noted", metadata: ["reason": "\(error)"])
        }
    }

    private static func draft(
        _ skipped: SkippedRows.Range,
        of widget: PlacedWidget.ID,
        at moment: Timestamp
    ) -> EventDraft {
        EventDraft(
            id: Event.ID("skipped:\(widget):\(skipped.places.lowerBound)-\(skipped.places.upperBound)"),
            type: .widgetSkipped,
            platform: .streamvibes,
            occurredAt: moment,
            payload: [
                "widgetId": .string(widget.text), "from": .integer(skipped.places.lowerBound),
                "to": .integer(skipped.places.upperBound), "reason": .string(skipped.reason),
            ]
        )
    }

    /// Tells widgets that begin further back in the log which rows they have left out since.
    func tellSkipped(to instances: [any WidgetInstance]) async throws {
        let instances = instances.filter(\.mayLeaveRowsOut)
        guard let first = instances.map(\.seq).min() else { return }
        var skipped: [String: [ClosedRange<Int64>]] = [:]
        for event in try await around.events.events(of: .widgetSkipped, after: first, in: scope) {
            guard let widgetId = event.payload["widgetId"]?.stringValue,
                let from = event.payload["from"]?.integerValue, let to = event.payload["to"]?.integerValue, from <= to
            else { continue }
            skipped[widgetId, default: []].append(from...to)
        }
        for instance in instances {
            for places in skipped[instance.id.text] ?? [] { instance.leaveOut(places) }
        }
    }

    /// When widgets were placed, by the place in the log after which they begin.
    func placingMoments(of placed: [PlacedWidget]) async throws -> [Int64: Timestamp] {
        var moments: [Int64: Timestamp] = [:]
        for place in Set(placed.map(\.placedAtSeq)) {
            moments[place] = try await around.events.events(at: [place], in: scope).first?.receivedAt
        }
        return moments
    }

    /// Waits a moment until one widget has worked off what it was given.
    func settle(_ instance: any WidgetInstance) async {
        let deadline = NIODeadline.now() + Self.patience
        while !instance.isSettled, NIODeadline.now() < deadline { try? await Task.sleep(for: .milliseconds(1)) }
    }
}
