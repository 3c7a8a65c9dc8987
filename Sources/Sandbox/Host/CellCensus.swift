import Synchronization

/// How many cells this process has had, and how they ended.
///
/// One process is one host; nothing is decided by it.
package enum CellCensus {
    /// Why a cell is no more.
    package enum End: String, CaseIterable, Sendable {
        /// Nobody needed it.
        case closed
        /// It took longer than the host waits.
        case slow
        /// It said what no honest cell says, or more than the host keeps.
        case refused
        /// Its process ended by itself, or somebody ended it.
        case died
    }

    private static let births = Atomic<UInt64>(0)
    private static let closed = Atomic<UInt64>(0)
    private static let slow = Atomic<UInt64>(0)
    private static let refused = Atomic<UInt64>(0)
    private static let died = Atomic<UInt64>(0)

    package static var started: UInt64 { births.load(ordering: .relaxed) }

    package static func ended(_ end: End) -> UInt64 {
        switch end {
        case .closed: closed.load(ordering: .relaxed)
        case .slow: slow.load(ordering: .relaxed)
        case .refused: refused.load(ordering: .relaxed)
        case .died: died.load(ordering: .relaxed)
        }
    }

    static func born() {
        births.add(1, ordering: .relaxed)
    }

    static func buried(_ failure: CellFailure) {
        switch failure {
        case .closed: closed.add(1, ordering: .relaxed)
        case .tooSlow: slow.add(1, ordering: .relaxed)
        case .violation, .refused, .tooLong: refused.add(1, ordering: .relaxed)
        case .ended, .notReached, .notStarted: died.add(1, ordering: .relaxed)
        }
    }
}
