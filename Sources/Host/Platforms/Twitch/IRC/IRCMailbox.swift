import Synchronization

/// What a connection has heard of one channel and the channel's feed has not read yet.
///
/// One feed reads and one connection writes, which waits while much lies here: what nobody reads holds back the sender.
final class IRCMailbox: Sendable {
    /// How far the channel has come, in order.
    enum Stage: Comparable {
        /// The connection has not logged in yet.
        case outside
        /// The channel may be joined.
        case open
        /// Its lines come.
        case joined
    }

    enum Word: Sendable {
        /// The channel has come so far; each stage is told of once.
        case reached(Stage)
        /// Lines of the channel's, in order; never none.
        case lines([IRCLine])
        /// The channel has to be read over another connection, one of its own where it says so.
        case mustMove(alone: Bool)
        /// Nothing comes any more.
        case ended(any Error)
    }

    /// Lines that lie here before the connection waits, and with it all whom it serves: a busy chat's for as long as a
    /// feed waits for storage that is back again (``EventLog/keep(_:in:_:)``).
    static let limit = 4096

    private struct State {
        var stage = Stage.outside
        /// What is to be read before the lines.
        var words: [Word] = []
        var lines: [IRCLine] = []
        var ending: (any Error)?
        var reader: CheckedContinuation<Word, Never>?
        var writer: CheckedContinuation<Void, Never>?

        var isFull: Bool { ending == nil && lines.count > IRCMailbox.limit }

        mutating func next() -> Word? {
            if !words.isEmpty { return words.removeFirst() }
            guard lines.isEmpty else {
                defer { lines = [] }
                return .lines(lines)
            }
            return ending.map(Word.ended)
        }
    }

    private let state = Mutex(State())

    // MARK: For the feed

    /// Whether more may come.
    var isOpen: Bool { state.withLock { $0.ending == nil } }

    /// The next word; the end again and again once it has come.
    ///
    /// Who is cancelled hears of the end by a `CancellationError`.
    func next() async -> Word {
        await withTaskCancellationHandler {
            await withCheckedContinuation { reader in change { $0.reader = reader } }
        } onCancel: {
            end(CancellationError())
        }
    }

    /// Ends it where it has not come further than that.
    ///
    /// - Returns: whether it has.
    @discardableResult
    func expire(at stage: Stage, _ reason: any Error) -> Bool {
        var isOver = false
        change { state in
            guard state.stage == stage, state.ending == nil else { return }
            state.ending = reason
            isOver = true
        }
        return isOver
    }

    // MARK: For the connection

    /// The channel has come further.
    func reach(_ stage: Stage) {
        change { state in
            guard stage > state.stage, state.ending == nil else { return }
            state.stage = stage
            state.words.append(.reached(stage))
        }
    }

    /// The channel has to be read over another connection; what comes over this one is read all the same.
    func move(alone: Bool) {
        change { state in
            guard state.ending == nil else { return }
            state.words.append(.mustMove(alone: alone))
        }
    }

    /// Puts lines into it; those that came before the channel was joined, or after the end, are nobody's.
    func put(_ lines: [IRCLine]) {
        change { state in
            guard state.stage == .joined, state.ending == nil else { return }
            // Most often there are none.
            if state.lines.isEmpty { state.lines = lines } else { state.lines += lines }
        }
    }

    /// Ends it.
    ///
    /// What lies here can still be read. Of two reasons the first one counts.
    func end(_ reason: any Error) {
        change { $0.ending = $0.ending ?? reason }
    }

    /// Waits while too much lies here.
    func drained() async {
        guard state.withLock({ $0.isFull }) else { return }
        await withCheckedContinuation { writer in change { $0.writer = writer } }
    }

    /// Changes it and wakes whoever waits for that, outside the lock: who is cancelled takes it while they are held.
    private func change(_ change: (inout State) -> Void) {
        let (reader, word, writer) = state.withLock { state in
            change(&state)
            let word = state.reader == nil ? nil : state.next()
            let reader = word == nil ? nil : state.reader
            let writer = state.isFull ? nil : state.writer
            if reader != nil { state.reader = nil }
            if writer != nil { state.writer = nil }
            return (reader, word, writer)
        }
        if let word { reader?.resume(returning: word) }
        writer?.resume()
    }
}
