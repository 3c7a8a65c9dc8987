import BuiltinWidgets
import Foundation
import Hummingbird
import Logging
import WidgetAPI

@testable import Host

/// The whole host in this process, with a clock that the test moves and Alice's layout with four goals on it.
final class StreamHouse: Sendable {
    static let rates = "EUR=1,USD=0.92,GBP=1.17"
    /// When the scripted stream begins, in milliseconds since 1970.
    static let start: Int64 = 1_763_740_800_000

    let place: LogPlace
    let scope: TenantScope
    let host: Composition
    let port: Int
    private let running: Task<Void, any Error>
    private let folder: URL

    /// Starts it and returns when pages can connect; it offers the packages of that folder.
    init(widgets: String = "/dev/null") async throws {
        let place = try await LogPlace()
        place.clock = Self.start
        self.place = place
        scope = try await place.streamer("alice", "1")
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("streamvibes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let settings = [
            "CURRENCY_RATES": Self.rates, "STREAMVIBES_PORT": "0", "STREAMVIBES_DATA_DIR": folder.path,
            "WIDGETS_DIR": widgets, "SECRET_KEY": SecretKey().exposed,
        ]
        let host = try await Composition(
            settings: Settings(SettingsSource(environment: settings)),
            database: place.database,
            demo: nil,
            logger: place.logger,
            now: place.now
        )
        self.host = host
        try await StreamLayout.place(on: place, by: host.log, in: scope)
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        running = Task {
            defer { ready.finish() }
            try await host.application { ready.yield($0) }.runService(gracefulShutdownSignals: [])
        }
        port = await ports.first { _ in true } ?? 0
    }

    /// Ends it and returns when it has ended.
    func stop() async {
        running.cancel()
        _ = await running.result
        try? FileManager.default.removeItem(at: folder)
    }

    /// The streamer's runtime, of which nobody becomes a page by asking.
    func runtime() async throws -> TenantRuntime {
        let nobody = ConnectionHandle(loopIndex: 0, id: 0)
        let answer = await host.runtimes.subscribe(toEvents: [], after: nil, connection: nobody, in: scope)
        guard let runtime = answer?.0 else { throw Socket.Failure(description: "the streamer does not wake") }
        return runtime
    }
}

/// Alice's layout with a goal of every kind, and her last tips as a list.
enum StreamLayout {
    /// The goals' labels; their widgets follow each other in this order.
    static let goals = ["followers", "subscribers", "tips", "bits"]

    private static let tips: JSONValue = ["mode": "donations", "style": "list", "maxItems": 10]

    /// Places them as the dashboard would.
    static func place(on place: LogPlace, by log: EventLog, in scope: TenantScope) async throws {
        let stages = try await LayoutStore(database: place.database).stages(in: scope)
        guard let before = stages.first?.layout else { throw Socket.Failure(description: "no layout") }
        var after = before
        for index in after.widgets.indices where after.widgets[index].type == "tips" {
            after.widgets[index].settings = settings(tips, of: "tips")
        }
        after.widgets.removeAll { $0.type == "goals" }
        for (row, goal) in goals.enumerated() {
            let config: JSONValue = [
                "goalType": .string(goal), "label": .string(goal), "currency": "EUR", "target": 200,
            ]
            after.widgets.append(
                PlacedWidget(
                    id: PlacedWidget.ID(""),
                    type: "goals",
                    settings: settings(config, of: "goals"),
                    position: .init(x: 0, y: Int64(row), width: 3, height: 1)
                )
            )
        }
        let (layout, tenant, moment) = (after, scope.tenant, place.now())
        try await log.append(in: scope) { sql in
            try LayoutStore.save(layout, over: before, of: tenant, at: moment, sql: sql)
        }
    }

    private static func settings(_ config: JSONValue, of type: String) -> WidgetSettings {
        let version = WidgetCatalogue(BuiltinWidgets.all).kind(type)?.manifest.version ?? ""
        return WidgetSettings(version: version, config: config)
    }
}
