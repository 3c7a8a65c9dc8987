/// Why a question to a cell has no answer.
package enum CellFailure: Error, Equatable, CustomStringConvertible {
    /// It took longer than the host waits; the cell was killed.
    case tooSlow(milliseconds: Int64)
    /// It said something that no honest cell says; the cell was killed.
    case violation(String)
    /// Its process has ended.
    case ended(CellEnding)
    /// The host has closed it.
    case closed
    /// The question is longer than a cell takes.
    case tooLong(bytes: Int)
    /// No cell could be started.
    case notStarted(String)

    package var description: String {
        switch self {
        case .tooSlow(let milliseconds): "no answer within \(milliseconds) ms"
        case .violation(let what): "the cell sent \(what)"
        case .ended(let ending): "the cell has ended: \(ending)"
        case .closed: "the cell is not needed any more"
        case .tooLong(let bytes): "a question of \(bytes) bytes, at most \(CellFrame.outgoingLimit) wanted"
        case .notStarted(let reason): "no cell could be started: \(reason)"
        }
    }
}
