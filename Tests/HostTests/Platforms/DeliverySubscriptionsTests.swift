import Synchronization
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Who is looked after, when, and in which order.
@Suite struct DeliverySubscriptionsTests {
    /// A platform that never answers for one of its streamers, or refuses everybody.
    private final class Platform: DeliveringPlatform {
        let platform = Host.Platform.twitch
        private let broken: Tenant.ID?
        private let refusal: PlatformFailure?
        private let state = Mutex<(mended: [Tenant.ID], failed: [ContinuousClock.Instant], left: Int, sweeps: Int)>(
            ([], [], 0, 0)
        )
        private let withheld = Mutex<Set<String>>([])

        init(broken: Tenant.ID? = nil, refusing refusal: PlatformFailure? = nil) {
            (self.broken, self.refusal) = (broken, refusal)
        }

        var mended: [Tenant.ID] { state.withLock { $0.mended } }
        /// When it was asked for somebody for whom it never answers, or whom it refuses.
        var failed: [ContinuousClock.Instant] { state.withLock { $0.failed } }
        var left: Int { state.withLock { $0.left } }
        var sweeps: Int { state.withLock { $0.sweeps } }

        /// Refuses everybody these events from now on, and grants all others.
        func withholds(_ events: Set<String>) { withheld.withLock { $0 = events } }

        func mend(_ subscriber: Subscriber) async throws -> Set<String> {
            guard subscriber.tenant != broken, refusal == nil else {
                state.withLock { $0.failed.append(.now) }
                throw refusal ?? .unreachable(reason: "it answers 500")
            }
            state.withLock { $0.mended.append(subscriber.tenant) }
            return withheld.withLock { $0 }
        }

        func leave(_ connection: Connection) async throws { state.withLock { $0.left += 1 } }

        func removeStrays(connected: () async throws -> Set<String>) async throws {
            _ = try await connected()
            state.withLock { $0.sweeps += 1 }
        }
    }

    @Test func `who cannot be helped keeps nobody else waiting`() async throws {
        let place = try await KeeperPlace(.twitch)
        let scope = try await place.another("bob")
        let other = scope.tenant
        let platform = Platform(broken: place.scope.tenant)
        let deliveries = DeliverySubscriptions([platform], keeper: place.keeper, logger: place.house.logger)
        try await Self.running(deliveries, place) {
            deliveries.changed(place.scope.tenant, on: .twitch)
            deliveries.open()
            #expect(await Deadline.comes { platform.mended.contains(other) && platform.sweeps > 0 })
            // A token that is validated meanwhile is an answer, until the next attempt.
            #expect(await Deadline.comes { place.keeper.isUnanswered(.twitch, in: place.scope) })
            #expect(!place.keeper.isUnanswered(.twitch, in: scope))
        }
    }

    @Test func `who cannot be helped is left alone longer each time, however many others there are`() async throws {
        let place = try await KeeperPlace(.twitch)
        for number in 1...15 { _ = try await place.another("bob\(number)") }
        let platform = Platform(broken: place.scope.tenant)
        let deliveries = DeliverySubscriptions([platform], keeper: place.keeper, logger: place.house.logger)
        try await Self.running(deliveries, place) {
            deliveries.changed(place.scope.tenant, on: .twitch)
            deliveries.open()
            #expect(await Deadline.comes { platform.mended.count == 15 && platform.failed.count >= 4 })
            let failed = platform.failed
            // A busy machine makes them longer, and nothing makes them shorter.
            for (place, seconds) in [1, 2, 4].enumerated() {
                #expect(failed[place + 1] - failed[place] >= .seconds(seconds) * 0.75, "\(place)")
            }
        }
    }

