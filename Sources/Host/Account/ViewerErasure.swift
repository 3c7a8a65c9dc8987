import WidgetAPI

/// Takes a viewer's name and words out of a streamer's log and off the screen; sums stay (GDPR article 17).
///
/// The log is searched beforehand and rewritten in one transaction with what widgets remember, so after a crash either
/// everything has been done or nothing. Widgets that were at work meanwhile begin again from there: what they would
/// still save is older than the erasure and is refused.
struct ViewerErasure: Sendable {
    private static let pageSize = 50

    let database: any Database
    let events: EventStore
    let log: EventLog
    let runtimes: TenantRuntimes
    let sockets: SessionSockets
    let now: @Sendable () -> Timestamp

    /// Erases a viewer of that platform.
    ///
    /// - Returns: how many rows of the log have changed, that of the erasure itself aside.
    func erase(_ userId: String, on platform: Platform, in scope: TenantScope) async throws -> Int {
        let own = try await clear(userId, on: platform, in: scope)
        let tenant = scope.tenant
        let seen = try await find(ErasedViewer(userId: userId), on: platform, in: scope)
        let (changed, tokenHashes) = try await database.transaction(in: scope) { sql in
            var (viewer, places) = (seen.viewer, seen.places)
            let late = try EventStore.events(after: seen.last, of: tenant, sql: sql)
            for event in late where event.platform == platform.rawValue { viewer.learn(event) }
            places += late.map(\.seq)
            var changed = 0
            for place in places {
                guard let event = try EventStore.event(at: place, of: tenant, sql: sql) else { continue }
                let payload = viewer.erased(event.payload)
                guard payload != event.payload else { continue }
                let rows = try sql.run(
                    "UPDATE events SET payload = $3 WHERE streamer_id = $1 AND seq = $2",
                    [.text(tenant.text), .integer(place), .text(payload.text)]
                )
                if place != own { changed += rows }
            }
            try CheckpointStore.rewrite(of: tenant, sql: sql) { viewer.erased(fromState: $0) }
            let hashes = try sql.rows("SELECT token_hash FROM sessions WHERE streamer_id = $1", [.text(tenant.text)])
            return (changed, hashes.map { $0.text(0) })
        }
        await runtimes.dismiss(scope, comingBack: true)
        // Dashboards show the log as it came.
        for hash in tokenHashes { sockets.end(hash) }
        return changed
    }

    /// A moderator would do the same: what is on screen goes at once, and a replay takes it away again.
    ///
    /// - Returns: the place of the row that says so.
    private func clear(_ userId: String, on platform: Platform, in scope: TenantScope) async throws -> Int64? {
        let moment = now()
        let draft = EventDraft(
            id: Event.ID(UUIDv7.make(at: moment)),
            type: .chatClear,
            platform: platform,
            occurredAt: moment,
            payload: ChatClearing(userId: userId).json
        )
        return try await log.append([draft], in: scope).first?.seq
    }

    /// Who they are by the log's word, and the rows that name them: others name them too, in answers and mentions.
    private func find(
        _ viewer: ErasedViewer,
        on platform: Platform,
        in scope: TenantScope
    ) async throws -> (viewer: ErasedViewer, places: [Int64], last: Int64) {
        var viewer = viewer
        var last: Int64 = 0
        try await walk(in: scope) { event in
            if event.platform == platform.rawValue { viewer.learn(event) }
            last = event.seq
        }
        var places: [Int64] = []
        try await walk(in: scope) { event in
            if event.platform == platform.rawValue, viewer.erased(event.payload) != event.payload {
                places.append(event.seq)
            }
        }
        return (viewer, places.filter { $0 <= last }, last)
    }

    private func walk(in scope: TenantScope, _ visit: (Event) -> Void) async throws {
        var place: Int64 = 0
        while true {
            let page = try await events.events(after: place, limit: Self.pageSize, in: scope)
            page.forEach(visit)
            guard page.count == Self.pageSize, let last = page.last else { return }
            place = last.seq
        }
    }
}
