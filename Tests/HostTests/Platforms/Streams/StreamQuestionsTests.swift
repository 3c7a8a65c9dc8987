import Synchronization
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Who is asked about, how often, and what becomes of the answers.
@Suite struct StreamQuestionsTests {
    private static let helix = "/helix/streams"

    @Test func `what was missed of a stream at Twitch is written down, and what is told later is no second event`()
        async throws
    {
        let stand = try await StreamStand(.twitch)
        stand.platform.airing = .onAir(StreamStand.broadcast)
        try await stand.running {
            stand.ask()
            #expect(await stand.comes(to: [.streamOnline]))
            let scene = TwitchScene(room: stand.platform.user)
            let told = try #require(scene.online(StreamStand.broadcast).first?.delivery)
            let drafts = try TwitchPayloads(
                deliveryId: "message",
                deliveredAt: StreamStand.began,
                broadcasterId: "1234",
                type: told.type,
                version: told.version,
                event: try JSONValue(parsing: told.body)["event"] ?? .null,
                findsPictures: false
            ).drafts()
            #expect(try await stand.place.house.log.append(drafts, in: stand.place.scope).isEmpty)

            #expect(try await stand.rows().map(\.occurredAt) == [StreamStand.began])
        }

        let requests = stand.platform.requests(to: Self.helix)
        #expect(requests.allSatisfy { $0.headers["authorization"]?.hasPrefix("Bearer application-") == true })
        #expect(requests.allSatisfy { $0.parameter("user_id") == "1234" && $0.parameter("first") == "100" })
    }

    @Test func `Kick is asked with the streamer's own token in each round, and what was missed is one event`()
        async throws
    {
        let stand = try await StreamStand(.kick, scopes: ["channel:read"])
        stand.platform.airing = .onAir(StreamStand.broadcast)
        let settings = try Settings(SettingsSource(environment: stand.platform.environment))
        let kick = KickSubscriptions(
            application: try #require(settings.kick.application),
            http: stand.place.http,
            keeper: stand.place.keeper,
            logger: stand.place.house.logger
        )
        let deliveries = DeliverySubscriptions(
            [kick],
            keeper: stand.place.keeper,
            round: .milliseconds(100),
            lookedAfter: { stand.questions.ask(about: $0, on: $1) },
            logger: stand.place.house.logger
        )
        try await stand.running([{ try await deliveries.run() }]) {
            deliveries.open()
            #expect(await stand.comes(to: [.streamOnline]))
            let asked = stand.platform.requests(to: "/public/v1/channels").count
            // Some more rounds write nothing.
            let isAskedAgain = await Deadline.comes {
                stand.platform.requests(to: "/public/v1/channels").count >= asked + 2
            }
            #expect(isAskedAgain)
            let rows = try await stand.rows()
            #expect(rows.count == 1)
            let scene = KickScene(room: stand.platform.user)
            let told = try scene.stream(isLive: true, since: StreamStand.began).drafts()
            #expect(try await stand.place.house.log.append(told, in: stand.place.scope).isEmpty)
        }
    }

    @Test func `a stream is over when two answers five minutes apart say so, since the first of them`() async throws {
        let place = try await KeeperPlace(.twitch)
        place.house.clock = 10_000_000
        let platform = Listener(together: 100)
        let questions = StreamStand.questions([platform], place)
        // What was answered before has been dealt with when the next question comes.
        let hear = { (word: StreamWord?, later: Int64) in
            platform.word = word
            place.house.clock += later
            for _ in 1...2 {
                let asked = platform.heard.count
                questions.ask(about: place.scope.tenant, on: .twitch)
                let isAsked = await Deadline.comes { platform.heard.count > asked }
                #expect(isAsked)
            }
        }
        let (shortest, longest) = (
            StreamQuestions.doubtMilliseconds.lowerBound, StreamQuestions.doubtMilliseconds.upperBound
        )
        try await StreamStand.running(questions, place) {
            let onAir = StreamWord.onAir(since: StreamStand.began)
            await hear(onAir, 0)
            // A list that lacks a channel for a while, one that is not had for hours, and answers too close together.
            for word in [.offAir, onAir, .offAir] as [StreamWord] { await hear(word, shortest) }
            await hear(nil, longest)
            await hear(.offAir, 1)
            let first = place.house.now()
            await hear(.offAir, shortest - 1)
            let before = try await place.house.store.events(after: 0, limit: 10, in: place.scope)
            #expect(before.map(\.type) == [.streamOnline])

            await hear(.offAir, 1)
            await hear(.offAir, shortest)

            let rows = try await place.house.store.events(after: 0, limit: 10, in: place.scope)
            #expect(rows.map(\.type) == [.streamOnline, .streamOffline])
            #expect(rows.last?.occurredAt == first)
        }
    }

