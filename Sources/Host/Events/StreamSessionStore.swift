import WidgetAPI

/// Sessions of streams as rows: one for each time that a streamer was on air on a platform.
struct StreamSessionStore: Sendable {
    let database: any Database

    /// A broadcast that began so long ago is over, whatever was missed of its end: two days.
    ///
    /// It is a limit of this host's; no platform that we know promises one.
    static let longestMilliseconds: Int64 = 48 * 3_600_000

    /// Does what a new row of the log means for the streamer's sessions, inside of the transaction that adds it.
    static func note(_ event: Event, of tenant: Tenant.ID, sql: any SQLSession) throws {
        guard let notice = StreamNotice(event) else { return }
        let place: [SQLValue] = [.text(tenant.text), .text(event.platform)]
        let known = try known(of: tenant, on: event.platform, sql: sql)
        let (last, previous) = (known.last, known.previous)
        var state = known.state
        let id = SQLValue.integer(last?.integer(0) ?? 0)
        let previousId = SQLValue.integer(previous?.integer(0) ?? 0)
        switch state.hear(notice) {
        case .begin(let moment):
            try sql.run(
                "UPDATE stream_sessions SET is_live = 0 WHERE streamer_id = $1 AND platform = $2 AND is_live = 1",
                place
            )
            try sql.run(
                """
                INSERT INTO stream_sessions (streamer_id, platform, id, started_at, resumed_at, is_live)
                VALUES ($1, $2, $3, $4, $4, 1)
                """,
                place + [.integer(event.seq), .integer(moment.milliseconds)]
            )
        case .resume(let moment):
            try sql.run(
                """
                UPDATE stream_sessions SET resumed_at = $4, ended_at = NULL, is_live = 1
                WHERE streamer_id = $1 AND platform = $2 AND id = $3
                """,
                place + [id, .integer(moment.milliseconds)]
            )
        case .end(let moment):
            try sql.run(
                """
                UPDATE stream_sessions SET ended_at = $4, is_live = 0
                WHERE streamer_id = $1 AND platform = $2 AND id = $3
                """,
                place + [id, .integer(moment.milliseconds)]
            )
        case .endPrevious(let moment):
            try sql.run(
                "UPDATE stream_sessions SET ended_at = $4 WHERE streamer_id = $1 AND platform = $2 AND id = $3",
                place + [previousId, .integer(moment.milliseconds)]
            )
        case .joinPrevious:
            try sql.run(
                "DELETE FROM stream_sessions WHERE streamer_id = $1 AND platform = $2 AND id = $3",
                place + [previousId]
            )
            try sql.run(
                """
                UPDATE stream_sessions SET id = $4, started_at = $5
                WHERE streamer_id = $1 AND platform = $2 AND id = $3
                """,
                place + [id, previousId, .integer(previous?.integer(1) ?? 0)]
            )
        case nil: break
        }
    }

    /// Whether a row would say what has been said already.
    static func knows(_ event: Event, of tenant: Tenant.ID, sql: any SQLSession) throws -> Bool {
        guard let notice = StreamNotice(event) else { return false }
        return try known(of: tenant, on: event.platform, sql: sql).state.knows(notice)
    }

    /// The event that is missing where a platform, asked at that moment, answers something else than the log says.
    static func draft(
        of word: StreamWord,
        in channelId: String,
        on platform: Platform,
        askedAt moment: Timestamp,
        for tenant: Tenant.ID,
        sql: any SQLSession
    ) throws -> EventDraft? {
        let state = try known(of: tenant, on: platform.rawValue, sql: sql).state
        var draft = EventDraft(
            id: Event.ID(UUIDv7.make(at: moment)),
            type: .streamOffline,
            platform: platform,
            channelId: channelId,
            occurredAt: moment,
            payload: .null
        )
        switch state.correction(by: word, askedAt: moment) {
        case .online(let began):
            draft.type = .streamOnline
            draft.occurredAt = began
            draft.payload = ["startedAt": .string(began.iso8601)]
        case .offline(let ended):
            draft.occurredAt = ended
            draft.payload = ["endedAt": .string(ended.iso8601)]
        case nil: return nil
        }
        return draft
    }

    /// A streamer's last two sessions on a platform, and where its stream stands by them.
    private static func known(
        of tenant: Tenant.ID,
        on platform: String,
        sql: any SQLSession
    ) throws -> (last: SQLRow?, previous: SQLRow?, state: StreamState) {
        let sessions = try sql.rows(
            """
            SELECT id, started_at, resumed_at, ended_at, is_live FROM stream_sessions
            WHERE streamer_id = $1 AND platform = $2 ORDER BY id DESC LIMIT 2
            """,
            [.text(tenant.text), .text(platform)]
        )
        let (last, previous) = (sessions.first, sessions.dropFirst().first)
        let state = StreamState(phase: last.map(phase) ?? .unknown, missingEnd: missingEnd(of: previous, before: last))
        return (last, previous, state)
    }

    private static func phase(_ row: SQLRow) -> StreamState.Phase {
        let began = Timestamp(milliseconds: row.integer(2))
        return row.flag(4) ? .live(since: began) : .over(from: began, until: Timestamp(milliseconds: row.integer(3)))
    }

    private static func missingEnd(of previous: SQLRow?, before last: SQLRow?) -> Range<Timestamp>? {
        guard let previous, let last, previous.values[3] == .null else { return nil }
        let (began, next) = (previous.integer(2), last.integer(1))
        guard began < next else { return nil }
        return Timestamp(milliseconds: began)..<Timestamp(milliseconds: next)
    }

    /// Streamers who are on air at that moment, on whichever platform, by what has been told.
    func live(at moment: Timestamp) async throws -> Set<Tenant.ID> {
        let earliest = moment.advanced(byMilliseconds: -Self.longestMilliseconds)
        return try await database.hostRead { sql in
            let rows = try sql.rows(
                "SELECT streamer_id FROM stream_sessions WHERE is_live = 1 AND resumed_at > $1",
                [.integer(earliest.milliseconds)]
            )
            return Set(rows.map { Tenant.ID($0.text(0)) })
        }
    }

    /// Whether that streamer is one of them.
    func isLive(_ tenant: Tenant.ID, at moment: Timestamp) async throws -> Bool {
        let earliest = moment.advanced(byMilliseconds: -Self.longestMilliseconds)
        return try await database.hostRead { sql in
            try sql.first(
                "SELECT 1 FROM stream_sessions WHERE streamer_id = $1 AND is_live = 1 AND resumed_at > $2",
                [.text(tenant.text), .integer(earliest.milliseconds)]
            ) != nil
        }
    }
}
