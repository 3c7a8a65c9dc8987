/// Any database, its writes timed and its failures counted.
struct MeasuredDatabase: Database {
    let wrapped: any Database
    let counters: HostCounters

    func transaction<T: Sendable>(
        in scope: TenantScope,
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T {
        try await timed { try await wrapped.transaction(in: scope, body) }
    }

    func read<T: Sendable>(
        in scope: TenantScope,
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T {
        try await wrapped.read(in: scope, body)
    }

    func hostTransaction<T: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T {
        try await timed { try await wrapped.hostTransaction(body) }
    }

    func hostRead<T: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> T) async throws -> T {
        try await wrapped.hostRead(body)
    }

    /// A refused wish is no failure of storage: only what the engine says counts.
    private func timed<T>(_ body: () async throws -> T) async throws -> T {
        let begun = ContinuousClock.now
        do {
            let result = try await body()
            counters.writeSeconds.record(.now - begun)
            return result
        } catch let error as StorageError {
            counters.writeSeconds.record(.now - begun)
            counters.writeFailures.add()
            throw error
        }
    }
}
