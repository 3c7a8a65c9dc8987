import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Numbers of a platform on loopback, asked for by a clock that the test moves.
@Suite struct AudienceCountsTests {
    private static let followers = "/helix/channels/followers"
    private static let subscribers = "/helix/subscriptions"
    private static let kick = "/public/v1/channels"
    private static let scopes = ["moderator:read:followers", "channel:read:subscriptions"]
    /// An answer that nobody can use and that is not asked for again at once.
    private static let nonsense = FakePlatform.Fault.status(200, "<html>")

    @Test func `what Twitch says of your channel stands in the log`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        place.clock = 5000
        try await place.place.running { _ async throws in
            let wait = await place.look()

            #expect(wait == AudienceCounts.freshMilliseconds)
            #expect(try await place.numbers() == ["1280/64"])
            let row = try #require(try await place.rows().first)
            #expect(row.platform == "twitch" && row.channelId == "1234" && !row.isTest)
            #expect(row.occurredAt.milliseconds == 5000)
            #expect(row.id.text.count == 36 && Array(row.id.text)[14] == "7")
            let token = try await place.place.connection().accessToken.exposed
            for path in [Self.followers, Self.subscribers] {
                let requests = place.platform.requests(to: path)
                #expect(requests.map { $0.headers["authorization"] } == ["Bearer \(token)"])
                #expect(requests.map { $0.parameter("broadcaster_id") } == ["1234"])
            }
        }
    }

    @Test func `who comes within a minute causes no second question, and nothing new is written`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        try await place.place.running { _ async throws in
            await place.look()
            place.clock = AudienceCounts.freshMilliseconds - 1

            await place.look()

            #expect(place.platform.requests(to: Self.followers).count == 1)
            place.clock = AudienceCounts.freshMilliseconds + AudienceCounts.jitterMilliseconds
            await place.look()
            #expect(place.platform.requests(to: Self.followers).count == 2)
            #expect(try await place.numbers() == ["1280/64"])
        }
    }

    @Test func `many who come at once cause one question`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        place.platform.fail(Self.followers, .slow(seconds: 0.2))
        try await place.place.running { _ async throws in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { _ = await place.look() } }
            }

            #expect(place.platform.requests(to: Self.followers).count == 1)
            #expect(place.platform.requests(to: Self.subscribers).count == 1)
            #expect(try await place.numbers() == ["1280/64"])
        }
    }

    @Test func `a number that has changed is written`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        try await place.place.running { _ async throws in
            for (followers, subscribers) in [(1280, 64), (1281, 64), (1281, 63), (1281, 63)] as [(Int64, Int64)] {
                place.platform.audience = .init(followers: followers, subscribers: subscribers)
                await place.look()
                place.clock += 66_000
            }

            #expect(try await place.numbers() == ["1280/64", "1281/64", "1281/63"])
        }
    }

    @Test func `an answer that nobody can use leaves the last number, and the next one mends it`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        try await place.place.running { _ async throws in
            await place.look()
            place.clock += 66_000
            place.platform.audience?.followers = 1300
            place.platform.fail(Self.followers, Self.nonsense)

            let wait = await place.look()

            #expect((750...1250).contains(wait))
            #expect(try await place.numbers() == ["1280/64"])
            place.clock += wait - 1
            await place.look()
            #expect(place.platform.requests(to: Self.followers).count == 2)
            place.clock += 1
            await place.look()
            #expect(try await place.numbers() == ["1280/64", "1300/64"])
        }
    }

    @Test func `one number that is not to be had keeps the other from nobody`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        place.platform.fail(Self.followers, Self.nonsense)
        try await place.place.running { _ async throws in
            await place.look()

            #expect(try await place.numbers() == ["-/64"])
        }
    }

    @Test func `a platform that stays ill is left alone for longer and longer`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        for _ in 0..<8 { place.platform.fail(Self.followers, Self.nonsense) }
        try await place.place.running { _ async throws in
            for pause in [1, 2, 4, 8, 16, 30, 30, 30] as [Int64] {
                let wait = await place.look()
                #expect((pause * 750...pause * 1250).contains(wait), "\(wait) after \(pause) s were wanted")
                place.clock += wait
            }

            #expect(await place.look() == AudienceCounts.freshMilliseconds)
            #expect(try await place.numbers().last == "1280/64")
        }
    }

    @Test func `who leaves while an answer is on its way keeps nobody after them waiting`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        place.platform.fail(Self.followers, .silent)
        try await place.place.running { _ async throws in
            let first = Task { await place.look() }
            #expect(await Deadline.comes { place.platform.requests(to: Self.followers).count == 1 })

            first.cancel()
            _ = await first.value
            await place.look()

            #expect(try await place.numbers() == ["1280/64"])
        }
    }

    @Test func `a token that has ended is renewed once`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        try await place.place.running { _ async throws in
            place.platform.endAccessTokens()

            await place.look()

            #expect(place.place.refreshes == 1)
            #expect(try await place.numbers() == ["1280/64"])
        }
    }

    @Test func `who has not granted it is not asked for subscribers`() async throws {
        let place = try await CountPlace(.twitch, scopes: ["user:read:email"])
        place.platform.audience = .init(followers: 1280, subscribers: 64)
        try await place.place.running { _ async throws in
            await place.look()

            #expect(place.platform.requests(to: Self.subscribers).isEmpty)
            #expect(try await place.numbers() == ["1280/-"])
        }
    }

    @Test func `a channel that has no subscribers to tell is no failure`() async throws {
        let place = try await CountPlace(.twitch, scopes: Self.scopes)
        try await place.place.running { _ async throws in
            #expect(await place.look() == AudienceCounts.freshMilliseconds)

            #expect(place.platform.requests(to: Self.subscribers).count == 1)
            #expect(try await place.numbers() == [])
        }
    }

    @Test func `nobody is asked for a streamer who has to sign in again`() async throws {
        let place = try await Self.twitch(followers: 1280, subscribers: 64)
        place.platform.manners.refusesRefresh = true
        try await place.place.running { _ async throws in
            place.platform.endAccessTokens()
            #expect(await place.look() == AudienceCounts.freshMilliseconds)
            let asked = place.platform.requests(to: Self.followers).count
            place.clock += 66_000

            #expect(await place.look() == AudienceCounts.freshMilliseconds)

            #expect(place.platform.requests(to: Self.followers).count == asked)
            #expect(place.place.refreshes == 1)
            #expect(try await place.numbers() == [])
        }
    }

    @Test func `Kick tells its subscribers, and its followers are counted from your start value on`() async throws {
        let place = try await CountPlace(.kick, scopes: ["user:read", "channel:read"])
        place.platform.audience = .init(subscribers: 7)
        try await place.place.running { _ async throws in
            await place.look()
            let channels = ChannelStore(database: place.place.house.database, now: place.place.house.now)
            try await channels.setFollowersAtStart(500, on: .kick, in: place.place.scope)
            try await place.place.house.log.append([.follow("one", on: .kick)], in: place.place.scope)
            place.clock += 66_000

            await place.look()

            #expect(try await place.numbers() == ["-/7", "501/7"])
            #expect(
                place.platform.requests(to: Self.kick).map { $0.parameter("broadcaster_user_id") } == ["1234", "1234"]
            )
        }
    }

    @Test func `without its scope Kick is not asked, and its followers count all the same`() async throws {
        let place = try await CountPlace(.kick, scopes: ["user:read"])
        try await place.place.running { _ async throws in
            let channels = ChannelStore(database: place.place.house.database, now: place.place.house.now)
            try await channels.setFollowersAtStart(500, on: .kick, in: place.place.scope)

            await place.look()

            #expect(try await place.numbers() == ["500/-"])
            #expect(place.platform.requests(to: Self.kick).isEmpty)
        }
    }

    private static func twitch(followers: Int64, subscribers: Int64) async throws -> CountPlace {
        let place = try await CountPlace(.twitch, scopes: scopes)
        place.platform.audience = .init(followers: followers, subscribers: subscribers)
        return place
    }
}
