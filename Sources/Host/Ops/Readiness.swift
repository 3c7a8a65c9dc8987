import ServiceLifecycle
import Synchronization

/// Whether the host answers requests now: not before it is ready, and no more once it was asked to stop.
final class Readiness: Sendable {
    private enum State: UInt8, AtomicRepresentable {
        case starting, ready, stopping
    }

    private let state = Atomic<State>(.starting)

    var isReady: Bool { state.load(ordering: .relaxed) == .ready }

    func begin() {
        _ = state.compareExchange(expected: .starting, desired: .ready, ordering: .relaxed)
    }

    func stop() {
        state.store(.stopping, ordering: .relaxed)
    }
}

extension Readiness: Service {
    /// Told first of all services, so that whoever asks hears of the end before it comes.
    func run() async throws {
        try? await gracefulShutdown()
        stop()
    }
}
