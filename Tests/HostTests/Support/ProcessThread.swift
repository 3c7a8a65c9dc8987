import Dispatch
import Testing

/// A thread for tests that block: waiting for sockets and processes, they would keep the shared threads from others.
///
/// There is one, so that suites with processes also take turns and do not compete for the machine.
final class ProcessThread: TaskExecutor {
    static let shared = ProcessThread()

    private let queue = DispatchQueue(label: "tests with processes")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs the tests of a suite there.
    struct Turn: SuiteTrait, TestScoping {
        func provideScope(
            for test: Test,
            testCase: Test.Case?,
            performing function: @Sendable () async throws -> Void
        ) async throws {
            try await withTaskExecutorPreference(ProcessThread.shared) { try await function() }
        }
    }
}

extension Trait where Self == ProcessThread.Turn {
    /// For suites that start processes and wait for them.
    static var withProcesses: Self { ProcessThread.Turn() }
}
