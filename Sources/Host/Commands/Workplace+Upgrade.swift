import Logging
import WidgetAPI

extension Workplace {
    /// Keeps what an earlier version has written, before its schema changes.
    ///
    /// - Throws: `CommandFailure` where that cannot be done; the database is as it was then. `StorageError` when the
    ///   database cannot be read.
    static func keepEarlierSchema(of path: String, in directory: DataDirectory, _ logger: Logger) throws {
        let backup = Backup(directory: directory, databasePath: path, program: ProgramVersion.text)
        let upgrade = UpgradeBackup(backup: backup, knownSchema: Migration.newest)
        guard let schema = try upgrade.olderSchema else { return }
        do {
            let made = try upgrade.write(schema: schema, now: .now)
            for name in made.leftOut {
                let metadata: Logger.Metadata = ["name": "\(name)"]
                logger.warning("neither a file nor a folder; it is not in the backup", metadata: metadata)
            }
            logger.notice(
                "the database is of an earlier version; a backup of it was written, and its schema changes now",
                metadata: ["backup": "\(made.path)", "schema": "\(schema)", "wanted": "\(Migration.newest)"]
            )
        } catch is BackupRefusal {
            throw refused(directory, "another backup or upgrade is going on")
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
