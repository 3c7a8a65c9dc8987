import Logging
import Synchronization
import Testing
import WidgetAPI

@testable import Host

@Suite struct EventLogTests {
    @Test func `rows of one streamer count from 1 without gaps and leave out repetitions`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")

        try await place.log.append([draft("a"), draft("b")], in: alice)
        try await place.log.append([draft("b"), draft("c")], in: alice)
        try await place.log.append([draft("a", on: .kick)], in: alice)

        let rows = try await place.store.events(after: 0, limit: 10, in: alice)
        #expect(rows.map(\.seq) == [1, 2, 3, 4])
        #expect(rows.map(\.id.text) == ["a", "b", "c", "a"])
    }

    @Test func `two streamers count apart and never see each other's rows`() async throws {
        let place = try await LogPlace()
        let (alice, bob) = (try await place.streamer("alice", "1"), try await place.streamer("bob", "2"))

        try await place.log.append([draft("same")], in: alice)
        try await place.log.append([draft("same")], in: bob)

        #expect(try await place.store.events(after: 0, limit: 10, in: alice).map(\.seq) == [1])
        #expect(try await place.store.events(after: 0, limit: 10, in: bob).map(\.seq) == [1])
        #expect(place.shared.announced.withLock { $0.map(\.tenant) } == [alice.tenant, bob.tenant])
    }

    @Test func `appends at the same time share commits and keep one order`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")

        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask { try await place.log.append([draft("\(number)")], in: alice) }
            }
            try await group.waitForAll()
        }

        let announced = place.shared.announced.withLock { $0.flatMap(\.events).map(\.seq) }
        #expect(announced == Array(1...300))
        #expect(try await place.store.head(in: alice)?.seq == 300)
    }

    @Test func `a change and the rows that tell of it stand together`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")

        let rows = try await place.log.append(in: alice) { sql in
            try sql.run("UPDATE streamers SET display_name = 'Alicia' WHERE id = $1", [.text(alice.tenant.text)])
            return [draft("changed")]
        }

        #expect(rows.map(\.id.text) == ["changed"])
        #expect(place.shared.announced.withLock { $0.flatMap(\.events).map(\.id.text) } == ["changed"])
        #expect(try await place.name(of: alice) == "Alicia")
    }

    @Test func `a change that fails leaves nothing behind and takes nobody else's rows with it`() async throws {
        let place = try await LogPlace()
        let (alice, bob) = (try await place.streamer("alice", "1"), try await place.streamer("bob", "2"))
        let before = try await place.name(of: alice)

        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask { try await place.log.append([draft("\(number)")], in: bob) }
                group.addTask {
                    await #expect(throws: Refusal.self) {
                        try await place.log.append(in: alice) { sql in
                            try sql.run("UPDATE streamers SET display_name = 'x'")
                            throw Refusal()
                        }
                    }
                }
            }
            try await group.waitForAll()
        }

        #expect(try await place.name(of: alice) == before)
        #expect(try await place.store.head(in: bob)?.seq == 50)
        #expect(try await place.store.events(after: 0, limit: 1, in: alice).isEmpty)
    }

    private struct Refusal: Error {}

    @Test func `whoever shares a commit is answered with their own rows`() async throws {
        let place = try await LogPlace()
        let (alice, bob) = (try await place.streamer("alice", "1"), try await place.streamer("bob", "2"))

        let answers = try await withThrowingTaskGroup(of: (Int, [Event]).self) { group in
            for number in 0..<200 {
                let scope = number.isMultiple(of: 3) ? bob : alice
                let drafts = [draft("\(number)-a"), draft("repeated"), draft("\(number)-b")]
                group.addTask { (number, try await place.log.append(drafts, in: scope)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        for (number, rows) in answers {
            let own = rows.map(\.id.text).filter { $0 != "repeated" }
            #expect(own == ["\(number)-a", "\(number)-b"])
        }
        #expect(answers.flatMap(\.1).count { $0.id.text == "repeated" } == 2)
    }

    @Test func `a row is never dated before the one before it, whatever the clock does`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")

        place.clock = 5000
        try await place.log.append([draft("a")], in: alice)
        place.clock = 3000
        try await place.log.append([draft("b")], in: alice)

        let rows = try await place.store.events(after: 0, limit: 10, in: alice)
        #expect(rows.map(\.receivedAt.milliseconds) == [5000, 5000])
    }

    @Test func `no row is dated before a timer that has fired`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")
        place.clock = 1000

        await place.log.settle(at: Timestamp(milliseconds: 1500), in: alice, for: "runtime")
        try await place.log.append([draft("a")], in: alice)

        #expect(try await place.store.head(in: alice)?.receivedAt.milliseconds == 1500)
    }

    @Test func `what must have happened before a crash is dated at the last row`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")
        place.clock = 1000
        try await place.log.append([draft("a")], in: alice)
        place.clock = 9000

        try await place.log.append([draft("b")], in: alice, dating: .past(Timestamp(milliseconds: 500)))

        #expect(try await place.store.head(in: alice)?.receivedAt.milliseconds == 1000)
    }

    @Test func `an append for a streamer who is gone is refused and stops nobody else's`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")
        let gone = TenantScope(granting: Tenant.ID("gone"), to: .host)

        await #expect(throws: EventLogError.unknownTenant) { try await place.log.append([draft("a")], in: gone) }

        try await place.log.append([draft("a")], in: alice)
        #expect(try await place.store.head(in: alice)?.seq == 1)
    }

    @Test func `old events leave the log once a checkpoint has seen them`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")
        for day in 0..<10 {
            place.clock = Int64(day) * 86_400_000
            try await place.log.append([draft("\(day)")], in: alice)
        }
        let retention = EventRetention(database: place.database, days: 3, now: place.now, logger: place.logger)

        let early = try await retention.sweep()
        let checkpoint = WidgetCheckpoint(
            widgetId: PlacedWidget.ID("w"),
            seq: 5,
            clock: Timestamp(milliseconds: 0),
            content: .null
        )
        try await CheckpointStore(database: place.database).save([checkpoint], before: 0, in: alice)
        let late = try await retention.sweep()

        #expect(early == 0)
        #expect(late == 5)
        #expect(try await place.store.events(after: 0, limit: 1, in: alice).first?.seq == 6)
        #expect(try await place.store.head(in: alice)?.seq == 10)
    }
}

/// A draft of no importance with that id.
func draft(_ id: String, on platform: Platform = .twitch) -> EventDraft {
    EventDraft(
        id: Event.ID(id),
        type: "test:event",
        platform: platform,
        channelId: "1",
        occurredAt: Timestamp(milliseconds: 0),
        payload: ["n": 1]
    )
}
