import Logging
import WidgetAPI

extension Workplace {
    /// How long an upgrade waits for a backup to end.
    ///
    /// One of ten gigabytes has ended by then on a slow disk: it writes them twice, at 70 MB a second.
    static let backupPatience = Duration.seconds(300)
    private static let pause = Duration.milliseconds(500)

    /// Keeps what an earlier version has written, before its schema changes.
    ///
    /// Another backup or upgrade of the folder that is going on is waited for up to `limit`, with one line in the log,
    /// and what it leaves is looked at anew. `isOurs` says that this process is the folder's server already.
    ///
    /// - Returns: what keeps other upgrades out, to be let go of when the schema has changed; `nil` where it need not.
    /// - Throws: `CommandFailure` where that cannot be done, or not in time; the database is as it was then.
    ///   `StorageError` when the database cannot be read.
    @discardableResult
    static func keepEarlierSchema(
        of path: String,
        in directory: DataDirectory,
        isOurs: Bool,
        limit: Duration = Self.backupPatience,
        pausing: (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        _ logger: Logger
    ) async throws -> OpenFile? {
        let backup = Backup(directory: directory, databasePath: path, program: ProgramVersion.text)
        let upgrade = UpgradeBackup(backup: backup, knownSchema: Migration.newest)
        var waited = Duration.zero
        while try upgrade.olderSchema != nil {
            if let lock = try keepAtOnce(upgrade, in: directory, logger) { return lock }
            let seconds = limit.components.seconds
            guard waited < limit else {
                throw refused(directory, "another backup or upgrade is still going on after \(seconds) s")
            }
            if waited == .zero {
                logger.notice(
                    "a backup or an upgrade of this data dir is going on; this upgrade waits for its end",
                    metadata: ["data_dir": "\(directory.path)", "seconds_at_most": "\(seconds)"]
                )
            }
            try await pausing(pause)
            waited += pause
            // It may have been a restore, and one that was cut off.
            try settleRestore(in: directory, isOurs: isOurs, logger)
        }
        return nil
    }

    /// What keeps other upgrades out when all is kept; `nil` while somebody else's backup or upgrade goes on.
    private static func keepAtOnce(
        _ upgrade: UpgradeBackup,
        in directory: DataDirectory,
        _ logger: Logger
    ) throws -> OpenFile? {
        do {
            guard let lock = try directory.lock(for: .upgrade) else { return nil }
            // Who had it a moment ago may have changed the schema.
            guard let schema = try upgrade.olderSchema else { return lock }
            let made = try upgrade.write(schema: schema, now: .now)
            for name in made.leftOut {
                let metadata: Logger.Metadata = ["name": "\(name)"]
                logger.warning("neither a file nor a folder; it is not in the backup", metadata: metadata)
            }
            logger.notice(
                "the database is of an earlier version; a backup of it was written, and its schema changes now",
                metadata: ["backup": "\(made.path)", "schema": "\(schema)", "wanted": "\(Migration.newest)"]
            )
            return lock
        } catch BackupRefusal.running {
            return nil
        } catch let refusal as BackupRefusal {
            throw refused(directory, "\(refusal)")
        } catch let error as StorageError {
            throw refused(directory, error.reason)
        } catch let fault as FileFault {
            throw refused(directory, "\(fault)")
        }
    }

    private static func refused(_ directory: DataDirectory, _ reason: String) -> CommandFailure {
        CommandFailure(
            .unavailable,
            "data_dir: \"\(directory.path)\" seen, room for the backup that comes before an upgrade wanted; "
                + "nothing was changed (\(reason))"
        )
    }
}
