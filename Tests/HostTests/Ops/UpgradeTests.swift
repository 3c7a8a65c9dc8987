import Foundation
import Logging
import Testing
import WidgetAPI

@testable import Host

/// A database that an earlier version has written meets this one.
@Suite(.serialized, .withProcesses) struct UpgradeTests {
    private static let older = Migration.newest - 1
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test(arguments: ["migrate", "serve"])
    func `an older database is backed up and then brought to the current schema`(command: String) async throws {
        let server = try ServerProcess()
        try await Self.makeOlder(in: server)

        if command == "serve" {
            try server.start()
            #expect(server.terminate() == 0)
            #expect(server.logLines(with: "a backup of it was written").count == 1)
        } else {
            let migrated = try server.command("migrate")
            #expect(migrated.status == 0, "\(migrated.errors)")
            #expect(migrated.output == "The database has schema \(Migration.newest).\n")
        }

        #expect(try Self.schema(of: server) == Migration.newest)
        #expect(try EventTable(of: server).rows("SELECT display_name FROM streamers") == ["Aurora"])
        let name = try #require(try Self.backups(of: server).first)
        #expect(try Self.backups(of: server).count == 1 && name.hasSuffix(".schema-\(Self.older).tar"))
        let status = try #require(FileStatus(at: "\(server.dataDirectory)/\(name)", followingLinks: false))
        #expect(status.permissions == 0o600)
    }

    @Test func `the backup of an upgrade is what was there before it`() async throws {
        let server = try ServerProcess()
        try await Self.makeOlder(in: server)
        #expect(try server.command("migrate").status == 0)
        let name = try #require(try Self.backups(of: server).first)
        let folder = try TemporaryFolder()

        let tar = try BackupPlace.run("tar", ["xf", "\(server.dataDirectory)/\(name)"], in: folder.path)
        let sums = try BackupPlace.run("sha256sum", ["--check", "--strict", "SHA256SUMS"], in: folder.path)
        let schema = try SQLiteFile(path: folder.path + "/database.sqlite").schema()
        let other = try ServerProcess()
        let restored = try other.command("restore", "\(server.dataDirectory)/\(name)")

        #expect(tar.0 == 0 && sums.0 == 0, "\(tar.1)\(sums.1)")
        #expect(schema == Self.older)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try EventTable(of: other).rows("SELECT display_name FROM streamers") == ["Aurora"])
        #expect(try Self.schema(of: other) == Self.older)
    }

    @Test func `where no backup can be made nothing changes`() async throws {
        let server = try ServerProcess()
        try await Self.makeOlder(in: server)
        // Whoever comes cannot open it as a file.
        let obstacle = server.dataDirectory + "/backup.lock"
        try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: false)
        let before = try FileManager.default.contentsOfDirectory(atPath: server.dataDirectory).sorted()

        let migrated = try server.command("migrate")
        let served = try server.command("serve", "--port", "0")

