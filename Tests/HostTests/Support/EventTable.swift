import Foundation

/// A host's database seen from outside, by SQLite's own program.
struct EventTable {
    let path: String

    init(of server: ServerProcess) {
        path = server.dataDirectory + "/streamvibes.sqlite"
    }

    /// The rows a query gives, their columns separated by `|`.
    func rows(_ query: String) throws -> [String] {
        let output = try run(["-readonly", path, query])
        return output.split(separator: "\n").map(String.init)
    }

    /// The ids of all events of these types, in the order of the log.
    func ids(ofTypes types: String...) throws -> [String] {
        let list = types.map { "'\($0)'" }.joined(separator: ",")
        return try rows("SELECT source_id FROM events WHERE type IN (\(list)) ORDER BY seq")
    }

    func count(ofType type: String) throws -> Int {
        try number("SELECT count(*) FROM events WHERE type = '\(type)'")
    }

    func number(_ query: String) throws -> Int {
        try rows(query).first.flatMap { Int($0) } ?? 0
    }

    /// Whether the places of one streamer's log follow each other from 1 to what its counter says.
    func hasNoGap() throws -> Bool {
        let facts = try rows(
            "SELECT count(*), min(seq), max(seq), (SELECT last_seq FROM streamers) FROM events"
        )
        guard let numbers = facts.first?.split(separator: "|").compactMap({ Int($0) }), numbers.count == 4 else {
            return false
        }
        return numbers[1] == 1 && numbers[0] == numbers[2] && numbers[2] == numbers[3]
    }

    /// Changes rows while no server runs, as only a test may.
    func change(_ statement: String) throws {
        _ = try run([path, statement])
    }

    /// Gives widgets of a type settings as if they had been placed with them; no server may run.
    func configure(_ type: String, _ config: String) throws {
        try change("UPDATE widgets SET config = '\(config)', placed_config = '\(config)' WHERE type = '\(type)'")
    }

    private func run(_ arguments: [String]) throws -> String {
        let result = try CommandResult.run(
            ["-batch", "-cmd", ".timeout 30000"] + arguments,
            environment: ServerProcess.environment,
            executable: "/usr/bin/sqlite3"
        )
        guard result.status == 0 else { throw Socket.Failure(description: "sqlite3: \(result.errors)") }
        return result.output
    }
}
