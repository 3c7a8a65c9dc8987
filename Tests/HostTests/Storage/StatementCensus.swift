import Foundation
import Testing

@testable import Host

/// Every statement that stands in the host's sources, and the tables of a database that has all migrations.
///
/// Statements are never put together from parts (a tidiness test sees to that), so whatever is run stands somewhere in
/// one piece: this list is complete by itself, and no route or store has to be remembered.
struct StatementCensus {
    struct Statement: Hashable {
        let file: String
        /// On one line, with single spaces.
        let text: String

        /// How many values it wants.
        var values: Int {
            text.matches(of: /\$([0-9]+)/).compactMap { Int($0.1) }.max() ?? 0
        }

        /// The tables it names, each as often as it does.
        var tables: [String] {
            text.matches(of: /(?:FROM|JOIN|UPDATE|INTO) ([a-z_]+)/).map { String($0.1) }
        }
    }

    let statements: [Statement]
    /// Tables whose rows belong to a streamer.
    let tenantTables: Set<String>
    let tables: Set<String>

    init(_ place: LogPlace) async throws {
        statements = try Self.files().flatMap { try Self.statements(in: $0) }
        let columns = try await place.database.hostRead { sql in
            try sql.rows(
                """
                SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
                """,
                []
            ).map { ($0.text(0), $0.text(1)) }
        }
        tables = Set(columns.map(\.0))
        tenantTables = Set(columns.filter { $0.1 == "streamer_id" }.map(\.0) + ["streamers"])
    }

    /// The literals of a Swift text that begin as a statement does.
    static func literals(in text: String) -> [String] {
        var found: [String] = []
        var rest = text
        for match in text.matches(of: /(?s)"""\n(.*?)"""/) { found.append(String(match.1)) }
        rest.replace(/(?s)"""\n.*?"""/, with: "")
        for match in rest.matches(of: /"((?:[^"\\\n]|\\.)*)"/) { found.append(String(match.1)) }
        return found.map { literal in
            literal.replacing("\\\n", with: "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }.filter { $0.firstMatch(of: /^(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\s/) != nil }
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func files() -> [String] {
        let base = root.appendingPathComponent("Sources/Host")
        let paths = FileManager.default.enumerator(atPath: base.path)?.allObjects.compactMap { $0 as? String } ?? []
        // Migrations run once, over all rows there are.
        return paths.filter { $0.hasSuffix(".swift") && !$0.contains("Migration") }.sorted()
    }

    private static func statements(in path: String) throws -> [Statement] {
        let text = try String(contentsOf: root.appendingPathComponent("Sources/Host/\(path)"), encoding: .utf8)
        return literals(in: text).map { Statement(file: path, text: $0) }
    }
}

/// A statement that may do what others may not, and why.
struct StatementException {
    /// How it begins, on one line.
    let beginning: String
    let reason: String
}
