import Synchronization
import WidgetAPI

/// Which word on a clearing of a streamer's chat is written down, where EventSub's socket and IRC both tell of it.
///
/// Over IRC a clearing has no id, so the log could not refuse the second one, which would hide what was said in
/// between. EventSub's word is taken while its socket brings clearings, and IRC's while it does not: Twitch does not
/// tell again what happened meanwhile. What EventSub still owes when its socket ends is taken from IRC then, at once
/// after a drop and up to twelve seconds late after a death in silence. Around such a moment both may tell of one
/// clearing: it is known by whom it silences, and by Twitch's clock.
final class TwitchClearings: Sendable {
    /// How far apart Twitch may date one clearing in the two ways; no more, for there may be two of somebody.
    private static let apartMilliseconds: Int64 = 5000
    /// How long one is remembered: longer than a message waits in a socket while a slow Twitch is asked for all types.
    private static let memory = Duration.seconds(300)
    /// How long EventSub may owe one: longer than it takes to find out that a socket is dead.
    private static let debt = Duration.seconds(30)
    /// How many are remembered, at most; then those that came first are forgotten.
    private static let limit = 500

    private enum Way {
        case eventSub
        case irc
    }

    /// One that was told of.
    private struct Clearing {
        /// Who is silenced; `nil` for everybody.
        let userId: String?
        let occurredAt: Timestamp
        let heardAt: ContinuousClock.Instant
        /// Its id in each way that has told of it.
        var ids: [Way: Event.ID]
        /// What IRC said, as long as EventSub owes it.
        var owed: EventDraft?

        /// What EventSub calls it.
        var type: String { userId == nil ? "channel.chat.clear" : "channel.chat.clear_user_messages" }

        func isOne(with draft: EventDraft, of userId: String?) -> Bool {
            let apart = abs(draft.occurredAt.milliseconds - occurredAt.milliseconds)
            return self.userId == userId && apart <= TwitchClearings.apartMilliseconds
        }
    }

    private struct State {
        /// The types that EventSub brings.
        var types: Set<String> = []
        var recent: [Clearing] = []

        /// Notes that a way tells of a clearing.
        ///
        /// - Returns: its place, and whether the other way has told of it; `nil` where this one says it once more.
        mutating func note(
            _ draft: EventDraft,
            by way: Way,
            at now: ContinuousClock.Instant
        ) -> (place: Int, isKnown: Bool)? {
            forgetOld(at: now)
            guard !recent.contains(where: { $0.ids[way] == draft.id }) else { return nil }
            let userId = ChatClearing(json: draft.payload)?.userId
            if let place = recent.lastIndex(where: { $0.ids[way] == nil && $0.isOne(with: draft, of: userId) }) {
                recent[place].ids[way] = draft.id
                return (place, true)
            }
            if recent.count == TwitchClearings.limit { recent.removeFirst() }
            recent.append(
                Clearing(userId: userId, occurredAt: draft.occurredAt, heardAt: now, ids: [way: draft.id])
            )
            return (recent.count - 1, false)
        }

        mutating func forgetOld(at now: ContinuousClock.Instant) {
            recent.removeAll { now - $0.heardAt > TwitchClearings.memory }
        }
    }

    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    /// Another clock than `now` is of use in tests alone.
    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
    }

    /// EventSub brings these types from now on, and no others.
    ///
    /// - Returns: what IRC has told of and EventSub will not, to be written down now.
    func eventSubBrings(_ types: Set<String>) -> [EventDraft] {
        let moment = now()
        return state.withLock { state in
            state.types = types
            state.forgetOld(at: moment)
            var owed: [EventDraft] = []
            for place in state.recent.indices where !types.contains(state.recent[place].type) {
                guard let draft = state.recent[place].owed else { continue }
                state.recent[place].owed = nil
                if moment - state.recent[place].heardAt <= Self.debt { owed.append(draft) }
            }
            return owed
        }
    }

    /// Whether what EventSub says is to be written down: all but a clearing that stands there from IRC.
    func takes(fromEventSub draft: EventDraft) -> Bool {
        guard draft.type == .chatClear else { return true }
        let moment = now()
        return state.withLock { state in
            guard let noted = state.note(draft, by: .eventSub, at: moment) else { return false }
            let wasOwed = state.recent[noted.place].owed != nil
            state.recent[noted.place].owed = nil
            return wasOwed || !noted.isKnown
        }
    }

    /// Whether a clearing is to be written down as IRC tells of it; else it waits here for EventSub's word.
    func takes(fromIRC draft: EventDraft) -> Bool {
        let moment = now()
        return state.withLock { state in
            guard let noted = state.note(draft, by: .irc, at: moment), !noted.isKnown else { return false }
            guard state.types.contains(state.recent[noted.place].type) else { return true }
            state.recent[noted.place].owed = draft
            return false
        }
    }
}
