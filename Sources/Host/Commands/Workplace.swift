import ArgumentParser
import Glibc
import Logging

/// Options of every command that touches storage.
struct StorageOptions: ParsableArguments {
    @Option(name: .customLong("data-dir"), help: "Where everything is kept (default ./data).")
    var dataDirectory: String?

    /// The options that were given, under the names of their settings.
    var given: [String: String] {
        dataDirectory.map { ["STREAMVIBES_DATA_DIR": $0] } ?? [:]
    }
}

/// Settings, log and storage as a command finds them.
struct Workplace {
    let settings: Settings
    let logger: Logger
    let directory: DataDirectory
    let database: SQLiteDatabase

    /// Reads the settings, opens storage and brings it to the current schema.
    ///
    /// A database of an earlier version is backed up first, when another backup that is going on has ended; where that
    /// cannot be done, nothing changes.
    ///
    /// `options` is what was given at the command line, under the settings' names. With `forServing` this process
    /// becomes the folder's one server. `check` may refuse the settings before anything is made.
    static func open(
        options: [String: String],
        forServing: Bool = false,
        checking check: (Settings) throws -> Void = { _ in }
    ) async throws -> Workplace {
        let source = SettingsSource(options: options, environment: environment(), file: try settingsFile())
        let settings = try settings(source)
        try check(settings)
        let logger = log(settings)
        for name in Settings.reserved where source.isGiven(name) {
            logger.warning("a setting is not used by this version", metadata: ["setting": "\(name)"])
        }
        let directory: DataDirectory
        do throws(DataDirectoryError) {
            directory = try DataDirectory(path: settings.dataDirectory)
            let isOurs = forServing ? try directory.lock() : true
            guard isOurs else {
                throw DataDirectoryError(path: settings.dataDirectory, reason: DataDirectory.inUse)
            }
        } catch {
            throw CommandFailure(error.reason == DataDirectory.inUse ? .unavailable : .badConfiguration, "\(error)")
        }
        try settleRestore(in: directory, isOurs: forServing, logger)
        let path = settings.databasePath ?? directory.databasePath
        do {
            let upgrade = try await keepEarlierSchema(of: path, in: directory, isOurs: forServing, logger)
            defer { withExtendedLifetime(upgrade) {} }
            let database = try SQLiteDatabase(path: path)
            try await Migration.migrate(database)
            return Workplace(settings: settings, logger: logger, directory: directory, database: database)
        } catch StorageError.newerSchema(let found, let known) {
            throw CommandFailure(
                .badConfiguration,
                "DATABASE_URL: schema \(found) seen in \(path), schema \(known) or older wanted by this version"
            )
        } catch let error as StorageError {
            throw CommandFailure(.unavailable, "DATABASE_URL: \(path) cannot be opened or written (\(error))")
        }
    }

    /// The settings alone, for a command that needs no storage.
    static func settings(options: [String: String]) throws -> Settings {
        try settings(SettingsSource(options: options, environment: environment(), file: try settingsFile()))
    }

    /// The settings, and where each was given.
    static func given(_ options: [String: String]) throws -> (Settings, SettingsSource) {
        let source = SettingsSource(options: options, environment: environment(), file: try settingsFile())
        return (try settings(source), source)
    }

    private static func settings(_ source: SettingsSource) throws -> Settings {
        do throws(SettingsError) {
            return try Settings(source)
        } catch {
            let status: ExitStatus = error.origin == .commandLine ? .usage : .badConfiguration
            throw CommandFailure(status, error.description)
        }
    }

    private static func settingsFile() throws -> SettingsFile {
        guard let file = fopen(SettingsFile.name, "r") else {
            guard errno == ENOENT else {
                let reason = String(cString: strerror(errno))
                throw CommandFailure(.badConfiguration, "\(SettingsFile.name): a readable file wanted (\(reason))")
            }
            return SettingsFile(values: [:])
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes += buffer[..<count]
        }
        do throws(SettingsError) {
            return try SettingsFile(parsing: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw CommandFailure(.badConfiguration, error.description)
        }
    }

    private static func environment() -> [String: String] {
        var values: [String: String] = [:]
        for name in Settings.used + Settings.reserved {
            values[name] = getenv(name).map { String(cString: $0) }
        }
        return values
    }

    static func log(_ settings: Settings) -> Logger {
        Logger(label: "streamvibes") {
            StandardErrorLog(logLevel: settings.logLevel, label: $0, format: settings.logFormat)
        }
    }
}
