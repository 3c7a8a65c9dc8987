import WidgetAPI

/// Where a streamer's stream on one platform stands; what the platform tells moves it on (SA8, C28).
///
/// Its states are those that a platform's word can tell apart: nothing known, on air, over. "Ready", "error" and an
/// input that falls silent are a media server's, and no video comes to this host.
///
/// What is told may be told twice, late, or not at all, so the moments decide:
/// - A broadcast that began no later than the last one that is known is known, too.
/// - An end before the beginning of the broadcast that goes on was an earlier one's. Of two ends the first counts, and
///   the end of what nobody saw begin is nothing.
/// - An end that is told after the next session has begun is still that of the session before, if it lies between the
///   two beginnings and that session has none. At most five minutes before the next one, it was a drop: they are one.
/// - What is told again, under another id, leaves no second row (``knows(_:)``), unless a beginning is told again after
///   its end: the session ignores it. What a platform answers when it is asked becomes a notice where it says something
///   else (``correction(by:askedAt:)``).
/// - Twitch names no moment of an end but that of its message. One that names a moment after the next beginning, and is
///   told after it, cannot be told from the end of what began there, and is taken for it.
/// - A beginning at most five minutes from the end of the last broadcast goes on with its session. A later one begins
///   another session, and an earlier one is over: its end is what has been told.
/// - On air, a beginning at most five minutes after the last one goes on with the session, for no gap can have been
///   longer. After a later one the end of the session has been missed, and another one begins.
struct StreamState: Sendable, Equatable {
    enum Phase: Sendable, Equatable {
        /// No session is known.
        case unknown
        /// On air, in a broadcast that began then.
        case live(since: Timestamp)
        /// Off air, after a broadcast from then to then; it may come back.
        case over(from: Timestamp, until: Timestamp)
    }

    /// What becomes of the streamer's sessions there.
    enum Change: Sendable, Equatable {
        /// A session begins; one that still goes on is over, nobody knows since when.
        case begin(at: Timestamp)
        /// The last session goes on with another broadcast.
        case resume(at: Timestamp)
        /// The last session is over.
        case end(at: Timestamp)
        /// The session before the last one was over then, as is told only now.
        case endPrevious(at: Timestamp)
        /// The last session goes on with the one before, which had only dropped.
        case joinPrevious
    }

    /// A stream that comes back within five minutes has only dropped (C28).
    static let dropMilliseconds: Int64 = 300_000

    private(set) var phase: Phase
    /// Where the end of the session before lies, if nobody has told it: after its last beginning, before the next one.
    private(set) var missingEnd: Range<Timestamp>?

    /// Takes what the platform tells.
    ///
    /// - Returns: what follows, or `nil` for what is known already or comes too late.
    mutating func hear(_ notice: StreamNotice) -> Change? {
        switch notice {
        case .online(let moment): begin(at: moment)
        case .offline(let moment): end(at: moment)
        }
    }

    private mutating func begin(at moment: Timestamp) -> Change? {
        let change: Change
        switch phase {
        case .unknown: change = .begin(at: moment)
        case .live(let began):
            guard moment > began else { return nil }
            if Self.isDrop(from: began, to: moment) {
                change = .resume(at: moment)
            } else {
                change = .begin(at: moment)
                missingEnd = began..<moment
            }
        case .over(let began, let ended):
            guard moment > began else { return nil }
            if Self.isDrop(from: ended, to: moment) {
                change = .resume(at: moment)
            } else {
                guard moment > ended else { return nil }
                change = .begin(at: moment)
                missingEnd = nil
            }
        }
        phase = .live(since: moment)
        return change
    }

    private mutating func end(at moment: Timestamp) -> Change? {
        if let span = missingEnd, span.contains(moment) {
            missingEnd = nil
            return Self.isDrop(from: moment, to: span.upperBound) ? .joinPrevious : .endPrevious(at: moment)
        }
        guard case .live(let began) = phase, moment >= began else { return nil }
        phase = .over(from: began, until: moment)
        return .end(at: moment)
    }

    /// A platform may tell of an end later than the stream has come back, so either may be the earlier moment.
    static func isDrop(from one: Timestamp, to other: Timestamp) -> Bool {
        abs(other.milliseconds - one.milliseconds) <= dropMilliseconds
    }
}

/// What a platform tells of a stream, with the moment that it names.
enum StreamNotice: Sendable, Equatable {
    case online(since: Timestamp)
    case offline(since: Timestamp)

    /// What a row of the log says about its platform's stream, or `nil` for all other rows and for tests.
    ///
    /// Nothing begins or ends later than it is told: a moment in the future is taken as the row's own.
    init?(_ event: Event) {
        guard event.type == .streamOnline || event.type == .streamOffline, !event.isTest else { return nil }
        let isOnline = event.type == .streamOnline
        let told = event.payload[isOnline ? "startedAt" : "endedAt"]?.stringValue.flatMap(Timestamp.init(rfc3339:))
        let moment = min(told ?? event.occurredAt, event.receivedAt)
        self = isOnline ? .online(since: moment) : .offline(since: moment)
    }
}
