import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A streamer who is signed in with one platform, and what asks that who is on air.
struct StreamStand {
    /// Some while before the clock, and in the life of the streamer's token.
    static let began = Timestamp(milliseconds: 5_000_000)
    static let broadcast = FakePlatform.Broadcast(id: "40001", since: began)

    let place: KeeperPlace
    let questions: StreamQuestions

    init(_ kind: FakePlatform.Kind, scopes: [String] = ["user:read"]) async throws {
        place = try await KeeperPlace(kind, scopes: scopes)
        place.house.clock = 10_000_000
        let settings = try Settings(SettingsSource(environment: place.platform.environment))
        let address = PublicAddress(settings)
        let adapters: [(any PlatformAdapter)?] = [
            TwitchAdapter(settings.twitch, address, place.http), KickAdapter(settings.kick, address, place.http),
        ]
        let keeper = place.keeper
        questions = Self.questions(adapters.compactMap { $0?.streams(keeper) }, place)
    }

    static func questions(_ platforms: [any StreamingPlatform], _ place: KeeperPlace) -> StreamQuestions {
        StreamQuestions(
            platforms,
            keeper: place.keeper,
            database: place.house.database,
            log: place.house.log,
            now: place.house.now,
            logger: place.house.logger
        )
    }

    var platform: FakePlatform { place.platform }

    /// Says that something of the streamer's may have been missed.
    func ask() {
        questions.ask(about: place.scope.tenant, on: place.login.platform)
    }

    func rows() async throws -> [Event] {
        try await place.house.store.events(after: 0, limit: 10, in: place.scope)
    }

    /// Whether these are the types of the rows in time.
    func comes(to wanted: [EventType]) async -> Bool {
        await Deadline.comes { (try? await rows().map(\.type)) == wanted }
    }

    /// Runs keeper, questions and other services while the body does.
    func running(
        _ services: [@Sendable () async throws -> Void] = [],
        _ body: () async throws -> Void
    ) async throws {
        try await Self.running(questions, place, services, body)
    }

    static func running(
        _ questions: StreamQuestions,
        _ place: KeeperPlace,
        _ services: [@Sendable () async throws -> Void] = [],
        _ body: () async throws -> Void
    ) async throws {
        try await place.running { _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await questions.run() }
                for service in services { group.addTask { try await service() } }
                defer { group.cancelAll() }
                try await body()
            }
        }
    }
}
