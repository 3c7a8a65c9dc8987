import Foundation
import Glibc
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// `streamvibes doctor`, as its operator runs it.
@Suite(.serialized, .withProcesses) struct DoctorCommandTests {
    private static let places = [
        "settings", "public address", "proxies", "twitch", "kick", "data dir", "database", "secret key", "open files",
        "fonts", "sandbox", "pictures", "clock",
    ]

    @Test func `before the first start nothing is a problem, and nothing is made`() throws {
        let world = try LoopbackServer { _ in LoopbackServer.Answer(headers: [("Date", Self.date())]) }
        let folder = try TemporaryFolder()
        let environment = ServerProcess.environment.merging(["TWITCH_CDN_URL": world.base]) { _, new in new }

        let result = try CommandResult.run(["doctor", "--data-dir", folder.path + "/a/b"], environment: environment)

        #expect(result.status == 0, "\(result.output)\(result.errors)")
        for place in Self.places {
            let lines = result.output.split(separator: "\n").filter { $0.dropFirst(9).hasPrefix("\(place): ") }
            #expect(lines.count == 1, "\(place): \(lines)")
        }
        #expect(!result.output.contains("problem"))
        #expect(result.output.contains("ok       clock: agrees with \(world.base)"))
        #expect(result.errors.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `beside a running server it looks, keeps it from nothing and tells no secret`() throws {
        let server = try ServerProcess.withAlice()

        let result = try server.command("doctor")

        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("/streamvibes.sqlite has schema \(Migration.newest)\n"), "\(result.output)")
        #expect(result.output.contains("ok       secret key: the key "))
        #expect(result.output.contains("ok       sandbox: every layer stands"), "\(result.output)")
        // Nobody shows pictures in these tests.
        #expect(result.output.contains("warning  pictures: http://127.0.0.1:9 does not answer"))
        let key = try String(contentsOfFile: server.dataDirectory + "/secret.key", encoding: .utf8)
        #expect(!result.output.contains(key.prefix { !$0.isNewline }) && !result.output.contains(ServerProcess.secret))
        let names = try FileManager.default.contentsOfDirectory(atPath: server.dataDirectory)
        #expect(!names.contains { $0.hasPrefix("doctor") })
        #expect(try SignedDelivery.follow(by: "Aurora").post(port: server.port) == 204)
        #expect(server.isRunning)
    }

    @Test func `every line that is not well is followed by what to do`() throws {
        let server = try ServerProcess()
        chmod(server.dataDirectory, 0o755)

        let result = try server.command("doctor")

        let lines = result.output.split(separator: "\n")
        for (line, next) in zip(lines, lines.dropFirst()) where !line.hasPrefix("  ") {
            #expect(next.hasPrefix("         do: ") == !line.hasPrefix("ok"), "\(line)\n\(next)")
        }
        #expect(result.output.contains("do: chmod 700 \(server.dataDirectory)\n"))
    }

    @Test func `a database of an earlier version is told and left as it is`() throws {
        let server = try ServerProcess()
        try server.command("migrate")
        try EventTable(of: server).change("DELETE FROM schema_migrations WHERE version = \(Migration.newest)")

        let result = try server.command("doctor")

        #expect(result.status == 0, "\(result.output)")
        let change = "; the next start writes a backup and brings it to \(Migration.newest)\n"
        #expect(result.output.contains("has schema \(Migration.newest - 1)\(change)"), "\(result.output)")
        let schema = try EventTable(of: server).number("SELECT max(version) FROM schema_migrations")
        #expect(schema == Migration.newest - 1)
    }

    @Test func `a database of a newer version is a problem`() throws {
        let server = try ServerProcess()
        try server.command("migrate")
        try EventTable(of: server).change("INSERT INTO schema_migrations VALUES (999)")

        let result = try server.command("doctor")

        #expect(result.status == 78)
        #expect(
            result.output.contains("problem  database: schema 999 seen, schema \(Migration.newest) or older wanted")
        )
        #expect(result.errors == "streamvibes: 1 problem\n")
    }

    @Test func `a database that is none of ours, or none at all, is a problem`() throws {
        let server = try ServerProcess()
        let path = server.dataDirectory + "/streamvibes.sqlite"
        try "These bytes are not a database's, whoever has put them there.\n"
            .write(toFile: path, atomically: true, encoding: .utf8)

        let damaged = try server.command("doctor")
        try FileManager.default.removeItem(atPath: path)
        try EventTable(of: server).change("CREATE TABLE recipes (name TEXT)")
        let foreign = try server.command("doctor")

        #expect(damaged.status == 69, "\(damaged.output)")
        #expect(damaged.output.contains("problem  database: \(path) cannot be read"))
        #expect(foreign.status == 78)
        #expect(foreign.output.contains("problem  database: \(path) is a database, but none of streamvibes"))
    }

    @Test func `a data dir into which nothing can be written is a problem`() throws {
        let server = try ServerProcess()
        let file = server.logPath

        let isFile = try CommandResult.run(["doctor", "--data-dir", file], environment: ServerProcess.environment)
        let below = try CommandResult.run(
            ["doctor", "--data-dir", file + "/x"],
            environment: ServerProcess.environment
        )

        #expect(isFile.status == 78 && below.status == 78)
        #expect(isFile.output.contains("problem  data dir: \(file) is no folder"), "\(isFile.output)")
        #expect(below.output.contains("problem  data dir: \(file)/x is not there, and cannot be made in \(file)"))
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting a disk of 3 MiB takes root"))
    func `a full disk is a problem`() throws {
        let disk = try SmallDisk()
        defer { disk.remove() }
        try disk.fill()

        let result = try CommandResult.run(["doctor", "--data-dir", disk.path], environment: ServerProcess.environment)

        #expect(result.status == 78)
        #expect(result.output.contains("problem  data dir: nothing can be written into \(disk.path)"))
        #expect(result.output.contains("problem  room: 0 MiB free"))
    }

    @Test func `another key than the database's is a problem, and neither is told`() throws {
        let server = try ServerProcess()
        try server.start()
        _ = server.terminate()
        let key = SecretKey()
        let environment = ServerProcess.environment.merging(["SECRET_KEY": key.exposed]) { _, new in new }

        let result = try CommandResult.run(
            ["doctor", "--data-dir", server.dataDirectory],
            environment: environment
        )
        let own = try server.command("doctor")
        let kept = try String(contentsOfFile: server.dataDirectory + "/secret.key", encoding: .utf8)
        chmod(server.dataDirectory + "/secret.key", 0o644)
        let open = try server.command("doctor")
        try FileManager.default.removeItem(atPath: server.dataDirectory + "/secret.key")
        let none = try server.command("doctor")

        #expect(result.status == 78)
        #expect(result.output.contains("problem  secret key: SECRET_KEY: the key \(key.id) seen"), "\(result.output)")
        #expect(!result.output.contains(key.exposed) && !result.output.contains(kept.prefix { !$0.isNewline }))
        #expect(own.status == 0, "\(own.output)")
        #expect(open.status == 78)
        #expect(open.output.contains("(others may read it; chmod 600 helps)"), "\(open.output)")
        #expect(none.status == 78)
        #expect(none.output.contains("problem  secret key: SECRET_KEY: none seen"))
    }

    @Test func `a program without its cell says what is missing`() throws {
        // A link of its own: a copy of the program would be large.
        let folder = ServerProcess.root.appendingPathComponent(".build/doctor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = folder.appendingPathComponent("streamvibes").path
        let built = URL(fileURLWithPath: ServerProcess.executable).resolvingSymlinksInPath().path
        try FileManager.default.linkItem(atPath: built, toPath: program)
        let place = try TemporaryFolder()

        let result = try CommandResult.run(
            ["doctor", "--data-dir", place.path],
            environment: ServerProcess.environment,
            executable: program
        )

        #expect(result.status == 69)
        #expect(result.output.contains("problem  sandbox: no cell could be started: "), "\(result.output)")
        #expect(result.output.contains("/streamvibes-cell: "), "\(result.output)")
    }

    @Test func `a setting that does not fit is the one finding, with the status of every command`() throws {
        let server = try ServerProcess()
        try "prot: 1\n".write(toFile: server.dataDirectory + "/streamvibes.yaml", atomically: true, encoding: .utf8)

        let result = try CommandResult.run(
            ["doctor"],
            environment: ServerProcess.environment,
            directory: server.dataDirectory
        )

        #expect(result.status == 78)
        #expect(result.output.hasPrefix("problem  settings: prot in streamvibes.yaml: \"prot\" seen"))
        #expect(result.output.split(separator: "\n").count == 2)
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        (["TWITCH_CLIENT_ID": "id"], "TWITCH_CLIENT_SECRET"), (["KICK_CLIENT_SECRET": "hush-hush"], "KICK_CLIENT_ID"),
        (["TWITCH_EVENTSUB_SECRET": "hush-hush"], "TWITCH_EVENTSUB_SECRET"),
        (["SECRET_KEY": "hush-hush"], "SECRET_KEY"),
        (["PUBLIC_URL": "https://overlays.example/path"], "PUBLIC_URL"),
    ])
    func `half an application and a secret that is none are told, and the secret is not`(
        settings: [String: String],
        named: String
    ) throws {
        let folder = try TemporaryFolder()
        let environment = ServerProcess.environment.merging(settings) { _, new in new }

        let result = try CommandResult.run(["doctor", "--data-dir", folder.path], environment: environment)

        #expect(result.status == 78)
        #expect(result.output.hasPrefix("problem  settings: \(named) "), "\(result.output)")
        #expect(!(result.output + result.errors).contains("hush-hush"))
    }

    @Test func `a platform that does not answer is a problem, and its secret is not told`() throws {
        let twitch = try FakePlatform(.twitch, user: .init(id: "1234", login: "alice", name: "Alice"))
        var environment = ServerProcess.environment.merging(twitch.environment) { _, new in new }
        environment["PUBLIC_URL"] = "http://localhost:9"
        let server = try ServerProcess(environment: environment)
        let there = try server.command("doctor")
        environment["TWITCH_API_URL"] = "http://127.0.0.1:9/helix"

        let away = try CommandResult.run(["doctor", "--data-dir", server.dataDirectory], environment: environment)

        #expect(there.status == 0, "\(there.output)")
        #expect(there.output.contains("ok       twitch sign-in: \(twitch.base) answers\n"))
        #expect(there.output.contains("ok       twitch API: \(twitch.base)/helix answers\n"))
        #expect(there.output.contains("ok       twitch events: \(twitch.eventSub.address) answers\n"))
        #expect(there.output.contains("warning  the way in: http://localhost:9/health: "), "\(there.output)")
        #expect(away.status == 69)
        #expect(away.output.contains("problem  twitch API: http://127.0.0.1:9/helix does not answer"))
        #expect(!(there.output + away.output).contains(FakePlatform.clientSecret))
    }

    /// This moment as a `Date` header has it.
    private static func date() -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.string(from: Date())
    }
}
