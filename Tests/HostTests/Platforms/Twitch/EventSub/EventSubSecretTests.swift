import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Subscriptions at Twitch over starts of the host, some of them with another secret.
@Suite struct EventSubSecretTests {
    private static let callback = "https://overlays.example/api/webhooks/twitch"
    private static let path = "/helix/eventsub/subscriptions"
    private static let former = "the-former-secret"
    private static let present = "the-present-secret"

    @Test func `what another secret has made is made anew once, and nobody else's is touched`() async throws {
        let place = try await KeeperPlace(.twitch)
        let webhooks = place.platform.webhooks
        try await place.running { _ in
            try await Self.mend(try Self.start(place, Self.former), place)
            let before = Self.ids(webhooks, Self.former)
            // Of a channel that nobody has signed in for, subscribed by the operator.
            webhooks.put("channel.update", of: "888", at: Self.callback)

            let second = try Self.start(place, Self.present)
            try await Self.mend(second, place)
            let after = Self.ids(webhooks, Self.present)
            try await Self.mend(second, place)
            try await Self.mend(try Self.start(place, Self.present), place)

            #expect(!before.isEmpty && after.count == before.count)
            #expect(Self.ids(webhooks, Self.former).isEmpty)
            #expect(Self.ids(webhooks, Self.present) == after, "once")
            #expect(webhooks.records.count == after.count + 1)
        }
    }

    @Test func `who has to sign in again has theirs made anew when they have`() async throws {
        let place = try await KeeperPlace(.twitch)
        try await place.running { _ in
            try await Self.mend(try Self.start(place, Self.former), place)
            let connection = try await place.store.working(on: .twitch, in: place.scope)
            _ = try await place.store.markNeedsLogin(connection, in: place.scope)
            #expect(try await place.store.subscriber(place.scope.tenant, on: .twitch) == nil)

            try await place.signInAgain()
            try await Self.mend(try Self.start(place, Self.present), place)

            #expect(Self.ids(place.platform.webhooks, Self.former).isEmpty)
            #expect(!Self.ids(place.platform.webhooks, Self.present).isEmpty)
        }
    }

    @Test(arguments: [former, present])
    func `a change that was cut short goes on, or another one begins`(secret: String) async throws {
        let place = try await KeeperPlace(.twitch)
        let webhooks = place.platform.webhooks
        try await place.running { _ in
            try await Self.mend(try Self.start(place, Self.former), place)
            let present = try Self.start(place, Self.present)
            // They are listed, two a page, all have ended, and one is made again, when Twitch is out of order.
            let count = webhooks.records.count
            for _ in 0..<(count + 1) / 2 + count + 1 { place.platform.fail(Self.path, .slow(seconds: 0)) }
            place.platform.fail(Self.path, .status(418))
            await #expect(throws: (any Error).self) { try await Self.mend(present, place) }
            let halfway = Self.ids(webhooks, Self.present)

            try await Self.mend(try Self.start(place, secret), place)

            #expect(halfway.count == 1)
            let isThere = !halfway.isDisjoint(with: webhooks.records.map(\.id))
            #expect(isThere == (secret == Self.present), "what has been made of it is not made twice")
            #expect(Self.ids(webhooks, secret).count == count && webhooks.records.count == count)
        }
    }

    @Test func `a fingerprint tells secrets apart and is no part of them`() throws {
        let (one, same) = (try TwitchSecret(Self.former).fingerprint, try TwitchSecret(Self.former).fingerprint)
        let other = try TwitchSecret(Self.present).fingerprint

        #expect(one == same && one != other)
        #expect(one.count == 16 && one.allSatisfy(\.isHexDigit))
    }

    // MARK: Steps

    /// A start of the host with that secret.
    private static func start(_ place: KeeperPlace, _ secret: String) throws -> EventSubWebhooks {
        let settings = try Settings(SettingsSource(environment: place.platform.environment))
        let application = try #require(settings.twitch.application)
        return EventSubWebhooks(
            api: EventSubAPI(application: application, http: place.http),
            token: TwitchAppToken(application: application, http: place.http),
            callback: callback,
            secret: try TwitchSecret(secret),
            store: place.store,
            clearings: PostedClearings(),
            now: { .now },
            logger: place.house.logger
        )
    }

    /// The streamer is looked after.
    private static func mend(_ webhooks: EventSubWebhooks, _ place: KeeperPlace) async throws {
        let alice = try #require(try await place.store.subscriber(place.scope.tenant, on: .twitch))
        _ = try await webhooks.mend(alice)
    }

    /// The ids of what was subscribed with that secret.
    private static func ids(_ webhooks: FakeWebhooks, _ secret: String) -> Set<String> {
        Set(webhooks.records.filter { $0.wish["transport"]?["secret"]?.stringValue == secret }.map(\.id))
    }
}
