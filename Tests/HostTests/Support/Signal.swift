import Synchronization

/// What one task tells another.
final class Signal: Sendable {
    private let given = Mutex(0)

    /// How often it was given.
    var count: Int { given.withLock { $0 } }
    var isGiven: Bool { count > 0 }

    func give() { given.withLock { $0 += 1 } }
}
