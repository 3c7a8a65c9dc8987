import WidgetAPI

/// What will happen on a simulated stream, by its own clock.
struct SimulatedAgenda: Sendable {
    /// One thing that happens.
    enum Action: Sendable {
        case online
        /// An ordinary line of chat; plans the next one.
        case line
        /// One line of a burst.
        case hypeLine(SimulatedLines.Mood, Platform)
        case follow
        case subscription(Subscription.Kind)
        /// A subscription of some kind; plans the next one.
        case anySubscription
        case giftBomb
        case recipient(Gift)
        case tip
        case raid
        case redemption
        /// Somebody misbehaves, and a moderator is awake.
        case trouble
        case spam(User, Platform)
        case delete(messageId: String, Platform)
        case clear(userId: String, Platform)
    }

    /// One gift of a bomb.
    struct Gift: Sendable {
        let giftId: String
        let tier: String?
        let platform: Platform
    }

    private struct Entry: Sendable {
        let time: Int
        let action: Action
    }

    /// Sorted, the next one last; a dozen entries, rarely a hundred.
    private var entries: [Entry] = []

    var nextTime: Int? { entries.last?.time }

    /// Puts an action behind those of the same time.
    mutating func add(_ action: Action, at time: Int) {
        let index = entries.firstIndex { $0.time <= time } ?? entries.endIndex
        entries.insert(Entry(time: time, action: action), at: index)
    }

    /// Takes the next action if its time has come.
    mutating func takeDue(at time: Int) -> Action? {
        guard let last = entries.last, last.time <= time else { return nil }
        entries.removeLast()
        return last.action
    }
}
