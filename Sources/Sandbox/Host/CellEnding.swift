import Glibc

/// How a cell's process has ended (wait(2)).
package enum CellEnding: Equatable, Sendable, CustomStringConvertible {
    case exited(status: CInt)
    case signalled(CInt)
    /// The zygote, which alone could tell, has ended first.
    case unknown

    init(status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exited(status: status >> 8 & 0xFF) : .signalled(signal)
    }

    /// Whether it has tried what no cell may: somebody has got out of Lua.
    package var isAlarm: Bool { self == .signalled(SIGSYS) }

    package var description: String {
        switch self {
        case .exited(0): "it was closed"
        case .exited(70): "it could not be walled in"
        case .exited(71): "it had no memory left"
        case .exited(let status): "exit status \(status)"
        case .signalled(SIGSYS): "a forbidden system call"
        case .signalled(SIGPROF): "a callback used more than 100 ms of the processor"
        case .signalled(SIGKILL): "it was killed"
        case .signalled(let signal): "signal \(signal)"
        case .unknown: "nobody knows how"
        }
    }
}
