import Synchronization

/// How many sessions with a platform are begun at once, where each asks for many things before it stands.
///
/// After a start of the host all streamers' sessions begin in one moment. Were all let through, each would wait for the
/// others' answers, longer than a platform waits for its first question, and all would begin anew for ever. The others
/// wait here before they have opened anything, first come, first served.
final class SessionStarts: Sendable {
    private typealias Waiter = (id: Int, turn: CheckedContinuation<Bool, Never>)

    private struct State: Sendable {
        /// How many more may begin.
        var free: Int
        var waiting: [Waiter] = []
        var waiters = 0
    }

    private let state: Mutex<State>

    /// How many wait for their turn; of use in tests alone.
    var waiting: Int { state.withLock { $0.waiting.count } }

    init(atOnce limit: Int) {
        precondition(limit > 0, "nobody would ever begin")
        state = Mutex(State(free: limit))
    }

    /// Runs what begins a session once it has its turn, which ends with it, however that is.
    ///
    /// - Parameters:
    ///   - waits: told once where there is no place yet, before anybody can see who waits; it must not come back here.
    ///   - begin: what begins the session.
    /// - Returns: what that gives.
    /// - Throws: `CancellationError` where the task is cancelled before its turn comes; else what the body throws.
    func turn<Start: Sendable>(
        waits: @Sendable () -> Void = {},
        _ begin: () async throws -> Start
    ) async throws -> Start {
        guard await wait(waits) else { throw CancellationError() }
        defer { pass() }
        return try await begin()
    }

    /// - Returns: whether the turn has come; the task may have been cancelled before.
    private func wait(_ waits: @Sendable () -> Void) async -> Bool {
        let id = state.withLock { state in
            state.waiters += 1
            return state.waiters
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                let answer: Bool? = state.withLock { state in
                    // Looked at here: from now on the handler finds who waits.
                    if Task.isCancelled { return false }
                    guard state.free == 0 else {
                        state.free -= 1
                        return true
                    }
                    waits()
                    state.waiting.append((id, turn))
                    return nil
                }
                if let answer { turn.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
            }
            waiter?.turn.resume(returning: false)
        }
    }

    private func pass() {
        let next: Waiter? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.turn.resume(returning: true)
    }
}
