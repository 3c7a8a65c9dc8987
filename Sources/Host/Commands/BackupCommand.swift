import ArgumentParser
import Logging
import WidgetAPI

/// Written as `streamvibes backup FILE`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy database, files and packages into one file, while the host runs."
    )

    @Argument(help: "The file to write; it must not be there yet.") var file: String
    @OptionGroup var storage: StorageOptions

    func run() async throws {
        let place = try Workplace.storedPlace(options: storage.given)
        try place.settleRestore()
        let backup = Backup(
            directory: place.directory,
            databasePath: place.databasePath,
            program: ProgramVersion.text
        )
        do {
            let made = try backup.write(to: file, now: .now)
            for name in made.leftOut {
                let metadata: Logger.Metadata = ["name": "\(name)"]
                place.logger.warning("neither a file nor a folder; it is not in the backup", metadata: metadata)
            }
            print("\(file): \(made.entries) entries, \(made.bytes) bytes, schema \(made.schema).")
            print(
                "The secret key is not in it: \(place.secretKeyPlace). "
                    + "Keep a copy of the key somewhere else; without it the tokens in the backup cannot be read."
            )
        } catch BackupRefusal.exists {
            throw CommandFailure(.badData, "FILE: \"\(file)\" seen, a name that is not taken wanted")
        } catch BackupRefusal.running {
            throw CommandFailure(
                .unavailable,
                "data_dir: \"\(place.directory.path)\" seen, a folder of which no other backup is being made wanted"
            )
        } catch BackupRefusal.noDatabase {
            throw CommandFailure(.badData, "DATABASE_URL: \(place.databasePath) seen, a database of streamvibes wanted")
        } catch let fault as FileFault {
            throw CommandFailure(.unavailable, "FILE: \"\(file)\" cannot be written (\(fault))")
        } catch let error as StorageError {
            throw CommandFailure(.unavailable, "DATABASE_URL: \(place.databasePath) cannot be copied (\(error.reason))")
        }
    }
}
