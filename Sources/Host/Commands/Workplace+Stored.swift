import Glibc
import Logging

extension Workplace {
    /// Where everything is kept, for a command that takes it as files and opens no database.
    struct StoredPlace {
        let directory: DataDirectory
        let databasePath: String
        let logger: Logger
        /// Where the operator finds the key that no backup holds.
        let secretKeyPlace: String

        /// The database's path from the root, whatever the working directory is next time; its folder must be there.
        var absoluteDatabasePath: String {
            get throws(FileFault) {
                let slash = databasePath.lastIndex(of: "/")
                let folder = slash.map { String(databasePath[...$0]) } ?? "."
                let name = slash.map { databasePath[databasePath.index(after: $0)...] } ?? databasePath[...]
                guard let resolved = realpath(folder, nil) else { throw FileFault(folder) }
                defer { free(resolved) }
                let path = String(cString: resolved)
                return path == "/" ? "/\(name)" : "\(path)/\(name)"
            }
        }

        /// Finishes or clears away what an earlier restore has left.
        func settleRestore() throws {
            try Workplace.settleRestore(in: directory, isOurs: false, logger)
        }
    }

    static func storedPlace(options: [String: String]) throws -> StoredPlace {
        let (settings, source) = try given(options)
        let directory: DataDirectory
        do throws(DataDirectoryError) {
            directory = try DataDirectory(path: settings.dataDirectory)
        } catch {
            throw CommandFailure(.badConfiguration, "\(error)")
        }
        return StoredPlace(
            directory: directory,
            databasePath: settings.databasePath ?? directory.databasePath,
            logger: log(settings),
            secretKeyPlace: source.isGiven("SECRET_KEY")
                ? "it is the setting SECRET_KEY" : "it lies in \(directory.path)/secret.key"
        )
    }

    /// Finishes or clears away what an earlier restore has left, and says which.
    ///
    /// `isOurs` says that this process is the folder's server already.
    static func settleRestore(in directory: DataDirectory, isOurs: Bool, _ logger: Logger) throws {
        let swap = RestoreSwap(folder: directory.path)
        guard swap.hasLeftover else { return }
        do {
            let lock = try isOurs ? nil : directory.lock(for: .server)
            guard isOurs || lock != nil else {
                throw CommandFailure(
                    .unavailable,
                    "data_dir: \"\(directory.path)\" seen, a folder in which no restore is going on wanted"
                )
            }
            defer { withExtendedLifetime(lock) {} }
            let leftover = try swap.recover()
            guard let sentence = RestoreSentence.of(leftover) else { return }
            var metadata: Logger.Metadata = ["data_dir": "\(directory.path)"]
            if case .finished(let plan) = leftover { metadata["backup"] = "\(plan.source)" }
            logger.notice("\(sentence)", metadata: metadata)
        } catch let fault as FileFault {
            throw CommandFailure(
                .unavailable,
                "data_dir: \"\(directory.path)\" has a restore that was cut off and cannot be finished (\(fault))"
            )
        }
    }
}
