import WidgetAPI

/// Rows of some types alone, found by type however rare they are.
extension EventStore {
    /// Where a reading of the log begins, and its direction.
    enum Place {
        /// Rows later than this one, oldest first.
        case after(Int64)
        /// Rows earlier than this one, newest first.
        case before(Int64)
    }

    /// Rows whose type matches one of the patterns, in the order of `place`; at most `limit`.
    func events(
        matching patterns: [EventPattern],
        from place: Place,
        limit: Int,
        in scope: TenantScope
    ) async throws -> [Event] {
        try await database.read(in: scope) { sql in
            let types = try Self.types(of: scope.tenant, sql: sql).filter { type in
                patterns.contains { $0.matches(EventType(type)) }
            }
            let places = try types.flatMap { type in
                try Self.places(of: type, from: place, limit: limit, tenant: scope.tenant, sql: sql)
            }
            let wanted =
                switch place {
                case .after: places.sorted().prefix(limit)
                case .before: places.sorted(by: >).prefix(limit)
                }
            return try wanted.compactMap { try Self.event(at: $0, of: scope.tenant, sql: sql) }
        }
    }

    /// The types that a log has, each found by one step in the index; chat, which has no place there, always.
    private static func types(of tenant: Tenant.ID, sql: any SQLSession) throws -> [String] {
        var types = [EventType.chatMessage.name]
        var last = ""
        while let row = try sql.first(
            """
            SELECT type FROM events WHERE streamer_id = $1 AND type <> 'chat:message' AND type > $2
            ORDER BY type LIMIT 1
            """,
            [.text(tenant.text), .text(last)]
        ) {
            last = row.text(0)
            types.append(last)
        }
        return types
    }

    private static func places(
        of type: String,
        from place: Place,
        limit: Int,
        tenant: Tenant.ID,
        sql: any SQLSession
    ) throws -> [Int64] {
        // Chat is most of a log: whoever walks along it finds lines at once.
        let isChat = type == EventType.chatMessage.name
        let (statement, seq) =
            switch place {
            case .after(let seq): (isChat ? Self.chatAfter : Self.typeAfter, seq)
            case .before(let seq): (isChat ? Self.chatBefore : Self.typeBefore, seq)
            }
        var values: [SQLValue] = [.text(tenant.text), .integer(seq), .integer(Int64(limit))]
        if !isChat { values.append(.text(type)) }
        return try sql.rows(statement, values).map { $0.integer(0) }
    }

    private static let chatAfter = """
        SELECT seq FROM events WHERE streamer_id = $1 AND type = 'chat:message' AND seq > $2 ORDER BY seq LIMIT $3
        """
    private static let chatBefore = """
        SELECT seq FROM events WHERE streamer_id = $1 AND type = 'chat:message' AND seq < $2 ORDER BY seq DESC LIMIT $3
        """
    private static let typeAfter = """
        SELECT seq FROM events WHERE streamer_id = $1 AND type <> 'chat:message' AND seq > $2 AND type = $4
        ORDER BY seq LIMIT $3
        """
    private static let typeBefore = """
        SELECT seq FROM events WHERE streamer_id = $1 AND type <> 'chat:message' AND seq < $2 AND type = $4
        ORDER BY seq DESC LIMIT $3
        """
}
