import GRDB

/// The embedded engine: one file, one writer, many readers (WAL).
final class SQLiteDatabase: Database {
    /// How many pages of 4 KiB the log (`-wal`) holds before they are written back into the file.
    ///
    /// Whoever writes waits for that. After SQLite's thousand pages a busy chat would meet it six times a second, and
    /// of a hundred lines one: docs/decisions/storage.md.
    private static let logPages = 8000

    private let pool: any DatabaseWriter

    /// Opens the file at that path and makes it when it is missing; its folder must exist.
    init(path: String) throws {
        var configuration = Configuration()
        // `channel add` and `migrate` write from processes of their own while a server runs.
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL on its writer after opening; "2xx only after the commit" needs the commit on disk.
            try pool.writeWithoutTransaction { sql in
                try sql.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = \(Self.logPages)")
            }
        } catch let error as DatabaseError {
            throw Self.translate(error)
        }
    }

    func transaction<T: Sendable>(
        in scope: TenantScope,
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T {
        try await hostTransaction(body)
    }

    func read<T: Sendable>(
        in scope: TenantScope,
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T {
        try await hostRead(body)
    }

    func hostTransaction<T: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T {
        do {
            return try await pool.write { try body(SQLiteSession(database: $0)) }
        } catch let error as DatabaseError {
            throw Self.translate(error)
        }
    }

    func hostRead<T: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> T) async throws -> T {
        do {
            return try await pool.read { try body(SQLiteSession(database: $0)) }
        } catch let error as DatabaseError {
            throw Self.translate(error)
        }
    }

    /// What the writer has set for `PRAGMA synchronous`: 2 is FULL.
    func synchronousMode() async throws -> Int {
        try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    static func translate(_ error: DatabaseError) -> StorageError {
        switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_READONLY,
            .SQLITE_PERM, .SQLITE_NOMEM, .SQLITE_CORRUPT, .SQLITE_NOTADB:
            .unavailable(error.message ?? error.resultCode.description)
        default:
            .refused(error.message ?? error.resultCode.description)
        }
    }
}

/// Statements on GRDB's connection, prepared once each.
private struct SQLiteSession: SQLSession {
    let database: GRDB.Database

    func run(_ statement: String, _ values: [SQLValue]) throws -> Int {
        let prepared = try prepare(statement, values)
        try prepared.execute()
        return database.changesCount
    }

    func rows(_ statement: String, _ values: [SQLValue]) throws -> [SQLRow] {
        let cursor = try Row.fetchCursor(prepare(statement, values))
        var rows: [SQLRow] = []
        while let row = try cursor.next() {
            rows.append(SQLRow(values: (0..<row.count).map { Self.value(row[$0]) }))
        }
        return rows
    }

    private func prepare(_ statement: String, _ values: [SQLValue]) throws -> Statement {
        let prepared = try database.cachedStatement(sql: SQLiteDialect.numbered(statement))
        prepared.setUncheckedArguments(StatementArguments(values.map(Self.databaseValue)))
        return prepared
    }

    private static func databaseValue(_ value: SQLValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null, .blob: .null
        case .int64(let number): .integer(number)
        case .double(let number): .integer(Int64(number))
        case .string(let text): .text(text)
        }
    }
}
