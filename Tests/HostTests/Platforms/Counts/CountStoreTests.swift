import Testing
import WidgetAPI

@testable import Host

/// Which numbers become rows.
@Suite struct CountStoreTests {
    @Test func `Kick's followers are your start value and the follows since you typed it in`() async throws {
        let (place, alice, kick) = try await Self.alice()
        let (store, channels) = (Self.store(place), ChannelStore(database: place.database, now: place.now))
        try await place.log.append([.follow("before", on: .kick)], in: alice)
        try await channels.setFollowersAtStart(500, on: .kick, in: alice)
        var tried = EventDraft.follow("tried out", on: .kick)
        tried.isTest = true
        let drafts: [EventDraft] = [
            .follow("one", on: .kick), .follow("two", on: .kick), .follow("one", on: .kick), tried,
            .follow("elsewhere", on: .twitch),
        ]
        try await place.log.append(drafts, in: alice)

        try await store.writeFollowersAtStart(of: kick, in: alice)

        #expect(try await Self.payloads(place, alice) == [#"{"followers":502,"subscribers":null}"#])
        try await channels.setFollowersAtStart(10, on: .kick, in: alice)
        try await store.writeFollowersAtStart(of: kick, in: alice)
        #expect(try await Self.payloads(place, alice).last == #"{"followers":10,"subscribers":null}"#)
    }

    @Test func `a follow counts on when its row has left the log`() async throws {
        let (place, alice, kick) = try await Self.alice()
        try await ChannelStore(database: place.database, now: place.now)
            .setFollowersAtStart(500, on: .kick, in: alice)
        try await place.log.append([.follow("one", on: .kick)], in: alice)
        _ = try await place.database.hostTransaction { sql in try sql.run("DELETE FROM events") }

        try await Self.store(place).writeFollowersAtStart(of: kick, in: alice)

        #expect(try await Self.payloads(place, alice) == [#"{"followers":501,"subscribers":null}"#])
    }

    @Test func `without a start value nothing is said of Kick's followers`() async throws {
        let (place, alice, kick) = try await Self.alice()
        try await place.log.append([.follow("one", on: .kick)], in: alice)

        try await Self.store(place).writeFollowersAtStart(of: kick, in: alice)

        #expect(try await Self.payloads(place, alice) == [])
    }

    @Test func `the same number is written again until everything that came in must be in it`() async throws {
        let (place, alice, twitch) = try await Self.alice(on: .twitch)
        place.clock = 1_000_000
        try await Self.write(1280, of: twitch, place, alice)
        try await place.log.append([.follow("one")], in: alice)

        var rows: [Int] = []
        for moment in [69_999, 70_000, 70_001, 200_000] as [Int64] {
            place.clock = 1_000_000 + moment
            try await Self.write(1280, of: twitch, place, alice)
            rows.append(try await Self.payloads(place, alice).count)
        }

        #expect(rows == [2, 3, 3, 3])
    }

    @Test(arguments: [
        ("event:follow", Platform.twitch, 1), ("event:subscribe", .twitch, 2), ("event:subscribe", .kick, 1),
    ])
    func `only what moves a number leaves it open`(type: String, platform: Platform, rows: Int) async throws {
        let (place, alice, twitch) = try await Self.alice(on: .twitch)
        let numbers = AudienceNumbers(subscribers: 64)
        try await Self.store(place).write(numbers, of: twitch, askedAt: place.now(), in: alice)
        var draft = EventDraft.follow("one", on: platform)
        draft.type = EventType(type)
        try await place.log.append([draft], in: alice)

        try await Self.store(place).write(numbers, of: twitch, askedAt: place.now(), in: alice)

        #expect(try await Self.payloads(place, alice).count == rows)
    }

    @Test func `a goal that is placed is told at once, with the follows since`() async throws {
        let (place, alice, twitch) = try await Self.alice(on: .twitch)
        let numbers = AudienceNumbers(followers: 1280, subscribers: 64)
        let asked = place.now()
        try await Self.store(place).write(numbers, of: twitch, askedAt: asked, in: alice)
        place.clock += 86_400_000
        var (tried, subscribed) = (EventDraft.follow("tried out"), EventDraft.follow("subscribed"))
        tried.isTest = true
        subscribed.type = .subscribe
        try await place.log.append([.follow("one"), tried, .follow("two", on: .kick)], in: alice)

        try await Self.placeGoal(place, alice)
        try await place.log.append([subscribed], in: alice)
        try await Self.placeGoal(place, alice)

        let wanted = [
            #"{"followers":1280,"subscribers":64}"#, #"{"followers":1281,"subscribers":64}"#,
            #"{"followers":1281,"subscribers":null}"#,
        ]
        #expect(try await Self.payloads(place, alice) == wanted)
        let rows = try await place.store.events(of: .counts, after: 0, in: alice)
        #expect(rows.allSatisfy { $0.platform == "twitch" && $0.channelId == "1" })
        // Said again it is no newer, or it would take back what has come since it was asked for.
        #expect(Set(rows.map(\.occurredAt)) == [asked])
    }

