import Logging
import NIOPosix
import WidgetAPI

/// The end of an account: no row, file, key, login or socket of it stays.
///
/// The rows go in one transaction, so that after a crash either everything is there or nothing. What follows from that
/// can be made good later: files without a row are removed at the next start, pages find no channel.
struct AccountRemoval: Sendable {
    let database: any Database
    let connections: ConnectionStore
    let keeper: ConnectionKeeper
    let channels: ChannelStore
    let sockets: SessionSockets
    let runtimes: TenantRuntimes
    let files: FileStore
    let logger: Logger

    /// Deletes the streamer and everything of theirs.
    func remove(in scope: TenantScope) async throws {
        let own = try await files.files(in: scope).map(\.id)
        var tokens: [Connection] = []
        for platform in Platform.ofChannels {
            if let connection = try await connections.connection(on: platform, in: scope) { tokens.append(connection) }
        }
        let tenant = scope.tenant
        let tokenHashes = try await database.transaction(in: scope) { sql in
            let hashes = try sql.rows(
                "SELECT token_hash FROM sessions WHERE streamer_id = $1",
                [.text(tenant.text)]
            ).map { $0.text(0) }
            // Every table of streamers refers to this row and goes with it.
            try sql.run("DELETE FROM streamers WHERE id = $1", [.text(tenant.text)])
            return hashes
        }
        channels.forget()
        await runtimes.dismiss(scope, comingBack: false)
        for hash in tokenHashes { sockets.end(hash) }
        let folder = files.folder
        try? await NIOThreadPool.singleton.runIfActive { for id in own { folder.remove(id) } }
        for connection in tokens {
            keeper.revoke(connection.accessToken, connection.refreshToken, on: connection.platform)
        }
        logger.notice("an account was deleted", metadata: ["tenant": "\(tenant)"])
    }
}
