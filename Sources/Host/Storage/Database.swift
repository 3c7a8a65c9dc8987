/// The one door to what the host keeps.
///
/// Two engines stand behind it in the end: SQLite and PostgreSQL.
///
/// Statements are written in the dialect both share, with `$1`, `$2` … for values. A body is synchronous, so nothing
/// awaits while it holds a lock; it may run again from the start when the engine asks for that.
protocol Database: Sendable {
    /// Reads and writes rows of one tenant in one transaction; all of it happens or none.
    func transaction<T: Sendable>(
        in scope: TenantScope,
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T

    /// Reads rows of one tenant, all from one moment.
    func read<T: Sendable>(
        in scope: TenantScope,
        _ body: @escaping @Sendable (any SQLSession) throws -> T
    ) async throws -> T

    /// Reads and writes rows of many tenants or of none: the log's group commits, the channel directory, sessions.
    func hostTransaction<T: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> T) async throws -> T

    /// Reads rows of many tenants or of none.
    func hostRead<T: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> T) async throws -> T
}

/// A transaction's view of the database; used inside the body it was handed to and nowhere else.
protocol SQLSession {
    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func run(_ statement: String, _ values: [SQLValue]) throws -> Int

    /// The rows a statement gives, in its order.
    func rows(_ statement: String, _ values: [SQLValue]) throws -> [SQLRow]
}

extension SQLSession {
    @discardableResult
    func run(_ statement: String) throws -> Int {
        try run(statement, [])
    }

    /// The first row a statement gives, or `nil`.
    func first(_ statement: String, _ values: [SQLValue]) throws -> SQLRow? {
        try rows(statement, values).first
    }
}

/// A value on its way into or out of the database.
enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)

    static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }

    static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
}

/// One row, its columns in the order in which the statement names them.
struct SQLRow: Sendable {
    let values: [SQLValue]

    /// The text in a column; empty when it holds no text.
    func text(_ column: Int) -> String {
        guard case .text(let text) = values[column] else { return "" }
        return text
    }

    /// The text in a column, or `nil`.
    func optionalText(_ column: Int) -> String? {
        guard case .text(let text) = values[column] else { return nil }
        return text
    }

    /// The whole number in a column; 0 when it holds none.
    func integer(_ column: Int) -> Int64 {
        guard case .integer(let value) = values[column] else { return 0 }
        return value
    }

    func flag(_ column: Int) -> Bool { integer(column) != 0 }
}

/// Why storage did not do what was asked.
enum StorageError: HostFailure, Equatable {
    /// No room, no access, or another process holds it too long; it may work again later.
    case unavailable(String)
    /// The database refused a statement: a fault of ours.
    case refused(String)
    /// The database was written by a newer version of this program.
    case newerSchema(found: Int, known: Int)

    var code: FailureCode {
        switch self {
        case .unavailable: .unavailable
        case .refused, .newerSchema: .internalError
        }
    }

    /// What the engine said; for operators, never for visitors.
    var reason: String {
        switch self {
        case .unavailable(let reason), .refused(let reason): reason
        case .newerSchema(let found, let known): "schema \(found) seen, schema \(known) or older wanted"
        }
    }

    var publicMessage: String {
        switch self {
        case .unavailable: "Storage is not available right now. Nothing was changed; try again."
        case .refused, .newerSchema: "Something went wrong on our side. Nothing was changed."
        }
    }
}
