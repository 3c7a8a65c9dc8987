import Testing
import WidgetAPI

@testable import Host

/// What a platform answers when it is asked for a stream, held against what it has told (SA8).
@Suite struct StreamWordTests {
    private static let minute: Int64 = 60_000
    private static let live = StreamState.Phase.live(since: moment(0))
    private static let over = StreamState.Phase.over(from: moment(0), until: moment(60))

    private static let justAfter = moment(0).advanced(byMilliseconds: 1)

    /// Minutes after the beginning of the broadcast that is known, on some evening.
    private static func moment(_ minutes: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_700_000_000_000 + minutes * minute)
    }

    /// One line of the table: in this state the platform gives that answer at that moment.
    struct Line: Sendable, CustomTestStringConvertible {
        let phase: StreamState.Phase
        let word: StreamWord
        let asked: Timestamp
        let notice: StreamNotice?

        var testDescription: String { "\(phase), \(word) at \(asked.iso8601)" }
    }

    private static func onAir(
        since: Int64,
        asked: Int64,
        _ phase: StreamState.Phase,
        _ notice: StreamNotice?
    ) -> Line {
        Line(phase: phase, word: .onAir(since: moment(since)), asked: moment(asked), notice: notice)
    }

    private static func offAir(asked: Int64, _ phase: StreamState.Phase, _ notice: StreamNotice?) -> Line {
        Line(phase: phase, word: .offAir, asked: moment(asked), notice: notice)
    }

    private static let table: [Line] = [
        onAir(since: -30, asked: 0, .unknown, .online(since: moment(-30))),
        offAir(asked: 0, .unknown, nil),

        // On air: known, a drop that goes on with the session, and a broadcast whose beginning was missed.
        onAir(since: 0, asked: 90, live, nil),
        onAir(since: -1, asked: 90, live, nil),
        onAir(since: 4, asked: 90, live, nil),
        onAir(since: 90, asked: 91, live, .online(since: moment(90))),
        // A list may be late with a beginning.
        offAir(asked: 5, live, nil),
        offAir(asked: 6, live, .offline(since: moment(6))),

        // Over: a list may be late with an end, and an end that it still denies later was none.
        offAir(asked: 90, over, nil),
        onAir(since: 0, asked: 65, over, nil),
        onAir(since: 0, asked: 66, over, .online(since: moment(60))),
        onAir(since: 0, asked: 66, .over(from: moment(0), until: moment(0)), .online(since: justAfter)),
        onAir(since: 30, asked: 65, over, nil),
        onAir(since: 30, asked: 66, over, .online(since: moment(60))),
        // Another broadcast is believed at once, also one that began just before the end was told.
        onAir(since: 61, asked: 61, over, .online(since: moment(61))),
        onAir(since: 90, asked: 91, over, .online(since: moment(90))),
        onAir(since: 58, asked: 61, over, .online(since: moment(58))),
    ]

    @Test(arguments: table) func `what the log lacks is said once, and then the two agree`(line: Line) {
        var state = StreamState(phase: line.phase)

        let notice = state.correction(by: line.word, askedAt: line.asked)

        #expect(notice == line.notice)
        guard let notice else { return }
        #expect(!state.knows(notice))
        let change = state.hear(notice)
        #expect(change != nil)
        #expect(state.correction(by: line.word, askedAt: line.asked) == nil)
    }

    @Test func `a beginning that is told again is known, also in other seconds, and the next one is not`() {
        let late = Self.moment(0).advanced(byMilliseconds: 900)
        let live = StreamState(phase: Self.live)
        #expect(live.knows(.online(since: Self.moment(0))) && live.knows(.online(since: late)))
        #expect(!live.knows(.online(since: Self.moment(1))))
        for phase in [StreamState.Phase.unknown, Self.over] {
            #expect(!StreamState(phase: phase).knows(.online(since: Self.moment(0))))
        }
    }

    @Test func `an end that is told again is known, and that of the session before is not`() {
        let state = StreamState(phase: Self.over)
        #expect(state.knows(.offline(since: Self.moment(50))) && state.knows(.offline(since: Self.moment(64))))
        #expect(!state.knows(.offline(since: Self.moment(66))) && !state.knows(.offline(since: Self.moment(-1))))
        #expect(!StreamState(phase: Self.live).knows(.offline(since: Self.moment(50))))
        let missing = StreamState(phase: Self.over, missingEnd: Self.moment(-90)..<Self.moment(0))
        #expect(!missing.knows(.offline(since: Self.moment(-30))))
    }

    @Test func `what a platform tells by itself after it was asked is no second event`() async throws {
        let (place, alice) = try await Self.place()

        try await Self.answers(.onAir(since: Self.moment(0)), at: 30, in: alice, place)
        let told = Self.online("9", Self.moment(0))
        let again = Self.online("message", Self.moment(0).advanced(byMilliseconds: 750))
        #expect(try await place.log.append([told, again], in: alice).isEmpty)
        try await Self.answers(.offAir, at: 120, in: alice, place)
        #expect(try await place.log.append([Self.offline("end", 118)], in: alice).isEmpty)

        let rows = try await place.store.events(after: 0, limit: 10, in: alice)
        #expect(rows.map(\.type) == [.streamOnline, .streamOffline])
        #expect(rows.map(\.occurredAt) == [Self.moment(0), Self.moment(120)])
        #expect(rows.last?.payload == ["endedAt": .string(Self.moment(120).iso8601)])
        #expect(rows.map(\.seq) == [1, 2] && rows.allSatisfy { $0.channelId == "1" && !$0.isTest })
    }

    @Test func `what it has told before is not written when it is asked`() async throws {
        let (place, alice) = try await Self.place()

        try await place.log.append([Self.online("message", Self.moment(0))], in: alice)
        try await Self.answers(.onAir(since: Self.moment(0)), at: 30, in: alice, place)
        try await place.log.append([Self.offline("end", 60)], in: alice)
        try await Self.answers(.onAir(since: Self.moment(0)), at: 61, in: alice, place)
        try await Self.answers(.offAir, at: 90, in: alice, place)

        let rows = try await place.store.events(after: 0, limit: 10, in: alice)
        #expect(rows.map(\.id.text) == ["message", "end"])
    }

    @Test func `the end of an earlier stream that is told late leaves the stream that goes on alone`() async throws {
        let (place, alice) = try await Self.place()
        let store = StreamSessionStore(database: place.database)

        try await place.log.append([Self.online("8", Self.moment(0))], in: alice)
        try await Self.answers(.onAir(since: Self.moment(90)), at: 100, in: alice, place)
        try await place.log.append([Self.offline("end", 60)], in: alice)

        #expect(try await store.isLive(alice.tenant, at: Self.moment(101)))
        try await Self.answers(.offAir, at: 200, in: alice, place)
        try await Self.answers(.onAir(since: Self.moment(210)), at: 211, in: alice, place)
        try await place.log.append([Self.offline("late", 199)], in: alice)
        #expect(try await store.isLive(alice.tenant, at: Self.moment(212)))
    }

    @Test func `an end that the platform goes on to deny is taken back, and comes once more`() async throws {
        let (place, alice) = try await Self.place()
        let word = StreamWord.onAir(since: Self.moment(0))

        try await Self.answers(word, at: 10, in: alice, place)
        try await Self.answers(.offAir, at: 20, in: alice, place)
        try await Self.answers(word, at: 30, in: alice, place)
        try await Self.answers(word, at: 40, in: alice, place)
        try await place.log.append([Self.offline("end", 50)], in: alice)

        let rows = try await place.store.events(after: 0, limit: 10, in: alice)
        #expect(rows.map(\.type) == [.streamOnline, .streamOffline, .streamOnline, .streamOffline])
        #expect(rows.dropFirst(2).first?.occurredAt == Self.moment(20))
        let sessions = try await place.database.read(in: alice) { sql in
            try sql.rows(
                "SELECT started_at, ended_at FROM stream_sessions WHERE streamer_id = $1",
                [.text(alice.tenant.text)]
            ).map { [$0.integer(0), $0.integer(1)] }
        }
        #expect(sessions == [[Self.moment(0).milliseconds, Self.moment(50).milliseconds]], "one session")
    }

    // MARK: Steps

    /// A streamer, and a clock that shows a day after the evening.
    private static func place() async throws -> (LogPlace, TenantScope) {
        let place = try await LogPlace()
        place.clock = moment(1440).milliseconds
        return (place, try await place.streamer("alice", "1"))
    }

    /// Writes what the log lacks when Twitch answers that.
    private static func answers(
        _ word: StreamWord,
        at minutes: Int64,
        in scope: TenantScope,
        _ place: LogPlace
    ) async throws {
        let (tenant, asked) = (scope.tenant, moment(minutes))
        try await place.log.append(in: scope) { sql in
            try StreamSessionStore.draft(of: word, in: "1", on: .twitch, askedAt: asked, for: tenant, sql: sql)
                .map { [$0] } ?? []
        }
    }

    private static func online(_ id: String, _ moment: Timestamp) -> EventDraft {
        draft(.streamOnline, id, moment, ["startedAt": .string(moment.iso8601)])
    }

    private static func offline(_ id: String, _ minutes: Int64) -> EventDraft {
        draft(.streamOffline, id, moment(minutes), ["endedAt": .string(moment(minutes).iso8601)])
    }

    private static func draft(_ type: EventType, _ id: String, _ moment: Timestamp, _ payload: JSONValue) -> EventDraft
    {
        EventDraft(
            id: Event.ID(id),
            type: type,
            platform: .twitch,
            channelId: "1",
            occurredAt: moment,
            payload: payload
        )
    }
}
