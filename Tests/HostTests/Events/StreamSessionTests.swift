import Testing
import WidgetAPI

@testable import Host

/// The history of streams that stands beside the log.
@Suite struct StreamSessionTests {
    /// Some evening, a while before it is told of.
    private static let evening: Int64 = 1_700_000_000_000
    private static let minute: Int64 = 60_000

    @Test func `a stream that drops and comes back within five minutes is one session`() async throws {
        let (place, alice) = try await Self.place()

        try await place.log.append([Self.online("a", 0), Self.offline("b", 60)], in: alice)
        #expect(try await Self.sessions(of: alice, place) == ["twitch 1: 0-60"])
        try await place.log.append([Self.online("c", 65)], in: alice)
        #expect(try await Self.sessions(of: alice, place) == ["twitch 1: 0 (65)-"])
        try await place.log.append([Self.offline("d", 90), Self.online("e", 96)], in: alice)

        #expect(try await Self.sessions(of: alice, place) == ["twitch 1: 0 (65)-90", "twitch 5: 96-"])
    }

    @Test func `a session whose end nobody told has none`() async throws {
        let (place, alice) = try await Self.place()

        try await place.log.append([Self.online("a", 0), Self.online("b", 1440)], in: alice)

        #expect(try await Self.sessions(of: alice, place) == ["twitch 1: 0-?", "twitch 2: 1440-"])
    }

    @Test func `an end that is told after the next beginning ends the session that it belongs to`() async throws {
        let (place, alice) = try await Self.place()

        try await place.log.append([Self.online("a", 0), Self.online("b", 96)], in: alice)
        try await place.log.append([Self.offline("late", 60)], in: alice)
        #expect(try await Self.sessions(of: alice, place) == ["twitch 1: 0-60", "twitch 2: 96-"])
        try await place.log.append([Self.offline("later", 61), Self.offline("c", 120)], in: alice)

        #expect(try await Self.sessions(of: alice, place) == ["twitch 1: 0-60", "twitch 2: 96-120"])
    }

    @Test func `a drop is one session, in whichever order it is told`() async throws {
        let (place, alice) = try await Self.place()
        let told: [[EventDraft]] = [
            [Self.online("a", 0), Self.offline("b", 60), Self.online("c", 65), Self.offline("d", 90)],
            [Self.online("a", 0), Self.online("c", 65), Self.offline("b", 60), Self.offline("d", 90)],
            [Self.online("a", 0), Self.online("c", 65), Self.offline("d", 90), Self.offline("b", 60)],
        ]
        for (index, drafts) in told.enumerated() {
            let streamer = try await place.streamer("streamer\(index)", "1\(index)")

            for draft in drafts { try await place.log.append([draft], in: streamer) }

            #expect(try await Self.sessions(of: streamer, place) == ["twitch 1: 0 (65)-90"])
        }
        #expect(try await Self.sessions(of: alice, place) == [])
    }

    @Test func `a stream that is back stays on air when the end before is told late`() async throws {
        let (place, alice) = try await Self.place()
        let bob = try await place.streamer("bob", "2")
        let store = StreamSessionStore(database: place.database)
        let beginnings = [Self.online("a", 0), Self.online("b", 1440), Self.online("c", 1500)]
        for scope in [alice, bob] { try await place.log.append(beginnings, in: scope) }

        try await place.log.append([Self.offline("late", 1496)], in: alice)

        #expect(try await Self.sessions(of: alice, place) == ["twitch 1: 0-?", "twitch 2: 1440 (1500)-"])
        #expect(try await Self.sessions(of: bob, place) == ["twitch 1: 0-?", "twitch 2: 1440-?", "twitch 3: 1500-"])
        #expect(try await store.live(at: Self.moment(1501)) == [alice.tenant, bob.tenant])
    }

    @Test func `two platforms have sessions of their own, and two streamers have`() async throws {
        let (place, alice) = try await Self.place()
        let bob = try await place.streamer("bob", "2")

        try await place.log.append([Self.online("a", 0), Self.online("a", 2, on: .kick)], in: alice)
        try await place.log.append([Self.online("a", 9)], in: bob)
        try await place.log.append([Self.offline("b", 20, on: .kick)], in: alice)

        #expect(try await Self.sessions(of: alice, place) == ["kick 2: 2-20", "twitch 1: 0-"])
        #expect(try await Self.sessions(of: bob, place) == ["twitch 1: 9-"])
        let live = try await StreamSessionStore(database: place.database).live(at: Self.moment(30))
        #expect(live == [alice.tenant, bob.tenant])
    }

    @Test func `what is delivered twice, and what is a test, is no stream`() async throws {
        let (place, alice) = try await Self.place()
        var test = Self.online("test", 50)
        test.isTest = true

        try await place.log.append([Self.offline("none", 0), test], in: alice)
        #expect(try await Self.sessions(of: alice, place) == [])
        try await place.log.append([Self.online("a", 0), Self.offline("b", 9), Self.online("a", 12)], in: alice)

        #expect(try await Self.sessions(of: alice, place) == ["twitch 3: 0-9"])
    }

