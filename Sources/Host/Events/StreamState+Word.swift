import WidgetAPI

/// What a platform answers when it is asked for a channel's stream.
enum StreamWord: Sendable, Equatable {
    case onAir(since: Timestamp)
    case offAir
}

/// What is told and what is answered, held against what is known.
extension StreamState {
    /// How far two may be apart that tell of the same beginning: one may count whole seconds, the other parts of them.
    static let sameMilliseconds: Int64 = 3_000

    /// Whether a notice says what has been said already, under whichever id.
    ///
    /// A broadcast is known by its beginning, and is over once. So what a platform tells by itself, after it was asked,
    /// is no second event.
    func knows(_ notice: StreamNotice) -> Bool {
        switch (notice, phase) {
        case (.online(let moment), .live(let began)): Self.isSame(moment, began)
        case (.offline(let moment), .over(let began, let ended)):
            missingEnd?.contains(moment) != true && moment >= began
                && moment.milliseconds - ended.milliseconds <= Self.dropMilliseconds
        case (.online, .unknown), (.online, .over), (.offline, .unknown), (.offline, .live): false
        }
    }

    /// What the log lacks to say what the platform answers, which was asked at that moment; `nil` where it agrees.
    ///
    /// A platform's list is some minutes late now and then, while its events are not. So within five minutes of a
    /// beginning it is not believed that nothing is on air, nor within five minutes of an end that the same broadcast
    /// is. An end that the list still denies after that was none, whoever told it: the stream is on air since then.
    func correction(by word: StreamWord, askedAt moment: Timestamp) -> StreamNotice? {
        switch (word, phase) {
        case (.onAir(let since), .unknown):
            return .online(since: since)
        case (.onAir(let since), .live(let began)):
            // One that began a moment later goes on with the session, as a drop would.
            return since > began && !Self.isDrop(from: began, to: since) ? .online(since: since) : nil
        case (.onAir(let since), .over(let began, let ended)):
            let isBack = Self.isDrop(from: ended, to: since) && since > began && !Self.isSame(since, began)
            if since > ended || isBack { return .online(since: since) }
            // Later than its beginning, or it would be the one that is known.
            let resumed = max(ended, began.advanced(byMilliseconds: 1))
            return Self.isSettled(ended, at: moment) ? .online(since: resumed) : nil
        case (.offAir, .live(let began)):
            return Self.isSettled(began, at: moment) ? .offline(since: moment) : nil
        case (.offAir, .unknown), (.offAir, .over):
            return nil
        }
    }

    private static func isSame(_ one: Timestamp, _ other: Timestamp) -> Bool {
        abs(one.milliseconds - other.milliseconds) <= sameMilliseconds
    }

    /// Whether a list that was asked for at that moment knows of what happened then.
    private static func isSettled(_ change: Timestamp, at moment: Timestamp) -> Bool {
        moment.milliseconds - change.milliseconds > dropMilliseconds
    }
}