        try FileManager.default.removeItem(atPath: obstacle)
        for result in [migrated, served] {
            #expect(result.status == 69)
            #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
            #expect(result.errors.contains("nothing was changed"), "\(result.errors)")
        }
        #expect(try Self.schema(of: server) == Self.older)
        let locks = ["server.lock", "upgrade.lock", "streamvibes.sqlite-shm", "streamvibes.sqlite-wal"]
        let after = try FileManager.default.contentsOfDirectory(atPath: server.dataDirectory).sorted()
        #expect(after.filter { !locks.contains($0) } == before.filter { $0 != "backup.lock" && !locks.contains($0) })
        #expect(try server.command("migrate").status == 0)
    }

    @Test func `an upgrade waits until another backup has ended`() async throws {
        let server = try ServerProcess()
        try await Self.makeOlder(in: server)
        let directory = try DataDirectory(path: server.dataDirectory)
        var lock = try directory.lock(for: .backup)
        #expect(lock != nil)
        var pauses = 0

        try await Workplace.keepEarlierSchema(
            of: directory.databasePath,
            in: directory,
            isOurs: true,
            pausing: { _ in
                let made = try Self.backups(of: server)
                #expect(made == [])
                pauses += 1
                if pauses == 3 { lock = nil }
            },
            Self.logger
        )

        #expect(pauses == 3)
        #expect(try Self.backups(of: server).count == 1)
        #expect(try Self.schema(of: server) == Self.older)
    }

    @Test func `what another upgrade has done meanwhile is not done again`() async throws {
        let server = try ServerProcess()
        try await Self.makeOlder(in: server)
        let directory = try DataDirectory(path: server.dataDirectory)
        var lock = try directory.lock(for: .upgrade)
        #expect(lock != nil)

        let kept = try await Workplace.keepEarlierSchema(
            of: directory.databasePath,
            in: directory,
            isOurs: true,
            pausing: { _ in
                try await Migration.migrate(SQLiteDatabase(path: directory.databasePath))
                lock = nil
            },
            Self.logger
        )

        #expect(kept == nil)
        #expect(try Self.backups(of: server) == [])
    }

    @Test func `no other upgrade begins between the backup and the new schema`() async throws {
        let server = try ServerProcess()
        try await Self.makeOlder(in: server)
        let directory = try DataDirectory(path: server.dataDirectory)

        let kept = try await Workplace.keepEarlierSchema(
            of: directory.databasePath,
            in: directory,
            isOurs: true,
            Self.logger
        )
        defer { withExtendedLifetime(kept) {} }

        #expect(kept != nil)
        await #expect(throws: CommandFailure.self) {
            try await Workplace.keepEarlierSchema(
                of: directory.databasePath,
                in: directory,
                isOurs: true,
                limit: .zero,
                Self.logger
            )
        }
        #expect(try Self.backups(of: server).count == 1)
    }

    @Test func `an upgrade that has waited as long as it may is refused, and nothing changes`() async throws {
        let server = try ServerProcess()
        try await Self.makeOlder(in: server)
        let directory = try DataDirectory(path: server.dataDirectory)
        let lock = try directory.lock(for: .backup)
        defer { withExtendedLifetime(lock) {} }
        var waited = Duration.zero
        var failure: CommandFailure?

        do {
            try await Workplace.keepEarlierSchema(
                of: directory.databasePath,
                in: directory,
                isOurs: true,
                limit: .seconds(2),
                pausing: { waited += $0 },
                Self.logger
            )
        } catch let refusal as CommandFailure {
            failure = refusal
        }

        #expect(waited == .seconds(2))
        #expect(failure?.status == .unavailable)
        #expect(failure?.message.contains("nothing was changed (another backup or upgrade is still going on") == true)
        #expect(try Self.backups(of: server) == [])
        #expect(try Self.schema(of: server) == Self.older)
    }

    @Test func `a command that waits says so once, and goes on by itself`() async throws {
        let server = try ServerProcess()
        try await Self.makeOlder(in: server)
        var lock = try DataDirectory(path: server.dataDirectory).lock(for: .backup)
        #expect(lock != nil)
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: ServerProcess.executable)
        process.arguments = ["migrate", "--data-dir", server.dataDirectory]
        process.environment = ServerProcess.environment
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try folder.output("errors")

        try process.run()
        let waits = try Deadline.wait(seconds: 30) { try folder.text("errors").contains("this upgrade waits") }
        lock = nil
        process.waitUntilExit()

        let lines = try folder.text("errors").split(separator: "\n").filter { $0.contains("this upgrade waits") }
        #expect(waits && lines.count == 1)
        #expect(process.terminationStatus == 0)
        #expect(try Self.schema(of: server) == Migration.newest)
        #expect(try Self.backups(of: server).count == 1)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting a disk of 3 MiB takes root"))
    func `a disk without room for the backup stops the upgrade`() async throws {
        let disk = try SmallDisk()
        defer { disk.remove() }
        let server = try ServerProcess(dataDirectory: disk.path, logPath: disk.path + ".log")
        defer { try? FileManager.default.removeItem(atPath: server.logPath) }
        try await Self.makeOlder(in: server)
        try disk.fill()

        let refused = try server.command("migrate")
        disk.makeRoom()

        #expect(refused.status == 69, "\(refused.errors)")
        #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
        #expect(try Self.schema(of: server) == Self.older)
        #expect(try Self.backups(of: server) == [])
        #expect(try server.command("migrate").status == 0)
        #expect(try Self.backups(of: server).count == 1)
    }

    @Test func `a new database and one that is current get no backup`() throws {
        let server = try ServerProcess()

        #expect(try server.command("migrate").status == 0)
        #expect(try server.command("migrate").status == 0)
        #expect(try server.command("channel", "list").status == 0)

        #expect(try Self.backups(of: server) == [])
        #expect(!FileManager.default.fileExists(atPath: server.dataDirectory + "/upgrade.lock"))
    }

    @Test(arguments: ["migrate", "serve"])
    func `a newer database is refused and left as it is`(command: String) throws {
        let server = try ServerProcess()
        try server.command("migrate")
        try EventTable(of: server).change("INSERT INTO schema_migrations VALUES (999)")

        let refused = try server.command(command)

        #expect(refused.status == 78)
        #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
        #expect(refused.errors.contains("schema 999 seen"), "\(refused.errors)")
        #expect(try Self.backups(of: server) == [])
        #expect(try Self.schema(of: server) == 999)
    }

    @Test(arguments: ["2026", "2999"])
    func `the newest three stay, the new one always, and what a killed upgrade has left goes`(
        year: String
    ) async throws {
        let server = try ServerProcess()
        let names = (1...4).map { "before-upgrade.\(year)010\($0)T000000.000Z.schema-1.tar" }
        for name in names + ["before-upgrade.20260101T000000.000Z.schema-1.tar.part", "before-upgrade.x.tar.database"] {
            try "old".write(toFile: server.dataDirectory + "/" + name, atomically: true, encoding: .utf8)
        }
        try await Self.makeOlder(in: server)

        #expect(try server.command("migrate").status == 0)

        let left = try Self.backups(of: server)
        let new = left.filter { $0.hasSuffix(".schema-\(Self.older).tar") }
        #expect(new.count == 1 && left.count == UpgradeBackup.kept)
        #expect(left.filter { !new.contains($0) } == Array(names.suffix(2)))
    }

    /// A database with one streamer, by the steps that were released up to that schema.
    private static func makeOlder(in server: ServerProcess) async throws {
        let database = try SQLiteDatabase(path: server.dataDirectory + "/streamvibes.sqlite")
        try await database.hostTransaction { sql in
            try sql.run("CREATE TABLE schema_migrations (version BIGINT PRIMARY KEY)")
            for migration in Migration.all where migration.version <= older {
                for statement in migration.statements { try sql.run(statement) }
                try sql.run("INSERT INTO schema_migrations (version) VALUES ($1)", [.integer(Int64(migration.version))])
            }
            try sql.run("INSERT INTO streamers (id, display_name, created_at) VALUES ('a', 'Aurora', 0)")
        }
    }

    private static func schema(of server: ServerProcess) throws -> Int {
        try EventTable(of: server).number("SELECT max(version) FROM schema_migrations")
    }

    /// Everything of upgrades in the data dir, in order.
    private static func backups(of server: ServerProcess) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: server.dataDirectory).sorted().filter {
            $0.hasPrefix("before-upgrade.")
        }
    }
}
