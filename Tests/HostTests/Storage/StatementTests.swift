import Testing

@testable import Host

/// What holds for every statement, whoever adds one.
@Suite struct StatementTests {
    /// Statements that read a whole tenant's table, each for a reason; no visitor's request runs one.
    private static let scans = [
        StatementException(
            beginning: "SELECT platform, channel, platform_user_id, streamer_id, connected_at FROM channels ORDER BY",
            reason: "`channel list` and the addresses that `serve` prints are about all channels"
        ),
        StatementException(
            beginning: "SELECT id FROM files",
            reason: "what lies in the folder and belongs to nobody is removed when the host starts"
        ),
        StatementException(
            beginning: "SELECT streamer_id, platform, access_token FROM connections",
            reason: "rotate-keys seals every token anew"
        ),
        StatementException(
            beginning: "SELECT streamer_id, platform, refresh_token FROM connections",
            reason: "rotate-keys seals every token anew"
        ),
        StatementException(
            beginning: "SELECT streamer_id, key_hash, sealed_key FROM overlay_keys",
            reason: "rotate-keys seals every overlay key anew"
        ),
        StatementException(
            beginning: "SELECT streamer_id, id, sealed_key FROM tip_sources",
            reason: "rotate-keys seals every tip source's key anew"
        ),
        StatementException(
            beginning: "SELECT streamer_id, id, sealed_secret FROM tip_sources",
            reason: "rotate-keys seals every tip source's secret anew"
        ),
    ]

    /// Statements on a tenant's table that name no streamer, each for a reason.
    private static let unnamed = [
        StatementException(
            beginning: "SELECT id FROM streamers WHERE ending = 1",
            reason: "accounts whose deletion was cut are finished when the host starts"
        ),
        StatementException(
            beginning: "DELETE FROM sessions WHERE expires_at <= $1",
            reason: "what is over is over for everybody"
        ),
        StatementException(
            beginning: "DELETE FROM login_states WHERE expires_at <= $1",
            reason: "what is over is over for everybody"
        ),
        StatementException(
            beginning: "UPDATE sessions SET last_used_at = $1, expires_at = $2 WHERE token_hash = $3",
            reason: "the token is the proof, and nobody else has it"
        ),
        StatementException(
            beginning: "UPDATE connections SET validate_at = $1 WHERE platform = $2",
            reason: "a start asks for all tokens again, and nothing of one streamer reaches another"
        ),
        StatementException(
            beginning: "UPDATE channels SET channel = $1 WHERE platform = $2 AND platform_user_id = $3",
            reason: "the streamer's own row; the other one is looked at to know whether the name is free"
        ),
        StatementException(
            beginning: "SELECT id FROM files",
            reason: "what lies in the folder and belongs to nobody is removed when the host starts"
        ),
        StatementException(
            beginning: "SELECT platform_user_id FROM channels WHERE platform = $1",
            reason: "a platform's list is swept of channels that nobody here has; nothing of one reaches another"
        ),
        StatementException(
            beginning: "SELECT 1 FROM connections WHERE platform = $1 AND platform_user_id = $2",
            reason: "whoever has left may have come back as another streamer; whether somebody did is all that is told"
        ),
        StatementException(
            beginning: "DELETE FROM sessions WHERE token_hash = $1",
            reason: "the token is the proof, and nobody else has it"
        ),
    ]

    @Test func `no statement reads a whole table of streamers' rows`() async throws {
        let place = try await LogPlace()
        let census = try await StatementCensus(place)
        try #require(census.statements.count > 30)
        var used: Set<String> = []
        for statement in census.statements {
            let plan = try await Self.plan(of: statement, place)
            // What is not a table's name is an alias of one.
            let others = census.tables.subtracting(census.tenantTables).union(["CONSTANT"])
            let whole = plan.compactMap { $0.wholeMatch(of: /SCAN ([a-z_A-Z0-9]+).*/)?.1 }
                .filter { !others.contains(String($0)) }
            guard !whole.isEmpty else { continue }
            if let exception = Self.scans.first(where: { statement.text.hasPrefix($0.beginning) }) {
                used.insert(exception.beginning)
            } else {
                Issue.record("\(statement.file): \(statement.text)\n\(plan.joined(separator: "\n"))")
            }
        }
        for exception in Self.scans where !used.contains(exception.beginning) {
            Issue.record("no statement needs this exception any more: \(exception.beginning)")
        }
    }

