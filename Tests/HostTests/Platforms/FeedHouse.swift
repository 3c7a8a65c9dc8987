import Synchronization
import WidgetAPI

@testable import Host

/// Feeds that bring nothing: what they were asked, and how often they were begun.
final class FeedHouse: Sendable {
    private struct State {
        var grants: PlatformFeeds.Grants
        var failures = 0
        var comesBack = false
        var questions = 0
        var begun = 0
        var open: Set<Tenant.ID> = []
    }

    /// What the feeds and the test both touch.
    private final class Table: Sendable {
        let state: Mutex<State>

        init(_ grants: PlatformFeeds.Grants) {
            state = Mutex(State(grants: grants))
        }

        func answer() throws -> PlatformFeeds.Grants {
            try state.withLock { state in
                state.questions += 1
                guard state.failures == 0 else {
                    state.failures -= 1
                    throw StorageError.unavailable("busy")
                }
                return state.grants
            }
        }

        func feed(_ tenant: Tenant.ID) async {
            let comesBack = state.withLock { state in
                state.begun += 1
                state.open.insert(tenant)
                return state.comesBack
            }
            // Until it is cancelled.
            if !comesBack { try? await Task.sleep(for: .seconds(86_400)) }
            _ = state.withLock { $0.open.remove(tenant) }
        }
    }

    private let table: Table
    /// What these feeds are among others.
    let part: PlatformFeeds.Part
    let feeds: PlatformFeeds

    init(_ grants: PlatformFeeds.Grants = FeedHouse.grant(generation: 1)) {
        let table = Table(grants)
        self.table = table
        part = PlatformFeeds.Part(grants: { _ in try table.answer() }, feed: { await table.feed($0) })
        feeds = PlatformFeeds([part])
    }

    /// What somebody has granted, with tokens of that generation.
    static func grant(_ scope: String = "chat", generation: Int64) -> PlatformFeeds.Grants {
        [PlatformGrant(platform: .twitch, platformUserId: "1234", scopes: [scope]): generation]
    }

    /// What every streamer has granted.
    var grants: PlatformFeeds.Grants {
        get { table.state.withLock { $0.grants } }
        set { table.state.withLock { $0.grants = newValue } }
    }

    /// How many of the next questions find no storage.
    var failures: Int {
        get { table.state.withLock { $0.failures } }
        set { table.state.withLock { $0.failures = newValue } }
    }

    /// Whether feeds come back at once, as where a login alone can help.
    var comesBack: Bool {
        get { table.state.withLock { $0.comesBack } }
        set { table.state.withLock { $0.comesBack = newValue } }
    }

    /// How often somebody's grants were read.
    var questions: Int { table.state.withLock { $0.questions } }
    /// How many feeds there ever were.
    var begun: Int { table.state.withLock { $0.begun } }
    /// Whose feeds go on.
    var open: Set<Tenant.ID> { table.state.withLock { $0.open } }

    /// Runs the feeds, and services that need them, while the body does.
    func running(_ services: (@Sendable () async throws -> Void)..., body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [feeds] in try await feeds.run() }
            for service in services { group.addTask { try await service() } }
            defer { group.cancelAll() }
            try await body()
        }
    }
}