    @Test func `one answer tells of many, each by their own id`() async throws {
        let stand = try await StreamStand(.twitch)
        stand.platform.airing = .onAir(StreamStand.broadcast)
        let settings = try Settings(SettingsSource(environment: stand.platform.environment))
        let application = try #require(settings.twitch.application)
        let http = stand.place.http
        let token = TwitchAppToken(application: application, http: http)
        let streams = TwitchStreams(application: application, http: http, token: token)
        let asked = ["77", "1234", "78"].map { id in
            Subscriber(tenant: Tenant.ID(id), platformUserId: id, scopes: [], signature: nil)
        }

        try await stand.place.running { _ in
            let words = try await streams.words(on: asked)
            #expect(words == ["77": .offAir, "1234": .onAir(since: StreamStand.began), "78": .offAir])
        }
    }

    @Test func `a question that fails costs nothing, and is asked the next time`() async throws {
        let stand = try await StreamStand(.twitch)
        stand.platform.airing = .onAir(StreamStand.broadcast)
        stand.platform.fail(Self.helix, .status(404), .status(200, "<html>"), .status(200, #"{"data":[{}]}"#))
        try await stand.running {
            for count in 1...3 {
                stand.ask()
                #expect(await Deadline.comes { stand.platform.requests(to: Self.helix).count == count })
            }
            stand.ask()
            #expect(await stand.comes(to: [.streamOnline]))
        }
        #expect(!stand.place.keeper.isUnanswered(.twitch, in: stand.place.scope), "it is no trouble of a streamer's")
    }

    @Test func `a platform that says nothing of a channel is not believed to say that it is off air`() async throws {
        let stand = try await StreamStand(.kick, scopes: ["channel:read"])
        stand.platform.airing = .onAir(StreamStand.broadcast)
        try await stand.running {
            stand.ask()
            #expect(await stand.comes(to: [.streamOnline]))
            stand.platform.airing = nil
            stand.ask()
            #expect(await Deadline.comes { stand.platform.requests(to: "/public/v1/channels").count == 2 })
            // What is written of one answer is written before the next question.
            stand.ask()
            #expect(await Deadline.comes { stand.platform.requests(to: "/public/v1/channels").count == 3 })
            let rows = try await stand.rows()
            #expect(rows.count == 1)
        }
    }

    @Test(arguments: [(100, [5]), (3, [3, 2])])
    func `who waits shares a question, each once, and who has left is not asked about`(
        together: Int,
        sizes: [Int]
    ) async throws {
        let place = try await KeeperPlace(.twitch)
        var tenants = [place.scope.tenant]
        for number in 1...4 { tenants.append(try await place.another("bob\(number)").tenant) }
        let platform = Listener(together: together)
        let questions = StreamStand.questions([platform], place)
        for tenant in tenants + tenants + [Tenant.ID("nobody")] { questions.ask(about: tenant, on: .twitch) }
        questions.ask(about: place.scope.tenant, on: .kick)
        try await StreamStand.running(questions, place) {
            #expect(await Deadline.comes { platform.heard.flatMap(\.self).count == 5 })
        }
        #expect(platform.heard.map(\.count) == sizes)
        #expect(Set(platform.heard.flatMap(\.self)) == ["1234", "bob1", "bob2", "bob3", "bob4"])
    }

    // MARK: Steps

    /// A platform that listens, and says the same of everybody.
    private final class Listener: StreamingPlatform {
        let platform = Platform.twitch
        let together: Int
        let questionsPerMinute = 60_000
        private let questions = Mutex<[[String]]>([])
        private let answer = Mutex<StreamWord?>(nil)

        init(together: Int) {
            self.together = together
        }

        /// What it says; `nil` for nothing.
        var word: StreamWord? {
            get { answer.withLock { $0 } }
            set { answer.withLock { $0 = newValue } }
        }

        /// Whom each question was about.
        var heard: [[String]] { questions.withLock { $0 } }

        func words(on subscribers: [Subscriber]) async throws -> [String: StreamWord] {
            let ids = subscribers.map(\.platformUserId)
            questions.withLock { $0.append(ids) }
            return word.map { word in Dictionary(ids.map { ($0, word) }) { first, _ in first } } ?? [:]
        }
    }
}
