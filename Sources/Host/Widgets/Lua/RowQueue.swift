import WidgetAPI

/// What is still to be brought to a widget's cell, in order.
struct RowQueue {
    /// Rows that may wait while the widget is held back (architecture section 6, "events in").
    static let limit = 256

    enum Step {
        case event(Event)
        case until(Timestamp)
        case settings(Settings)
    }

    /// New settings at their place in the log.
    struct Settings {
        let settings: JSONObject
        let event: Event
        let effect: Effect

        enum Effect {
            /// The widget is told of them.
            case told
            /// It begins anew with them.
            case anew
            /// It has them without being told: it failed on that.
            case silent
        }
    }

    /// One question to the cell.
    struct Batch {
        var events: [Event] = []
        /// The moment up to which timers fire after them.
        var until: Timestamp?
        /// How many steps these are.
        var count = 0
    }

    private var steps: [Step] = []
    private(set) var eventCount = 0
    /// How many of the first steps are on their way to the cell; these stay as they are.
    private var asked = 0

    var isEmpty: Bool { steps.isEmpty }
    var first: Step? { steps.first }

    /// The moment up to which the last step goes.
    var end: Timestamp? {
        guard case .until(let moment)? = steps.last else { return nil }
        return moment
    }

    /// The event that has waited longest.
    var firstEvent: Event? {
        for case .event(let event) in steps { return event }
        return nil
    }

    mutating func push(_ step: Step) {
        // A later moment holds the earlier ones.
        if case .until = step, case .until? = steps.last, steps.count > asked { steps.removeLast() }
        if case .event = step { eventCount += 1 }
        steps.append(step)
    }

    /// Sends the next rows on their way, up to a change of settings, and the moment after them.
    mutating func ask(atMost limit: Int) -> Batch {
        let batch = batch(atMost: limit)
        asked = batch.count
        return batch
    }

    private func batch(atMost limit: Int) -> Batch {
        var batch = Batch()
        for step in steps {
            switch step {
            case .event(let event):
                // A moment before a row is in that row: timers fire before it anyhow.
                guard batch.events.count < limit else { return batch }
                batch.events.append(event)
                batch.until = nil
            case .until(let moment): batch.until = moment
            case .settings: return batch
            }
            batch.count += 1
        }
        return batch
    }

    /// The events among so many steps.
    func events(of count: Int) -> [Event] {
        steps.prefix(count).compactMap { if case .event(let event) = $0 { event } else { nil } }
    }

    /// How many steps so many events are, when the cell wants the rest once more.
    func steps(holding events: Int, of count: Int) -> Int {
        var left = events
        for (index, step) in steps.prefix(count).enumerated() {
            guard case .event = step else { continue }
            guard left > 0 else { return index }
            left -= 1
        }
        // What follows the last event comes again, too.
        return steps.prefix(count).lastIndex { if case .event = $0 { true } else { false } }.map { $0 + 1 } ?? 0
    }

    /// Takes off steps that are done with.
    mutating func finish(_ count: Int) -> [Step] {
        asked = 0
        let done = Array(steps.prefix(count))
        steps.removeFirst(done.count)
        eventCount -= done.count { if case .event = $0 { true } else { false } }
        return done
    }

    /// Takes off the event that has waited longest.
    mutating func dropOldest() -> Event? {
        for (index, step) in steps.enumerated().dropFirst(asked) {
            guard case .event(let event) = step else { continue }
            steps.remove(at: index)
            eventCount -= 1
            return event
        }
        return nil
    }
}