    @Test func `a moment that is missing is the event's, and one in the future is the row's`() async throws {
        let (place, alice) = try await Self.place()
        var bare = Self.online("a", 0)
        bare.payload = [:]
        let told = (place.clock - Self.evening) / Self.minute

        try await place.log.append([bare, Self.offline("b", 600_000)], in: alice)

        #expect(try await Self.sessions(of: alice, place) == ["twitch 1: 0-\(told)"])
    }

    @Test func `a row and its session are written together or not at all`() async throws {
        let (place, alice) = try await Self.place()
        let tenant = alice.tenant

        await #expect(throws: Refusal.self) {
            try await place.database.hostTransaction { sql in
                let rows = try EventStore.append([Self.online("a", 0)], to: tenant, notBefore: place.now(), sql: sql)
                #expect(rows?.count == 1)
                throw Refusal()
            }
        }
        #expect(try await place.store.events(after: 0, limit: 1, in: alice).isEmpty)
        #expect(try await Self.sessions(of: alice, place) == [])

        try await place.log.append(in: alice) { _ in [Self.online("a", 0)] }
        #expect(try await Self.sessions(of: alice, place) == ["twitch 1: 0-"])
    }

    private struct Refusal: Error {}

    @Test func `two days after its last beginning a stream counts as over`() async throws {
        let (place, alice) = try await Self.place()
        let store = StreamSessionStore(database: place.database)
        try await place.log.append([Self.online("a", 0), Self.offline("b", 60), Self.online("c", 61)], in: alice)
        let limit = Self.moment(61).advanced(byMilliseconds: 172_800_000)

        for (moment, isLive) in [(limit.advanced(byMilliseconds: -1), true), (limit, false)] {
            #expect(try await store.isLive(alice.tenant, at: moment) == isLive)
            #expect(try await store.live(at: moment) == (isLive ? [alice.tenant] : []))
        }
        try await place.log.append([Self.offline("d", 70)], in: alice)
        #expect(try await store.isLive(alice.tenant, at: Self.moment(71)) == false)
    }

    @Test func `streamers are given their history`() async throws {
        let (place, alice) = try await Self.place()
        try await place.log.append([Self.online("a", 0), Self.offline("b", 60)], in: alice)

        let table = try #require(ExportedTable.all.first { $0.member == "streamSessions" })
        let rows = try await place.database.read(in: alice) { sql in
            try sql.rows(table.statement, [.text(alice.tenant.text)])
        }

        #expect(
            rows.map { table.json($0) } == [
                [
                    "platform": "twitch", "id": 1, "startedAt": .string(Self.moment(0).iso8601),
                    "resumedAt": .string(Self.moment(0).iso8601), "endedAt": .string(Self.moment(60).iso8601),
                    "isLive": false,
                ]
            ]
        )
    }

    // MARK: Steps

    /// A streamer, and a clock that shows a year after the evening.
    private static func place() async throws -> (LogPlace, TenantScope) {
        let place = try await LogPlace()
        place.clock = evening + 365 * 1440 * minute
        return (place, try await place.streamer("alice", "1"))
    }

    private static func moment(_ minutes: Int64) -> Timestamp {
        Timestamp(milliseconds: evening + minutes * minute)
    }

    private static func online(_ id: String, _ minutes: Int64, on platform: Platform = .twitch) -> EventDraft {
        stream(.streamOnline, "startedAt", id, minutes, platform)
    }

    private static func offline(_ id: String, _ minutes: Int64, on platform: Platform = .twitch) -> EventDraft {
        stream(.streamOffline, "endedAt", id, minutes, platform)
    }

    private static func stream(
        _ type: EventType,
        _ member: String,
        _ id: String,
        _ minutes: Int64,
        _ platform: Platform
    ) -> EventDraft {
        EventDraft(
            id: Event.ID(id),
            type: type,
            platform: platform,
            channelId: "1",
            occurredAt: moment(minutes),
            payload: [member: .string(moment(minutes).iso8601)]
        )
    }

    /// Written as `twitch 1: 0 (65)-90`, in minutes; the brackets hold a later beginning, `?` is an end nobody told.
    private static func sessions(of scope: TenantScope, _ place: LogPlace) async throws -> [String] {
        let rows = try await place.database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT platform, id, started_at, resumed_at, ended_at, is_live FROM stream_sessions
                WHERE streamer_id = $1 ORDER BY platform, id
                """,
                [.text(scope.tenant.text)]
            )
        }
        return rows.map { row in
            let (started, resumed) = (minutes(row.integer(2)), minutes(row.integer(3)))
            let beginning = started == resumed ? "\(started)" : "\(started) (\(resumed))"
            let end = row.flag(5) ? "" : row.values[4] == .null ? "?" : "\(minutes(row.integer(4)))"
            return "\(row.text(0)) \(row.integer(1)): \(beginning)-\(end)"
        }
    }

    private static func minutes(_ milliseconds: Int64) -> Int64 { (milliseconds - evening) / minute }
}
