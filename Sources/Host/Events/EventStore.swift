import WidgetAPI

/// The rows of the log: how they are written and read, nothing about when.
struct EventStore: Sendable {
    let database: any Database

    /// Adds drafts to one tenant's log inside a transaction, leaving out those whose id it has.
    ///
    /// The rows are dated `notBefore`, or as the last row when that is later; what they tell of streams goes into the
    /// streamer's sessions, and what those know already is left out as well. Returns a row for each draft, `nil` for
    /// those that were left out; `nil` in all when there is no such tenant.
    static func append(
        _ drafts: [EventDraft],
        to tenant: Tenant.ID,
        notBefore: Timestamp,
        sql: any SQLSession
    ) throws -> [Event?]? {
        // Writing the row first takes its lock in both engines, so two writers cannot read the same last place.
        let counter = try sql.first(
            "UPDATE streamers SET last_seq = last_seq WHERE id = $1 RETURNING last_seq, last_received_at",
            [.text(tenant.text)]
        )
        guard let counter else { return nil }
        var seq = counter.integer(0)
        let receivedAt = max(notBefore, Timestamp(milliseconds: counter.integer(1)))
        let rows = try drafts.map { draft -> Event? in
            let event = Event(
                id: draft.id,
                seq: seq + 1,
                type: draft.type,
                platform: draft.platform.rawValue,
                channelId: draft.channelId,
                occurredAt: draft.occurredAt,
                receivedAt: receivedAt,
                isTest: draft.isTest,
                payload: draft.payload
            )
            guard try !StreamSessionStore.knows(event, of: tenant, sql: sql),
                try insert(event, of: tenant, sql: sql)
            else { return nil }
            try StreamSessionStore.note(event, of: tenant, sql: sql)
            seq += 1
            return event
        }
        let added = rows.compactMap { $0 }
        guard let last = added.last else { return rows }
        let open = added.last { $0.type == .overlayPresence }.map { $0.payload["open"]?.boolValue ?? false }
        try sql.run(
            """
            UPDATE streamers SET last_seq = $2, last_received_at = $3, overlay_open = coalesce($4, overlay_open)
            WHERE id = $1
            """,
            [
                .text(tenant.text), .integer(last.seq), .integer(last.receivedAt.milliseconds),
                open.map(SQLValue.flag) ?? .null,
            ]
        )
        try countFollows(among: added, of: tenant, sql: sql)
        return rows
    }

    /// Where a platform does not tell its followers, they are counted from the streamer's start value on.
    private static func countFollows(among added: [Event], of tenant: Tenant.ID, sql: any SQLSession) throws {
        var follows: [String: Int64] = [:]
        for event in added where event.type == .follow && !event.isTest { follows[event.platform, default: 0] += 1 }
        for (platform, count) in follows {
            try sql.run(
                """
                UPDATE channels SET follows_since_start = follows_since_start + $1
                WHERE streamer_id = $2 AND platform = $3 AND followers_at_start IS NOT NULL
                """,
                [.integer(count), .text(tenant.text), .text(platform)]
            )
        }
    }

    private static func insert(_ event: Event, of tenant: Tenant.ID, sql: any SQLSession) throws -> Bool {
        try sql.run(
            """
            INSERT INTO events (streamer_id, seq, platform, source_id, type, channel_id, occurred_at, received_at,
                test, payload)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (streamer_id, platform, source_id) DO NOTHING
            """,
            [
                .text(tenant.text), .integer(event.seq), .text(event.platform), .text(event.id.text),
                .text(event.type.name), .optional(event.channelId), .integer(event.occurredAt.milliseconds),
                .integer(event.receivedAt.milliseconds), .flag(event.isTest), .text(event.payload.text),
            ]
        ) == 1
    }

