import BuiltinWidgets
import Logging
import NIOCore
import NIOPosix
import Sandbox
import Synchronization
import Testing
import WidgetAPI

@testable import Host

/// A streamer's runtime with everything below it real: log, SQLite, hub.
///
/// Only the clock is the test's.
final class RuntimeHouse: Sendable {
    let place: LogPlace
    let scope: TenantScope
    let hub: RealtimeHub
    let log: EventLog
    let runtimes: TenantRuntimes
    private let pagesMade = Atomic<UInt64>(0)

    /// A new house, or a new start of the program on the rows of another one.
    ///
    /// Widgets in Lua run where a zygote is given.
    init(on place: LogPlace? = nil, strangers: [LuaKind] = [], zygote: Zygote? = nil) async throws {
        let fresh = place == nil
        self.place = if let place { place } else { try await LogPlace() }
        if fresh { self.place.clock = 1_000_000 }
        let (database, now) = (self.place.database, self.place.now)
        let known = try await ChannelStore(database: database, now: now).channel(named: "alice", on: .twitch)
        if let known {
            scope = TenantScope(granting: known.tenant, to: .host)
        } else {
            scope = try await self.place.streamer("alice", "1")
        }
        hub = RealtimeHub(group: MultiThreadedEventLoopGroup.singleton)
        let runtimes = TenantRuntimes(
            around: TenantRuntime.Surroundings(
                catalogue: WidgetCatalogue(BuiltinWidgets.all, strangers: strangers),
                layouts: LayoutStore(database: database),
                checkpoints: CheckpointStore(database: database),
                events: EventStore(database: database),
                hub: hub,
                zygote: zygote,
                soundAddress: { "/\($0)" },
                now: now,
                logger: self.place.logger
            )
        )
        log = EventLog(database: database, now: now, logger: self.place.logger) { runtimes.announce($0, $1) }
        runtimes.attach(log)
        self.runtimes = runtimes
    }

    /// Lets a page that is not there watch; its frames go nowhere.
    func open(_ view: OverlayView) async throws -> (TenantRuntime, AudienceTicket) {
        let answer = await runtimes.subscribe(page(view), in: scope)
        guard case (let runtime, .subscribed(let ticket))? = answer else {
            throw Socket.Failure(description: "not subscribed: \(String(describing: answer?.1))")
        }
        try await until { await runtime.presence.isSettled }
        return (runtime, ticket)
    }

    func page(_ view: OverlayView, layout: String? = nil, key: OverlayKey? = nil) -> OverlaySubscription {
        OverlaySubscription(
            view: view,
            layoutId: layout.map { Layout.ID($0) },
            keyHash: key?.hash,
            epoch: nil,
            revs: [:],
            connection: ConnectionHandle(loopIndex: 0, id: pagesMade.add(1, ordering: .relaxed).newValue)
        )
    }

    /// Returns once it is so, the clock moving meanwhile; fails when it is not so within two minutes.
    func until(line: Int = #line, _ isSo: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while try await !isSo() {
            guard ContinuousClock.now < deadline else {
                throw Socket.Failure(description: "line \(line): it never became so")
            }
            place.clock += 10
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Lets time pass for everybody who waits for it.
    func pass(seconds: Int64) async throws {
        for _ in 0..<10 {
            place.clock += seconds * 100
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Saves the streamer's layout as it is afterwards.
    func changeLayout(_ change: (inout Layout) -> Void) async throws {
        let stages = try await LayoutStore(database: place.database).stages(in: scope)
        let before = try #require(stages.first?.layout)
        var after = before
        change(&after)
        let (layout, tenant, moment) = (after, scope.tenant, place.now())
        try await log.append(in: scope) { sql in
            try LayoutStore.save(layout, over: before, of: tenant, at: moment, sql: sql)
        }
    }

    /// What the log says about somebody watching, oldest first.
    func presence() async throws -> [Bool?] {
        try await place.store.events(after: 0, limit: 500, in: scope).filter { $0.type == .overlayPresence }
            .map { $0.payload["open"]?.boolValue }
    }

    func draft(_ type: EventType, _ payload: JSONValue, id: String = UUIDv7.make()) -> EventDraft {
        EventDraft(
            id: Event.ID(id),
            type: type,
            platform: .twitch,
            channelId: "1",
            occurredAt: place.now(),
            payload: payload
        )
    }

    func line(_ text: String, by userId: String = "5") -> EventDraft {
        let id = UUIDv7.make()
        return draft(.chatMessage, ChatMessage(messageId: id, user: user(userId), text: text).json, id: id)
    }

    func follow(_ name: String) -> EventDraft {
        draft(.follow, Follow(user: User(id: name, login: name.lowercased(), displayName: name)).json)
    }

    func tip(_ message: String, by userId: String) -> EventDraft {
        let amount = Money(minor: 500, currency: "USD")
        return draft(.tip, Tip(user: user(userId), amount: amount, kind: .donation, message: message).json)
    }

    private func user(_ id: String) -> User {
        User(id: id, login: "viewer\(id)", displayName: "Viewer\(id)")
    }
}
