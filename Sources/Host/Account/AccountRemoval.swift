import Logging
import NIOPosix
import WidgetAPI

/// The end of an account: no row, file, key, login or socket of it stays.
///
/// What leads to the account goes in one transaction, and with it comes a mark; from then on nobody finds the streamer.
/// The log may have a million rows and goes in pieces, so that others can write meanwhile. A host that ends in the
/// middle goes on at its next start.
struct AccountRemoval: Sendable {
    /// Rows of the log that go at a time.
    private static let pieceSize: Int64 = 2000

    let database: any Database
    let vault: Vault
    let deliveries: DeliverySubscriptions
    let feeds: PlatformFeeds
    let channels: ChannelStore
    let sockets: SessionSockets
    let runtimes: TenantRuntimes
    let folder: FileFolder
    let logger: Logger

    /// What has to be ended outside of the database.
    private struct Remains: Sendable {
        var tokenHashes: [String] = []
        var files: [StoredFile.ID] = []
        var connections: [Connection] = []
    }

    /// Deletes the streamer and everything of theirs.
    func remove(in scope: TenantScope) async throws {
        let (tenant, vault) = (scope.tenant, vault)
        let remains = try await database.transaction(in: scope) { sql in
            let remains = try Self.remains(of: tenant, vault, sql: sql)
            try Self.unlink(tenant, sql: sql)
            return remains
        }
        channels.forget()
        feeds.connectionChanged(tenant)
        await runtimes.dismiss(scope, comingBack: false)
        for hash in remains.tokenHashes { sockets.end(hash) }
        let folder = folder
        try? await NIOThreadPool.singleton.runIfActive { for id in remains.files { folder.remove(id) } }
        for connection in remains.connections { deliveries.leave(connection) }
        try await finish(tenant)
        logger.notice("an account was deleted", metadata: ["tenant": "\(tenant)"])
    }

    /// Ends what an earlier host has begun.
    func resume() async throws {
        let ending = try await database.hostRead { sql in
            try sql.rows("SELECT id FROM streamers WHERE ending = 1", []).map { Tenant.ID($0.text(0)) }
        }
        for tenant in ending {
            try await finish(tenant)
            logger.notice("the deletion of an account was finished", metadata: ["tenant": "\(tenant)"])
        }
    }

    private static func remains(of tenant: Tenant.ID, _ vault: Vault, sql: any SQLSession) throws -> Remains {
        var remains = Remains()
        remains.tokenHashes = try sql.rows(
            "SELECT token_hash FROM sessions WHERE streamer_id = $1",
            [.text(tenant.text)]
        ).map { $0.text(0) }
        remains.files = try sql.rows(
            "SELECT id FROM files WHERE streamer_id = $1",
            [.text(tenant.text)]
        ).map { StoredFile.ID($0.text(0)) }
        for platform in Platform.ofChannels {
            let connection = try ConnectionStore.revocable(on: platform, of: tenant, vault, sql: sql)
            if let connection { remains.connections.append(connection) }
        }
        return remains
    }

    /// Takes away every way to the account.
    private static func unlink(_ tenant: Tenant.ID, sql: any SQLSession) throws {
        let values: [SQLValue] = [.text(tenant.text)]
        try sql.run("DELETE FROM sessions WHERE streamer_id = $1", values)
        try sql.run("DELETE FROM login_states WHERE streamer_id = $1", values)
        // The tokens go with their channel.
        try sql.run("DELETE FROM channels WHERE streamer_id = $1", values)
        try sql.run("DELETE FROM overlay_keys WHERE streamer_id = $1", values)
        try sql.run("DELETE FROM tip_sources WHERE streamer_id = $1", values)
        try sql.run("DELETE FROM files WHERE streamer_id = $1", values)
        try sql.run("UPDATE streamers SET ending = 1 WHERE id = $1", values)
    }

    private func finish(_ tenant: Tenant.ID) async throws {
        while true {
            let deleted = try await database.hostTransaction { sql in
                try sql.run(
                    """
                    DELETE FROM events WHERE streamer_id = $1 AND seq IN (
                        SELECT seq FROM events WHERE streamer_id = $1 ORDER BY seq LIMIT $2
                    )
                    """,
                    [.text(tenant.text), .integer(Self.pieceSize)]
                )
            }
            guard deleted > 0 else { break }
        }
        // Every other table of streamers is short, refers to this row and goes with it.
        _ = try await database.hostTransaction { sql in
            try sql.run("DELETE FROM streamers WHERE id = $1", [.text(tenant.text)])
        }
    }
}