    /// Rows after a place, oldest first.
    func events(after seq: Int64, limit: Int, in scope: TenantScope) async throws -> [Event] {
        try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT source_id, seq, type, platform, channel_id, occurred_at, received_at, test, payload
                FROM events WHERE streamer_id = $1 AND seq > $2 ORDER BY seq LIMIT $3
                """,
                [.text(scope.tenant.text), .integer(seq), .integer(Int64(limit))]
            ).map(Self.event)
        }
    }

    /// Rows before a place, newest first.
    func events(before seq: Int64, limit: Int, in scope: TenantScope) async throws -> [Event] {
        try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT source_id, seq, type, platform, channel_id, occurred_at, received_at, test, payload
                FROM events WHERE streamer_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3
                """,
                [.text(scope.tenant.text), .integer(seq), .integer(Int64(limit))]
            ).map(Self.event)
        }
    }

    /// Rows up to a place that are no chat lines, newest first: they go further back than the last rows of all kinds.
    func eventsBesidesChat(upTo seq: Int64, limit: Int, in scope: TenantScope) async throws -> [Event] {
        try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT source_id, seq, type, platform, channel_id, occurred_at, received_at, test, payload
                FROM events WHERE streamer_id = $1 AND type <> 'chat:message' AND seq <= $2
                ORDER BY seq DESC LIMIT $3
                """,
                [.text(scope.tenant.text), .integer(seq), .integer(Int64(limit))]
            ).map(Self.event)
        }
    }

    /// Rows of one type besides chat after a place, oldest first.
    func events(of type: EventType, after seq: Int64, in scope: TenantScope) async throws -> [Event] {
        try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT source_id, seq, type, platform, channel_id, occurred_at, received_at, test, payload
                FROM events WHERE streamer_id = $1 AND type <> 'chat:message' AND type = $2 AND seq > $3 ORDER BY seq
                """,
                [.text(scope.tenant.text), .text(type.name), .integer(seq)]
            ).map(Self.event)
        }
    }

    /// The place of the first row that the log still has; the one after the last when it has none.
    func oldestPlace(in scope: TenantScope) async throws -> Int64 {
        try await database.read(in: scope) { sql in
            try sql.first(
                """
                SELECT coalesce((SELECT min(seq) FROM events WHERE streamer_id = $1), last_seq + 1)
                FROM streamers WHERE id = $1
                """,
                [.text(scope.tenant.text)]
            )?.integer(0) ?? 1
        }
    }

    /// The rows at these places that the log still has, in the order of the places.
    func events(at places: [Int64], in scope: TenantScope) async throws -> [Event] {
        try await database.read(in: scope) { sql in
            try places.compactMap { place in
                try sql.first(
                    """
                    SELECT source_id, seq, type, platform, channel_id, occurred_at, received_at, test, payload
                    FROM events WHERE streamer_id = $1 AND seq = $2
                    """,
                    [.text(scope.tenant.text), .integer(place)]
                ).map(Self.event)
            }
        }
    }

    /// The place of the last row, its moment, and whether an overlay was open by then; `nil` for an unknown tenant.
    func head(in scope: TenantScope) async throws -> LogHead? {
        try await database.read(in: scope) { sql in
            try sql.first(
                "SELECT last_seq, last_received_at, overlay_open, fence FROM streamers WHERE id = $1",
                [.text(scope.tenant.text)]
            ).map {
                LogHead(
                    seq: $0.integer(0),
                    receivedAt: Timestamp(milliseconds: $0.integer(1)),
                    overlayOpen: $0.flag(2),
                    fence: $0.integer(3)
                )
            }
        }
    }

    /// A row inside of a transaction, or `nil`.
    static func event(at seq: Int64, of tenant: Tenant.ID, sql: any SQLSession) throws -> Event? {
        try sql.first(
            """
            SELECT source_id, seq, type, platform, channel_id, occurred_at, received_at, test, payload
            FROM events WHERE streamer_id = $1 AND seq = $2
            """,
            [.text(tenant.text), .integer(seq)]
        ).map(event)
    }

    /// All rows after a place, inside of a transaction; for the few that came since somebody looked.
    static func events(after seq: Int64, of tenant: Tenant.ID, sql: any SQLSession) throws -> [Event] {
        try sql.rows(
            """
            SELECT source_id, seq, type, platform, channel_id, occurred_at, received_at, test, payload
            FROM events WHERE streamer_id = $1 AND seq > $2 ORDER BY seq
            """,
            [.text(tenant.text), .integer(seq)]
        ).map(event)
    }

    private static func event(_ row: SQLRow) throws -> Event {
        Event(
            id: Event.ID(row.text(0)),
            seq: row.integer(1),
            type: EventType(row.text(2)),
            platform: row.text(3),
            channelId: row.optionalText(4),
            occurredAt: Timestamp(milliseconds: row.integer(5)),
            receivedAt: Timestamp(milliseconds: row.integer(6)),
            isTest: row.flag(7),
            payload: try JSONValue(parsing: row.text(8))
        )
    }
}

/// Where a tenant's log ends.
struct LogHead: Sendable, Equatable {
    let seq: Int64
    let receivedAt: Timestamp
    let overlayOpen: Bool
    /// Grows when what widgets remember is rewritten.
    let fence: Int64
}