    @Test func `every statement on a streamer's rows names the streamer`() async throws {
        let census = try await StatementCensus(LogPlace())
        var used: Set<String> = []
        for statement in census.statements where !Self.namesStreamer(statement, census.tenantTables) {
            if let exception = Self.unnamed.first(where: { statement.text.hasPrefix($0.beginning) }) {
                used.insert(exception.beginning)
            } else {
                Issue.record("\(statement.file): \(statement.text)")
            }
        }
        for exception in Self.unnamed where !used.contains(exception.beginning) {
            Issue.record("no statement needs this exception any more: \(exception.beginning)")
        }
    }

    @Test(arguments: [
        ("SELECT id FROM layouts WHERE id = $1", false), ("SELECT id FROM layouts WHERE streamer_id = $1", true),
        ("DELETE FROM events WHERE seq = $1", false), ("INSERT INTO themes (id) VALUES ($1)", false),
        ("INSERT INTO themes (id, streamer_id) VALUES ($1, $2)", true), ("SELECT 1 FROM schema_migrations", true),
        ("SELECT 1 FROM events e JOIN layouts l ON l.id = e.type WHERE e.streamer_id = $1", false),
        ("UPDATE streamers SET last_seq = 1", false), ("UPDATE streamers SET last_seq = 1 WHERE id = $1", true),
        ("SELECT count(*) FROM streamers", false),
    ])
    func `a statement that forgets the streamer is seen`(text: String, isFine: Bool) async throws {
        let census = try await StatementCensus(LogPlace())

        let statement = StatementCensus.Statement(file: "", text: text)

        #expect(Self.namesStreamer(statement, census.tenantTables) == isFine)
    }

    @Test func `a statement without an index is seen`() async throws {
        let place = try await LogPlace()

        let plan = try await Self.plan(of: .init(file: "", text: "SELECT 1 FROM events WHERE payload = $1"), place)

        #expect(plan.contains { $0.hasPrefix("SCAN events") })
    }

    @Test func `statements are found however they are written`() {
        let quotes = "\"\"\""
        let text = """
            run("SELECT 1 FROM a", [])
            run(
                \(quotes)
                UPDATE b
                    SET c = $1
                \(quotes)
            )
            print("Selected")
            """

        #expect(Set(StatementCensus.literals(in: text)) == ["SELECT 1 FROM a", "UPDATE b SET c = $1"])
    }

    @Test func `every statement stands in one piece`() async throws {
        for statement in try await StatementCensus(LogPlace()).statements {
            #expect(!statement.text.contains("\\("), "\(statement.file): \(statement.text)")
        }
    }

    /// Each table of a streamer's rows that is named takes one mention of the streamer, too; of the streamers' own
    /// table the id is the streamer.
    private static func namesStreamer(_ statement: StatementCensus.Statement, _ tenantTables: Set<String>) -> Bool {
        let tables = statement.tables.filter(tenantTables.contains)
        let mentions = statement.text.matches(of: /streamer_id/).count
        guard mentions >= tables.filter({ $0 != "streamers" }).count else { return false }
        guard tables.contains("streamers") else { return true }
        return statement.text.firstMatch(of: /[ .]id = |\(id[,)]/) != nil
    }

    private static func plan(
        of statement: StatementCensus.Statement,
        _ place: LogPlace
    ) async throws -> [String] {
        let values = [SQLValue](repeating: .null, count: statement.values)
        return try await place.database.hostRead { sql in
            try sql.rows("EXPLAIN QUERY PLAN " + statement.text, values).map { $0.text(3) }
        }
    }
}
