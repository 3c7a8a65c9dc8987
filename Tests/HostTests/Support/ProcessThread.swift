import Dispatch
import Testing

/// A thread for tests that block: waiting for sockets and processes, they would keep the shared threads from others.
///
/// There is one, so that suites with processes also take turns and do not compete for the machine; another one for
/// suites that reckon for minutes; and one for each suite that has to go on while others block.
final class ProcessThread: TaskExecutor {
    fileprivate static let processes = ProcessThread("tests with processes")
    fileprivate static let reckoning = ProcessThread("tests that reckon")

    private let queue: DispatchQueue

    fileprivate init(_ label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs the tests of a suite there.
    struct Turn: SuiteTrait, TestScoping {
        fileprivate let thread: ProcessThread

        func provideScope(
            for test: Test,
            testCase: Test.Case?,
            performing function: @Sendable () async throws -> Void
        ) async throws {
            try await withTaskExecutorPreference(thread) { try await function() }
        }
    }
}

extension Trait where Self == ProcessThread.Turn {
    /// For suites that start processes and wait for them.
    static var withProcesses: Self { ProcessThread.Turn(thread: .processes) }

    /// For suites that reckon for long, or wait for a cell without giving their thread away.
    static var reckoning: Self { ProcessThread.Turn(thread: .reckoning) }

    /// For a suite that others must not keep waiting: who answers no ping for a minute is let go.
    static var ownThread: Self { ProcessThread.Turn(thread: ProcessThread("tests of one suite")) }
}
