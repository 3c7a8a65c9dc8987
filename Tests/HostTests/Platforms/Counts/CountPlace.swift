import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A streamer who is signed in with one platform, and what asks that for its numbers.
struct CountPlace: Sendable {
    let place: KeeperPlace
    let counts: AudienceCounts
    let store: CountStore

    init(_ kind: FakePlatform.Kind, scopes: [String]) async throws {
        place = try await KeeperPlace(kind, scopes: scopes)
        let settings = try Settings(SettingsSource(environment: place.platform.environment))
        let address = PublicAddress(settings)
        let adapters: [(any PlatformAdapter)?] = [
            TwitchAdapter(settings.twitch, address, place.http), KickAdapter(settings.kick, address, place.http),
        ]
        let house = place.house
        store = CountStore(database: house.database, log: house.log, now: house.now)
        counts = AudienceCounts(
            adapters.compactMap { $0?.counts },
            keeper: place.keeper,
            channels: ChannelStore(database: house.database, now: house.now),
            store: store,
            now: house.now,
            logger: house.logger
        )
    }

    var platform: FakePlatform { place.platform }

    var clock: Int64 {
        get { place.house.clock }
        nonmutating set { place.house.clock = newValue }
    }

    /// Looks once.
    ///
    /// - Returns: how many milliseconds later it wants to look again.
    @discardableResult
    func look() async -> Int64 {
        let begun = clock
        return await counts.look(in: place.scope).milliseconds - begun
    }

    /// The rows there are, in order.
    func rows() async throws -> [Event] {
        try await place.house.store.events(of: .counts, after: 0, in: place.scope)
    }

    /// What they say, each written as `1280/64`, `-` for what is not known.
    func numbers() async throws -> [String] {
        try await rows().map { row in
            ["followers", "subscribers"].map { name in row.payload[name]?.integerValue.map { "\($0)" } ?? "-" }
                .joined(separator: "/")
        }
    }
}
