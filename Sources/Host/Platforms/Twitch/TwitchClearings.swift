import Synchronization
import WidgetAPI

/// Which word on a clearing of a streamer's chat is written down, where EventSub and IRC both tell of it.
///
/// Over IRC a clearing has no id, so the log could not refuse the second one, which would hide what was said in
/// between. EventSub's word is taken while its socket or its posts bring clearings, and IRC's while they do not: Twitch
/// does not tell again what happened meanwhile. What EventSub still owes when its socket ends is taken from IRC then,
/// at once after a drop and up to twelve seconds late after a death in silence. Around such a moment, and while nobody
/// knows whether posts come, both may tell of one clearing: it is known by whom it silences, and by Twitch's clock.
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
        /// Whether IRC's word is the one that is written down.
        var isIRCs = false

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
        /// - Returns: its place, and whether nobody has told of it before.
        mutating func note(
            _ draft: EventDraft,
            by way: Way,
            at now: ContinuousClock.Instant
        ) -> (place: Int, isNews: Bool) {
            forgetOld(at: now)
            if let place = recent.firstIndex(where: { $0.ids[way] == draft.id }) { return (place, false) }
            let userId = ChatClearing(json: draft.payload)?.userId
            if let place = recent.lastIndex(where: { $0.ids[way] == nil && $0.isOne(with: draft, of: userId) }) {
                recent[place].ids[way] = draft.id
                return (place, false)
            }
            if recent.count == TwitchClearings.limit { recent.removeFirst() }
            recent.append(
                Clearing(userId: userId, occurredAt: draft.occurredAt, heardAt: now, ids: [way: draft.id])
            )
            return (recent.count - 1, true)
        }

        /// Notes which types EventSub brings.
        ///
        /// - Returns: what IRC has told of and EventSub will not, to be written down now.
        mutating func change(to types: Set<String>, at now: ContinuousClock.Instant) -> [EventDraft] {
            self.types = types
            forgetOld(at: now)
            var owed: [EventDraft] = []
            for place in recent.indices where !types.contains(recent[place].type) {
                guard let draft = recent[place].owed else { continue }
                recent[place].owed = nil
                guard now - recent[place].heardAt <= TwitchClearings.debt else { continue }
                recent[place].isIRCs = true
                owed.append(draft)
            }
            return owed
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
        return state.withLock { $0.change(to: types, at: moment) }
    }

    /// EventSub is known to post these types; what it owes of others waits for the word that they have ended.
    func eventSubPosts(_ types: Set<String>) {
        state.withLock { $0.types = types }
    }

    /// EventSub does not bring this type any more.
    ///
    /// - Returns: what IRC has told of and EventSub will not, to be written down now.
    func eventSubEnds(_ type: String) -> [EventDraft] {
        let moment = now()
        return state.withLock { $0.change(to: $0.types.subtracting([type]), at: moment) }
    }

    /// What EventSub's word is to be written down as: a clearing that IRC has told of bears IRC's id.
    ///
    /// So the log takes one of the two, and the clearing is there before Twitch hears that a post was taken, also where
    /// IRC's word still waits for storage.
    func written(fromEventSub draft: EventDraft) -> EventDraft {
        guard draft.type == .chatClear else { return draft }
        let moment = now()
        let id = state.withLock { state in
            let place = state.note(draft, by: .eventSub, at: moment).place
            state.recent[place].owed = nil
            return state.recent[place].isIRCs ? state.recent[place].ids[.irc] : nil
        }
        guard let id else { return draft }
        var draft = draft
        draft.id = id
        return draft
    }

    /// Whether a clearing is to be written down as IRC tells of it; else it waits here for EventSub's word.
    func takes(fromIRC draft: EventDraft) -> Bool {
        let moment = now()
        return state.withLock { state in
            let (place, isNews) = state.note(draft, by: .irc, at: moment)
            guard isNews else { return false }
            let isLeft = state.types.contains(state.recent[place].type)
            state.recent[place].owed = isLeft ? draft : nil
            state.recent[place].isIRCs = !isLeft
            return !isLeft
        }
    }
}
