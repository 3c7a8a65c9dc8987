import ArgumentParser
import Glibc
import WidgetAPI

/// The kit of widget authors: `widget new`, `check`, `test`, `pack` and `install`.
struct WidgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "widget",
        abstract: "Make, check, test, pack and install widgets.",
        subcommands: [New.self, Check.self, Test.self, Pack.self, Install.self]
    )

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Begin a widget: a folder with one that works."
        )

        @Argument(help: "The widget's id: 2 to 40 of a-z, 0-9 and -, a letter first.") var name: String

        func run() throws {
            guard ManifestReader.isID(name) else {
                throw CommandFailure(
                    .badData,
                    "NAME: \"\(ShownText.of(name))\" seen, 2 to 40 of a-z, 0-9 and \"-\" wanted, a letter first"
                )
            }
            guard mkdir(name, 0o755) == 0 else {
                let reason = errno == EEXIST ? "it is there already" : String(cString: strerror(errno))
                throw CommandFailure(.badData, "NAME: \"\(name)\" seen, a new folder wanted (\(reason))")
            }
            for folder in ["replays", "locales"] { mkdir("\(name)/\(folder)", 0o755) }
            for (path, text) in NewWidget(id: name).files {
                try WidgetCommand.write(Array(text.utf8), to: "\(name)/\(path)")
            }
            print("\(name)/ is a widget. Next: streamvibes widget check \(name)")
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Say everything that is wrong with a widget."
        )

        @Argument(help: "The widget's folder, or its .svwidget file.") var directory: String

        func run() async throws {
            let package = try await WidgetCommand.checked(directory)
            print("\(package.manifest.id) \(package.manifest.version): nothing is wrong")
            for permission in package.unusedPermissions {
                print("widget.json: the permission \"\(permission.rawValue)\" is asked for and never used")
            }
        }
    }

    struct Pack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pack",
            abstract: "Check a widget and write its .svwidget file into this folder."
        )

        @Argument(help: "The widget's folder.") var directory: String

        func run() async throws {
            let package = try await WidgetCommand.checked(directory)
            let files = try WidgetCommand.reading(directory) { () throws(PackageError) in
                try PackageFolder.files(at: directory)
            }
            let archive = ZipWriter.archive(of: files, folder: package.manifest.id)
            guard archive.count <= ZipReader.bytesLimit else {
                throw CommandFailure(
                    .badData,
                    "\(package.archiveName): \(archive.count) bytes packed, at most \(ZipReader.bytesLimit) wanted"
                )
            }
            try WidgetCommand.write(archive, to: package.archiveName)
            print(package.archiveName)
        }
    }

    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "install",
            abstract: "Add a widget to what this host offers."
        )

        @Argument(help: "The widget's .svwidget file.") var file: String
        @OptionGroup var storage: StorageOptions

        func run() throws {
            let settings = try Workplace.settings(options: storage.given)
            guard let bytes = PackageFolder.bytes(ofFile: file, limit: ZipReader.bytesLimit) else {
                let wanted = "a .svwidget file of at most \(ZipReader.bytesLimit) bytes wanted"
                throw CommandFailure(.badData, "FILE: \"\(file)\" seen, \(wanted)")
            }
            let package = try WidgetCommand.reading(file) { () throws(PackageError) in
                try WidgetPackage(archive: bytes, named: file)
            }
            let id = package.manifest.id
            if Composition.builtinWidgets.contains(where: { $0.manifest.id == id }) {
                throw CommandFailure(.badData, "FILE: the id \"\(id)\" seen, one that no built-in widget has wanted")
            }
            let offered = PackageShelf.places(in: settings.widgetsDirectory)
            if offered.contains(where: { (try? $0.content.get())?.manifest.id == id || $0.name == id }) {
                throw CommandFailure(
                    .badData,
                    "FILE: the id \"\(id)\" seen, one that no widget in \(settings.widgetsDirectory) has wanted"
                )
            }
            let shelf = try Install.shelf(settings)
            // The archive is kept as it came: one file changes hands in one step, whoever reads meanwhile.
            try WidgetCommand.write(bytes, to: "\(shelf)/\(id).svwidget")
            let permissions = package.manifest.permissions.map(\.rawValue).joined(separator: ", ")
            print("\(id) \(package.manifest.version) is installed")
            print("It may use: \(permissions.isEmpty ? "nothing" : permissions)")
        }

        private static func shelf(_ settings: Settings) throws -> String {
            let directory: DataDirectory
            do throws(DataDirectoryError) {
                directory = try DataDirectory(path: settings.dataDirectory)
            } catch {
                throw CommandFailure(.badConfiguration, "\(error)")
            }
            guard mkdir(directory.widgetsPath, 0o755) == 0 || errno == EEXIST else {
                let reason = String(cString: strerror(errno))
                throw CommandFailure(.unavailable, "\(directory.widgetsPath) cannot be made (\(reason))")
            }
            return directory.widgetsPath
        }
    }

    /// The package, unless something is wrong with it, however small; its program is run.
    static func checked(_ path: String) async throws -> WidgetPackage {
        let level = try Workplace.settings(options: [:]).sandboxLevel
        let files = try reading(path) { () throws(PackageError) in try PackageShelf.files(at: path) }
        var (package, faults): (WidgetPackage?, [PackageFault]) = (nil, [])
        do throws(PackageError) {
            let read = try PackageShelf.package(at: path)
            package = read
            faults = read.permissionFaults + read.localeFaults
        } catch {
            faults = error.faults
        }
        do {
            let cells = try await TrialCells.open(level)
            faults += await PackageTrial(files: files, cells: cells).faults(of: package)
            cells.close()
        } catch  where !faults.isEmpty {
            // What is known to be wrong is worth more than that there may be more.
        }
        guard let package, faults.isEmpty else {
            return try reading(path) { () throws(PackageError) in throw PackageError(faults) }
        }
        return package
    }

    /// Turns what is wrong with a package into the end of a command: one line each, as compilers write them.
    static func reading<Value>(_ path: String, _ read: () throws(PackageError) -> Value) throws -> Value {
        do throws(PackageError) {
            return try read()
        } catch {
            let count = error.faults.count
            let lines = error.faults.map { "\n  \($0)" }.joined()
            throw CommandFailure(.badData, "\(path): \(count) \(count == 1 ? "thing is" : "things are") wrong\(lines)")
        }
    }

    /// Writes a file in one step: whoever reads it sees the old bytes or the new ones.
    private static func write(_ bytes: [UInt8], to path: String) throws {
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        var rest = bytes[...]
        while descriptor >= 0, !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        guard descriptor >= 0, rest.isEmpty, fsync(descriptor) == 0, close(descriptor) == 0,
            rename(temporary, path) == 0
        else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw CommandFailure(.unavailable, "\(path) cannot be written (\(reason))")
        }
    }
}
