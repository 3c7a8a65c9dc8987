import WidgetAPI

/// The rows `stats:counts` of a log: one when a number has changed, none while nothing has.
struct CountStore: Sendable {
    let database: any Database
    let log: EventLog
    let now: @Sendable () -> Timestamp

    /// How long before a number was asked for a row may have come in that is not in it yet: a minute's lag and the ten
    /// seconds that goals take for one moment (docs/decisions/goal-counts.md).
    static let settlingMilliseconds: Int64 = 70_000

    /// What is written down of a row.
    private struct Written {
        let seq: Int64
        let occurredAt: Timestamp
        let receivedAt: Timestamp
        let channelId: String?
        let payload: JSONValue
    }

    /// Writes what a platform says, asked for at that moment, unless the log says it already.
    ///
    /// Followers that a platform does not tell are counted from the streamer's start value on.
    func write(
        _ numbers: AudienceNumbers,
        of channel: Channel,
        askedAt moment: Timestamp,
        in scope: TenantScope
    ) async throws {
        let id = Event.ID(UUIDv7.make(at: now()))
        let look = { @Sendable (sql: any SQLSession) in
            try Self.draft(numbers, of: channel, askedAt: moment, id, scope.tenant, sql: sql)
        }
        // Most looks find nothing new; they shall not wait for the writer.
        guard try await database.read(in: scope, look) != nil else { return }
        try await log.append(in: scope) { sql in try look(sql).map { [$0] } ?? [] }
    }

    /// Writes what is known without asking anybody: the followers counted from the start value on.
    func writeFollowersAtStart(of channel: Channel, in scope: TenantScope) async throws {
        try await write(AudienceNumbers(), of: channel, askedAt: now(), in: scope)
    }

    /// What is known of a streamer's channels, for goals that are being placed: they are given only what comes then.
    ///
    /// The newest numbers with the follows since; subscribers only where nobody has subscribed since.
    static func repeated(for tenant: Tenant.ID, at moment: Timestamp, sql: any SQLSession) throws -> [EventDraft] {
        try Platform.ofChannels.compactMap { platform in
            guard let last = try newest(.counts, on: platform, tenant, sql: sql) else { return nil }
            let follows = try sql.first(
                """
                SELECT count(*) FROM events
                WHERE streamer_id = $1 AND type <> 'chat:message' AND type = 'event:follow' AND seq > $2
                    AND platform = $3 AND test = 0
                """,
                [.text(tenant.text), .integer(last.seq), .text(platform.rawValue)]
            )
            let subscribed = try newest(.subscribe, on: platform, tenant, sql: sql).map { $0.seq > last.seq } ?? false
            var numbers = AudienceNumbers()
            numbers.followers = last.payload["followers"]?.integerValue.map { $0 + (follows?.integer(0) ?? 0) }
            numbers.subscribers = subscribed ? nil : last.payload["subscribers"]?.integerValue
            guard numbers.followers != nil || numbers.subscribers != nil else { return nil }
            // As old as it is: said as if it were new, it would take back what has come since it was asked for.
            let id = Event.ID(UUIDv7.make(at: moment))
            return draft(numbers, on: platform, last.channelId, at: last.occurredAt, id: id)
        }
    }

    private static func draft(
        _ numbers: AudienceNumbers,
        of channel: Channel,
        askedAt moment: Timestamp,
        _ id: Event.ID,
        _ tenant: Tenant.ID,
        sql: any SQLSession
    ) throws -> EventDraft? {
        var numbers = numbers
        if numbers.followers == nil { numbers.followers = try followers(of: channel, tenant, sql: sql) }
        guard numbers.followers != nil || numbers.subscribers != nil,
            try isNews(numbers, on: channel.platform, tenant, sql: sql)
        else { return nil }
        return draft(numbers, on: channel.platform, channel.platformUserId, at: moment, id: id)
    }

    private static func draft(
        _ numbers: AudienceNumbers,
        on platform: Platform,
        _ channelId: String?,
        at moment: Timestamp,
        id: Event.ID
    ) -> EventDraft {
        EventDraft(
            id: id,
            type: .counts,
            platform: platform,
            channelId: channelId,
            occurredAt: moment,
            payload: [
                "followers": numbers.followers.map(JSONValue.integer) ?? .null,
                "subscribers": numbers.subscribers.map(JSONValue.integer) ?? .null,
            ]
        )
    }

    /// The start value and the follows since it was typed in, or `nil` without one.
    private static func followers(of channel: Channel, _ tenant: Tenant.ID, sql: any SQLSession) throws -> Int64? {
        try sql.first(
            """
            SELECT followers_at_start + follows_since_start FROM channels
            WHERE streamer_id = $1 AND platform = $2 AND followers_at_start IS NOT NULL
            """,
            [.text(tenant.text), .text(channel.platform.rawValue)]
        )?.integer(0)
    }

    /// Whether the newest row says something else, may not hold all that had come in, or came before a widget.
    private static func isNews(
        _ numbers: AudienceNumbers,
        on platform: Platform,
        _ tenant: Tenant.ID,
        sql: any SQLSession
    ) throws -> Bool {
        guard let last = try newest(.counts, on: platform, tenant, sql: sql) else { return true }
        if let followers = numbers.followers {
            if last.payload["followers"]?.integerValue != followers { return true }
            if try isUnsettled(.follow, in: last, on: platform, tenant, sql: sql) { return true }
        }
        if let subscribers = numbers.subscribers {
            if last.payload["subscribers"]?.integerValue != subscribers { return true }
            if try isUnsettled(.subscribe, in: last, on: platform, tenant, sql: sql) { return true }
        }
        // A goal knows only what comes after its place.
        let placed = try sql.first(
            "SELECT max(placed_at_seq) FROM widgets WHERE streamer_id = $1",
            [.text(tenant.text)]
        )
        return placed.map { $0.integer(0) >= last.seq } ?? false
    }

    private static func isUnsettled(
        _ type: EventType,
        in last: Written,
        on platform: Platform,
        _ tenant: Tenant.ID,
        sql: any SQLSession
    ) throws -> Bool {
        guard let event = try newest(type, on: platform, tenant, sql: sql) else { return false }
        return last.occurredAt < event.receivedAt.advanced(byMilliseconds: settlingMilliseconds)
    }

    private static func newest(
        _ type: EventType,
        on platform: Platform,
        _ tenant: Tenant.ID,
        sql: any SQLSession
    ) throws -> Written? {
        try sql.first(
            """
            SELECT seq, occurred_at, received_at, channel_id, payload FROM events
            WHERE streamer_id = $1 AND type <> 'chat:message' AND type = $2 AND platform = $3 AND test = 0
            ORDER BY seq DESC LIMIT 1
            """,
            [.text(tenant.text), .text(type.name), .text(platform.rawValue)]
        ).map { row in
            Written(
                seq: row.integer(0),
                occurredAt: Timestamp(milliseconds: row.integer(1)),
                receivedAt: Timestamp(milliseconds: row.integer(2)),
                channelId: row.optionalText(3),
                payload: try JSONValue(parsing: row.text(4))
            )
        }
    }
}
