import ArgumentParser
import Glibc
import WidgetAPI

/// Written as `streamvibes restore FILE`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring back what a backup holds, while no host runs; what is there now is kept aside."
    )

    @Argument(help: "A file that backup wrote.") var file: String
    @OptionGroup var storage: StorageOptions

    func run() async throws {
        let place = try Workplace.storedPlace(options: storage.given)
        let locks = try Self.locks(of: place.directory)
        defer { withExtendedLifetime(locks) {} }
        let swap = RestoreSwap(folder: place.directory.path)
        do {
            if let sentence = RestoreSentence.of(try swap.recover()) { print("First: \(sentence).") }
            try restore(swap, at: place)
        } catch let fault as BackupFault {
            try swap.discard()
            throw CommandFailure(.badData, "FILE: \"\(file)\" seen, a whole backup wanted (\(fault))")
        } catch let fault as FileFault {
            try? swap.discard()
            throw CommandFailure(.unavailable, "data_dir: \"\(place.directory.path)\" cannot be used (\(fault))")
        } catch let error as StorageError {
            try swap.discard()
            let path = place.databasePath
            throw CommandFailure(.unavailable, "DATABASE_URL: \(path) cannot be replaced (\(error.reason))")
        }
    }

    /// Keeps servers and backups away from what is replaced.
    private static func locks(of directory: DataDirectory) throws -> [OpenFile] {
        let held: [OpenFile?]
        do throws(FileFault) {
            held = [try directory.lock(for: .server), try directory.lock(for: .backup)]
        } catch {
            throw CommandFailure(.unavailable, "data_dir: \"\(directory.path)\" cannot be used (\(error))")
        }
        let locks = held.compactMap(\.self)
        guard locks.count == held.count else {
            throw CommandFailure(
                .unavailable,
                "data_dir: \"\(directory.path)\" seen, a folder that no server and no backup uses wanted"
            )
        }
        return locks
    }

    private func restore(_ swap: RestoreSwap, at place: Workplace.StoredPlace) throws {
        let source: OpenFile
        do {
            source = try OpenFile(file, O_RDONLY)
        } catch {
            throw CommandFailure(.badData, "FILE: \"\(file)\" seen, a file that can be read wanted (\(error.reason))")
        }
        guard try source.status().isPlain else { throw BackupFault("it is no file") }
        let moment = Timestamp.now.iso8601.filter { $0 != "-" && $0 != ":" }
        let plan = RestoreSwap.Plan(
            databasePath: try place.absoluteDatabasePath,
            suffix: ".before-restore-\(moment)",
            source: file
        )
        let known = Migration.newest
        let manifest = try RestoreStage(swap: swap, plan: plan, knownSchema: known).fill(from: source)
        try SQLiteFile(path: plan.databasePath).whileAlone {
            try swap.commit()
            _ = try swap.recover()
        }
        let origin = "made \(manifest.createdAt) by version \(manifest.program), schema \(manifest.schema)"
        print("\(file) is restored: \(origin).")
        for path in swap.keptAside(plan) { print("What was there before: \(path)") }
        print(
            "The secret key is not in a backup. The tokens in this one open with the key of the host that wrote it; "
                + "here \(place.secretKeyPlace)."
        )
    }
}

/// What an operator is told about a restore that was cut off.
enum RestoreSentence {
    static func of(_ leftover: RestoreSwap.Leftover) -> String? {
        switch leftover {
        case .nothing: nil
        case .undone: "a restore that was cut off had changed nothing; what it had unpacked is removed"
        case .finished: "a restore that was cut off is finished now; what the backup held is what is kept here"
        }
    }
}