    @Test func `a layout that is saved before there is a number says none`() async throws {
        let (place, alice, _) = try await Self.alice()

        try await Self.placeGoal(place, alice)

        #expect(try await Self.payloads(place, alice) == [])
    }

    @Test func `a goal that was placed without a number gets it with the next answer, once`() async throws {
        let (place, alice, twitch) = try await Self.alice(on: .twitch)
        try await Self.write(1280, of: twitch, place, alice)
        _ = try await place.database.hostTransaction { sql in
            try sql.run("UPDATE widgets SET placed_at_seq = 1 WHERE type = 'goals'")
        }

        for _ in 0..<2 { try await Self.write(1280, of: twitch, place, alice) }

        #expect(try await Self.payloads(place, alice).count == 2)
    }

    @Test func `a test of yours, another platform and another streamer say nothing of a number`() async throws {
        let (place, alice, twitch) = try await Self.alice(on: .twitch)
        let bob = try await place.streamer("bob", "2")
        try await Self.write(1280, of: twitch, place, alice)
        var tried = draft("tried out")
        (tried.type, tried.payload, tried.isTest) = (.counts, ["followers": 5, "subscribers": nil], true)
        var elsewhere = draft("elsewhere", on: .kick)
        (elsewhere.type, elsewhere.payload) = (.counts, ["followers": 6, "subscribers": nil])
        try await place.log.append([tried, elsewhere], in: alice)
        try await place.log.append([.follow("bob's")], in: bob)

        try await Self.write(1280, of: twitch, place, alice)

        #expect(try await Self.payloads(place, alice).count == 3)
        #expect(try await Self.payloads(place, bob) == [])
    }

    // MARK: Steps

    /// Alice with a channel on both platforms, and the one that is asked for.
    private static func alice(on platform: Platform = .kick) async throws -> (LogPlace, TenantScope, Channel) {
        let place = try await LogPlace()
        let scope = try await place.streamer("alice", "1")
        let channels = ChannelStore(database: place.database, now: place.now)
        _ = try await channels.add(.kick, "alice", userId: "77", owner: scope.tenant)
        let channel = try await channels.channels(in: scope).first { $0.platform == platform }
        return (place, scope, try #require(channel))
    }

    private static func store(_ place: LogPlace) -> CountStore {
        CountStore(database: place.database, log: place.log, now: place.now)
    }

    private static func write(
        _ followers: Int64,
        of channel: Channel,
        _ place: LogPlace,
        _ scope: TenantScope
    ) async throws {
        let numbers = AudienceNumbers(followers: followers)
        try await store(place).write(numbers, of: channel, askedAt: place.now(), in: scope)
    }

    /// Saves the layout with one goal more.
    private static func placeGoal(_ place: LogPlace, _ scope: TenantScope) async throws {
        let layouts = try await LayoutStore(database: place.database).stages(in: scope).map(\.layout)
        let before = try #require(layouts.first { $0.isDefault })
        var layout = before
        layout.widgets.append(
            PlacedWidget(
                id: PlacedWidget.ID(""),
                type: "goals",
                settings: WidgetSettings(version: "1.1.0", config: [:]),
                position: PlacedWidget.Position(x: 0, y: 2, width: 3, height: 1)
            )
        )
        let (after, now) = (layout, place.now())
        try await place.log.append(in: scope) { sql in
            try LayoutStore.save(after, over: before, of: scope.tenant, at: now, sql: sql)
        }
    }

    /// What rows of numbers say, in the order of the log.
    private static func payloads(_ place: LogPlace, _ scope: TenantScope) async throws -> [String] {
        try await place.store.events(of: .counts, after: 0, in: scope).map(\.payload.text)
    }
}

extension EventDraft {
    /// Somebody follows.
    static func follow(_ id: String, on platform: Platform = .twitch) -> EventDraft {
        var follow = draft(id, on: platform)
        follow.type = .follow
        follow.payload = Follow(user: nil).json
        return follow
    }
}
