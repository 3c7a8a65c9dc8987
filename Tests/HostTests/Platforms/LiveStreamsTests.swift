import Testing
import WidgetAPI

@testable import Host

/// Who is on air keeps the feed, whoever watches (SA7).
@Suite struct LiveStreamsTests {
    @Test func `a feed begins and ends with the stream, on whichever platform it is`() async throws {
        let stand = try await Stand()
        let alice = try await stand.place.streamer("alice", "1")
        try await stand.running {
            try await stand.tell(.streamOnline, on: .twitch, alice)
            #expect(await Deadline.comes { stand.house.open == [alice.tenant] })
            try await stand.tell(.streamOnline, on: .kick, alice)
            try await stand.tell(.streamOffline, on: .twitch, alice)
            let bob = try await stand.place.streamer("bob", "2")
            try await stand.tell(.streamOnline, on: .twitch, bob)
            #expect(await Deadline.comes { stand.house.open == [alice.tenant, bob.tenant] })
            try await stand.tell(.streamOffline, on: .twitch, bob)
            #expect(await Deadline.comes { stand.house.open == [alice.tenant] })

            try await stand.tell(.streamOffline, on: .kick, alice)

            #expect(await Deadline.comes { stand.house.open.isEmpty })
            #expect(stand.house.begun == 2)
        }
    }

    @Test func `who was on air when the host went away is so after its start, and not for ever`() async throws {
        let stand = try await Stand()
        let (alice, bob) = (try await stand.place.streamer("alice", "1"), try await stand.place.streamer("bob", "2"))
        try await stand.tell(.streamOnline, on: .twitch, alice)
        try await stand.tell(.streamOnline, on: .twitch, bob)
        try await stand.tell(.streamOffline, on: .twitch, bob)

        let next = try await Stand(on: stand.place)
        try await next.running {
            #expect(await Deadline.comes { next.house.open == [alice.tenant] })
            next.place.clock += StreamSessionStore.longestMilliseconds
            next.looks.continuation.yield(.everybody)
            #expect(await Deadline.comes { next.house.open.isEmpty })
            #expect(next.house.begun == 1)
        }
    }

    /// A log whose rows are looked at as the host's are.
    private struct Stand {
        let place: LogPlace
        let house = FeedHouse()
        let looks: LiveStreams.Looks = AsyncStream.makeStream()
        let log: EventLog

        /// On a new place, or a new start of the host on another's rows.
        init(on other: LogPlace? = nil) async throws {
            if let other { place = other } else { place = try await LogPlace() }
            if other == nil { place.clock = 1_700_000_000_000 }
            log = EventLog(database: place.database, now: place.now, logger: place.logger) { [looks] tenant, rows in
                if LiveStreams.isNews(rows) { looks.continuation.yield(.streamer(tenant)) }
            }
        }

        /// Says that a stream has begun or ended just now; a minute passes.
        func tell(_ type: EventType, on platform: Platform, _ scope: TenantScope) async throws {
            let event = EventDraft(
                id: Event.ID("\(type) \(place.clock)"),
                type: type,
                platform: platform,
                channelId: "1",
                occurredAt: place.now(),
                payload: [:]
            )
            try await log.append([event], in: scope)
            place.clock += 60_000
        }

        func running(_ body: () async throws -> Void) async throws {
            let streams = LiveStreams(
                store: StreamSessionStore(database: place.database),
                looks: looks,
                feeds: house.feeds,
                now: place.now,
                logger: place.logger
            )
            try await house.running({ try await streams.run() }, body: body)
        }
    }
}