    @Test(
        arguments: [.unusable(reason: "403"), .tokenRefused, .grantRefused(reason: "invalid client")]
            as [PlatformFailure]
    )
    func `who refuses everybody is named, and asked slower each time`(refusal: PlatformFailure) async throws {
        let place = try await KeeperPlace(.twitch)
        // Nobody validates their tokens meanwhile, which would be an answer.
        let bob = try await place.another("bob")
        for number in 1...2 { _ = try await place.another("bob\(number)") }
        let platform = Platform(refusing: refusal)
        let deliveries = DeliverySubscriptions([platform], keeper: place.keeper, logger: place.house.logger)
        try await Self.running(deliveries, place) {
            deliveries.open()
            #expect(await Deadline.comes { platform.failed.count >= 4 })
            let failed = platform.failed
            for (place, seconds) in [1, 2, 4].enumerated() {
                #expect(failed[place + 1] - failed[place] >= .seconds(seconds) * 0.75, "\(place)")
            }
            #expect(await Deadline.comes { place.keeper.trouble(.twitch, in: bob) == .answers })
        }
    }

    @Test func `what is refused is said until it was asked for again and granted`() async throws {
        let place = try await KeeperPlace(.twitch)
        let platform = Platform()
        platform.withholds(["channel.cheer"])
        let deliveries = DeliverySubscriptions([platform], keeper: place.keeper, logger: place.house.logger)
        try await Self.running(deliveries, place) {
            deliveries.changed(place.scope.tenant, on: .twitch)
            deliveries.open()
            #expect(await Deadline.comes { place.keeper.trouble(.twitch, in: place.scope) == .refused })
            #expect(!place.keeper.isUnanswered(.twitch, in: place.scope))

            platform.withholds([])
            deliveries.changed(place.scope.tenant, on: .twitch)

            #expect(await Deadline.comes { place.keeper.trouble(.twitch, in: place.scope) == nil })
        }
    }

    @Test func `nothing is asked for before the host answers`() async throws {
        let place = try await KeeperPlace(.twitch)
        let platform = Platform()
        let deliveries = DeliverySubscriptions([platform], keeper: place.keeper, logger: place.house.logger)
        try await Self.running(deliveries, place) {
            deliveries.changed(place.scope.tenant, on: .twitch)
            try await Task.sleep(for: .milliseconds(300))
            #expect(platform.mended.isEmpty)
            deliveries.open()
            #expect(await Deadline.comes { platform.mended.contains(place.scope.tenant) })
        }
    }

    @Test func `a farewell ends nothing of who has come back`() async throws {
        let place = try await KeeperPlace(.twitch)
        let platform = Platform()
        let deliveries = DeliverySubscriptions([platform], keeper: place.keeper, logger: place.house.logger)
        let connection = try await place.connection()
        try await Self.running(deliveries, place) {
            deliveries.leave(connection)
            deliveries.open()
            #expect(await Deadline.comes { !place.platform.revoked.isEmpty })
            #expect(platform.left == 0)
        }
    }

    @Test func `what a platform has dropped without a word is there again after the next round`() async throws {
        let place = try await KeeperPlace(.kick)
        let settings = try Settings(SettingsSource(environment: place.platform.environment))
        let kick = KickSubscriptions(
            application: try #require(settings.kick.application),
            http: place.http,
            keeper: place.keeper,
            logger: place.house.logger
        )
        let deliveries = DeliverySubscriptions(
            [kick],
            keeper: place.keeper,
            round: .milliseconds(100),
            logger: place.house.logger
        )
        let all = KickSubscriptions.events.sorted()
        try await Self.running(deliveries, place) {
            deliveries.open()
            #expect(await Deadline.comes { place.platform.kickEvents.events == all })

            place.platform.kickEvents.forget()

            #expect(await Deadline.comes { place.platform.kickEvents.events == all })
        }
    }

    // MARK: Steps

    /// Runs keeper and subscriptions while the body does.
    private static func running(
        _ deliveries: DeliverySubscriptions,
        _ place: KeeperPlace,
        _ body: () async throws -> Void
    ) async throws {
        try await place.running { _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await deliveries.run() }
                defer { group.cancelAll() }
                try await body()
            }
        }
    }
}
