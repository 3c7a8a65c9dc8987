import Synchronization
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What a feed asks of storage and of Twitch, and what it does without.
@Suite struct EventSubStorageTests {
    @Test func `events wait while storage takes none, and come in their order when it does`() async throws {
        let stand = try await Stand()
        let eventSub = stand.place.platform.eventSub
        try await stand.feeding {
            // Those for which nothing needs to be granted.
            #expect(await Deadline.comes { eventSub.open.first?.subscriptions.count == 4 })
            stand.database.takesRows = false
            let deliveries = (0..<5).map { _ in
                SignedDelivery.notification("stream.offline", "1", ["broadcaster_user_id": "1234"], in: "1234")
            }
            try eventSub.happens(deliveries[0])
            #expect(await Deadline.comes { stand.database.refusals >= 1 })
            for delivery in deliveries.dropFirst() { try eventSub.happens(delivery) }
            #expect(await Deadline.comes { stand.database.refusals >= 2 })
            #expect(try await stand.rows().isEmpty)

            stand.database.takesRows = true

            let all = deliveries.map(\.messageId)
            #expect(await Deadline.comes { (try? await stand.rows()) == all })
            #expect(eventSub.sessions.count == 1, "the socket stayed")
        }
    }

    @Test func `what Twitch refuses at first is asked for again, and the socket stays`() async throws {
        let stand = try await Stand()
        let platform = stand.place.platform
        let path = "/helix/eventsub/subscriptions"
        platform.fail(path, .status(403, #"{"message":"not now"}"#))

        try await stand.feeding(round: .seconds(1)) {
            #expect(await Deadline.comes { platform.eventSub.open.first?.subscriptions.count == 4 })
            #expect(platform.eventSub.sessions.count == 1)
        }

        #expect(platform.requests(to: path).count == 5, "only what is missing is asked for")
    }

    @Test func `what may have been missed is asked for when a session begins, and every round`() async throws {
        let stand = try await Stand()
        let questions = Mutex(0)

        try await stand.feeding(round: .seconds(1), mayHaveMissed: { questions.withLock { $0 += 1 } }) {
            #expect(await Deadline.comes { questions.withLock { $0 } >= 3 })
            #expect(stand.place.platform.eventSub.sessions.count == 1)
        }
    }

    @Test func `without a connection one question is asked and no more`() async throws {
        let stand = try await Stand()
        let bob = try await stand.place.house.streamer("bob", "2")

        await stand.feed(in: bob, stand.counted).run()

        #expect(stand.database.reads == 1)
        #expect(stand.place.platform.eventSub.sessions.isEmpty)
    }

    @Test func `who has to sign in again is waited for, and Twitch is not asked again and again`() async throws {
        let stand = try await Stand()
        stand.place.platform.endAccessTokens()
        stand.place.platform.manners.refusesRefresh = true

        try await stand.place.running { keeper in await stand.feed(in: stand.place.scope, keeper).run() }

        #expect(try await stand.place.connection().status == .needsLogin)
        #expect(stand.place.refreshes == 1)
        let sockets = stand.place.platform.eventSub.sessions.count
        await stand.feed(in: stand.place.scope, stand.counted).run()
        #expect(stand.database.reads == 1)
        #expect(stand.place.platform.eventSub.sessions.count == sockets)
    }

    @Test func `a session waits for its turn before it opens a socket, and that is named`() async throws {
        let stand = try await Stand()
        let (platform, scope) = (stand.place.platform, stand.place.scope)
        platform.fail("/helix/eventsub/subscriptions", .slow(seconds: 3))
        try await stand.place.running { keeper in
            await withTaskGroup(of: Void.self) { group in
                for _ in 1...2 { group.addTask { await stand.feed(in: scope, keeper).run() } }
                #expect(await Deadline.comes { stand.starts.waiting == 1 && platform.eventSub.sessions.count == 1 })
                #expect(keeper.trouble(.twitch, in: scope) == .events)

                #expect(await Deadline.comes { platform.eventSub.open.count == 2 && stand.starts.waiting == 0 })
                #expect(await Deadline.comes { keeper.trouble(.twitch, in: scope) == nil })
                group.cancelAll()
            }
        }
    }

    /// A streamer who is connected, and feeds whose log stands in a database that the test steers.
    private struct Stand {
        let place: KeeperPlace
        let database: SteeredDatabase
        /// Knows connections by that database; it renews none.
        let counted: ConnectionKeeper
        private let log: EventLog
        private let address: String
        private let api: EventSubAPI
        /// One for all feeds.
        let starts = SessionStarts(atOnce: 1)

        init() async throws {
            place = try await KeeperPlace(.twitch)
            let house = place.house
            database = SteeredDatabase(house.database)
            counted = ConnectionKeeper(
                [:],
                store: ConnectionStore(database: database, vault: place.vault, now: house.now),
                http: place.http,
                now: house.now,
                logger: house.logger
            )
            log = EventLog(database: database, now: house.now, logger: house.logger) { _, _ in }
            let settings = try Settings(SettingsSource(environment: place.platform.environment))
            address = settings.twitch.eventSubSocket
            api = EventSubAPI(application: try #require(settings.twitch.application), http: place.http)
        }

        func feed(
            in scope: TenantScope,
            _ keeper: ConnectionKeeper,
            round: Duration = DeliverySubscriptions.round,
            mayHaveMissed: @escaping @Sendable () -> Void = {}
        ) -> EventSubFeed {
            EventSubFeed(
                scope: scope,
                address: address,
                api: api,
                keeper: keeper,
                starts: starts,
                clearings: TwitchClearings(),
                log: log,
                logger: place.house.logger,
                round: round,
                mayHaveMissed: mayHaveMissed
            )
        }

        /// Runs the streamer's feed while the body does.
        func feeding(
            round: Duration = DeliverySubscriptions.round,
            mayHaveMissed: @escaping @Sendable () -> Void = {},
            _ body: () async throws -> Void
        ) async throws {
            try await place.running { keeper in
                let feed = feed(in: place.scope, keeper, round: round, mayHaveMissed: mayHaveMissed)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await feed.run() }
                    defer { group.cancelAll() }
                    try await body()
                }
            }
        }

        /// The ids of the streamer's rows, in the order of the log.
        func rows() async throws -> [String] {
            try await place.house.store.events(after: 0, limit: 10, in: place.scope).map(\.id.text)
        }
    }
}
