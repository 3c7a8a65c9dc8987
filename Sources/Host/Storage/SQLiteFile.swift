import GRDB
import Glibc

/// A SQLite file as a thing to be copied, looked at and replaced.
struct SQLiteFile: Sendable {
    /// What lies beside a database while it is in use, or after a crash, and belongs to it.
    static let companions = ["-wal", "-shm", "-journal"]

    let path: String

    /// Writes what the database holds at one moment into a new file, while others read and write it.
    ///
    /// Rows that were deleted are not in the copy, not even in pages that have not been used again.
    func copy(to target: String) throws {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [target]) }
        } catch let error as DatabaseError {
            throw SQLiteDatabase.translate(error)
        }
    }

    /// The newest schema step that the file has; `nil` when it is no database of ours.
    func schema() throws -> Int? {
        try look { sql in
            guard try sql.tableExists("schema_migrations") else { return nil }
            return try Int.fetchOne(sql, sql: "SELECT max(version) FROM schema_migrations")
        }
    }

    /// The short ids of the secret keys that open what the database has sealed; none before anything was.
    func secretKeyIds() throws -> [String] {
        try look { sql in
            guard try sql.tableExists("data_keys") else { return [] }
            return try String.fetchAll(sql, sql: "SELECT secret_key_id FROM data_keys WHERE is_leaving = 0")
        }
    }

    /// What is wrong with the file, in a few words; `nil` when nothing is.
    func fault() throws -> String? {
        try look { sql in
            let found = try String.fetchOne(sql, sql: "PRAGMA integrity_check(1)") ?? "it says nothing"
            if found != "ok" { return "its database is damaged: \(found.split(separator: "\n").first ?? "")" }
            if let row = try Row.fetchOne(sql, sql: "PRAGMA foreign_key_check") {
                let (table, parent) = (row[0] as String? ?? "?", row[2] as String? ?? "?")
                return "its database is damaged: a row of \(table) belongs to none of \(parent)"
            }
            return nil
        }
    }

    /// Does something while no other process has the database open; it is alone in one file then.
    ///
    /// - Throws: `StorageError.unavailable` when another process has it open. A file that is missing or damaged keeps
    ///   nobody from replacing it.
    func whileAlone(_ body: () throws -> Void) throws {
        // Opening what is not there would make it.
        guard FileStatus(at: path, followingLinks: true) != nil else { return try body() }
        let queue: DatabaseQueue
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(2)
            // The transaction stays open while files change their names.
            configuration.allowsUnsafeTransactions = true
            queue = try DatabaseQueue(path: path, configuration: configuration)
            // Leaving WAL takes everybody else's going, and ends with all rows in the one file.
            try queue.writeWithoutTransaction { sql in
                _ = try String.fetchOne(sql, sql: "PRAGMA journal_mode = DELETE")
                try sql.execute(sql: "BEGIN EXCLUSIVE")
            }
        } catch let error as DatabaseError {
            guard [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) else { return try body() }
            throw StorageError.unavailable("another process has it open")
        }
        try body()
        // The file may be another one by now; all that is left to do is to let go of the old one.
        try? queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try? queue.close()
    }

    private func look<T>(_ body: (GRDB.Database) throws -> T) throws -> T {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            // Another process may be opening it, or putting it in order after a crash.
            configuration.busyMode = .timeout(5)
            return try DatabaseQueue(path: path, configuration: configuration).read(body)
        } catch let error as DatabaseError {
            throw SQLiteDatabase.translate(error)
        }
    }
}
