import Synchronization

@testable import Host

/// A database whose reads a test counts, and which takes no rows for as long as the test wants.
final class SteeredDatabase: Database {
    private struct State {
        var takesRows = true
        var reads = 0
        var refusals = 0
    }

    private let wrapped: any Database
    private let state = Mutex(State())

    init(_ wrapped: any Database) {
        self.wrapped = wrapped
    }

    /// Whether it works.
    var takesRows: Bool {
        get { state.withLock { $0.takesRows } }
        set { state.withLock { $0.takesRows = newValue } }
    }

    /// How often it was asked for rows.
    var reads: Int { state.withLock { $0.reads } }
    /// How often it took none.
    var refusals: Int { state.withLock { $0.refusals } }

    func transaction<T: Sendable>(
        in scope: TenantScope,
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T {
        try admit()
        return try await wrapped.transaction(in: scope, body)
    }

    func read<T: Sendable>(
        in scope: TenantScope,
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T {
        state.withLock { $0.reads += 1 }
        return try await wrapped.read(in: scope, body)
    }

    func hostTransaction<T: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> T) async throws -> T {
        try admit()
        return try await wrapped.hostTransaction(body)
    }

    func hostRead<T: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> T) async throws -> T {
        state.withLock { $0.reads += 1 }
        return try await wrapped.hostRead(body)
    }

    private func admit() throws {
        try state.withLock { state in
            guard !state.takesRows else { return }
            state.refusals += 1
            throw StorageError.unavailable("the test wants it so")
        }
    }
}
