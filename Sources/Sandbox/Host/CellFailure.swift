import Glibc

/// Why a question to a cell has no answer.
package enum CellFailure: Error, Equatable, CustomStringConvertible {
    /// It took longer than the host waits; the cell was killed.
    case tooSlow(milliseconds: Int64)
    /// It said something that no honest cell says; the cell was killed.
    case violation(String)
    /// It said something beyond a limit; the cell was killed, for the host cannot keep what it holds.
    case refused(String)
    /// Its process has ended.
    case ended(CellEnding)
    /// The host has closed it.
    case closed
    /// It ended before it came to this question.
    case notReached
    /// The question is longer than a cell takes.
    case tooLong(bytes: Int)
    /// No cell could be started.
    case notStarted(String)

    /// Whether the widget that was asked has brought it about, and not somebody who ended a process.
    package var isOfWidget: Bool {
        switch self {
        case .tooSlow, .violation, .refused, .tooLong: true
        case .ended(.signalled(let signal)): signal != SIGKILL && signal != SIGTERM
        case .ended(.exited(let status)): status == 71
        case .ended(.unknown), .closed, .notReached, .notStarted: false
        }
    }

    /// Whether somebody has got out of Lua: whatever comes of that package cannot be trusted.
    package var isAlarm: Bool {
        switch self {
        case .violation: true
        case .ended(let ending): ending.isAlarm
        default: false
        }
    }

    package var description: String {
        switch self {
        case .tooSlow(let milliseconds): "no answer within \(milliseconds) ms"
        case .violation(let what), .refused(let what): "the cell sent \(what)"
        case .ended(let ending): "the cell has ended: \(ending)"
        case .notReached: "the cell has ended before it came to this"
        case .closed: "the cell is not needed any more"
        case .tooLong(let bytes): "a question of \(bytes) bytes, at most \(CellFrame.outgoingLimit) wanted"
        case .notStarted(let reason): "no cell could be started: \(reason)"
        }
    }
}
