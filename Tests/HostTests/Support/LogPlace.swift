import Foundation
import Logging
import Synchronization
import WidgetAPI

@testable import Host

/// A log on a real SQLite file, with a clock that the test moves.
final class LogPlace: Sendable {
    let database: SQLiteDatabase
    let store: EventStore
    let log: EventLog
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let shared = SharedState()
    let now: @Sendable () -> Timestamp
    private let folder: URL

    /// What the log and the test both touch.
    final class SharedState: Sendable {
        /// Milliseconds since 1970.
        let clock = Mutex<Int64>(0)
        let announced = Mutex<[(tenant: Tenant.ID, events: [Event])]>([])
    }

    var clock: Int64 {
        get { shared.clock.withLock { $0 } }
        set { shared.clock.withLock { $0 = newValue } }
    }

    init(rates: CurrencyRates = CurrencyRates()) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("streamvibes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = try SQLiteDatabase(path: folder.appendingPathComponent("log.sqlite").path)
        try await Migration.migrate(database)
        store = EventStore(database: database)
        let shared = shared
        now = { Timestamp(milliseconds: shared.clock.withLock { $0 }) }
        log = EventLog(database: database, rates: rates, now: now, logger: logger) { tenant, events in
            shared.announced.withLock { $0.append((tenant, events)) }
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// A new streamer with one Twitch channel.
    func streamer(_ name: String, _ userId: String) async throws -> TenantScope {
        let channel = try await ChannelStore(database: database, now: now).add(.twitch, name, userId: userId)
        return TenantScope(granting: channel.tenant, to: .host)
    }

    /// A streamer's name as it is kept.
    func name(of scope: TenantScope) async throws -> String? {
        let tenant = SQLValue.text(scope.tenant.text)
        return try await database.read(in: scope) { sql in
            try sql.rows("SELECT display_name FROM streamers WHERE id = $1", [tenant]).first?.text(0)
        }
    }
}
