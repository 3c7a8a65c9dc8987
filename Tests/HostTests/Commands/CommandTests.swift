import Foundation
import Testing

@testable import Host

/// The program as its operator types it.
@Suite(.serialized, .withProcesses) struct CommandTests {
    @Test func `a channel is added, listed, kept when added again, and removed`() throws {
        let server = try ServerProcess()

        let added = try server.command("channel", "add", "twitch", "Alice", "--user-id", "1234")
        let again = try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        let listed = try server.command("channel", "list")
        let removed = try server.command("channel", "remove", "twitch", "alice")
        let gone = try server.command("channel", "remove", "twitch", "alice")

        let line = added.output.split(separator: "\n")[0]
        #expect(added.status == 0)
        #expect(line.hasPrefix("twitch\talice\t1234\t"))
        #expect(added.output.contains("Overlay: http://127.0.0.1:8080/twitch/alice/overlay"))
        #expect(again.output == added.output && again.status == 0)
        #expect(listed.output == "\(line)\n")
        #expect(removed.status == 0)
        #expect(gone.status == 65)
        #expect(gone.errors.split(separator: "\n").count == 1)
    }

    @Test func `a name or user id that belongs to another channel is refused`() throws {
        let server = try ServerProcess()
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1")

        let sameName = try server.command("channel", "add", "twitch", "alice", "--user-id", "2")
        let sameUser = try server.command("channel", "add", "twitch", "bob", "--user-id", "1")
        let otherPlatform = try server.command("channel", "add", "kick", "alice", "--user-id", "1")

        #expect(sameName.status == 65)
        #expect(sameUser.status == 65)
        #expect(otherPlatform.status == 0)
    }

    @Test(arguments: [
        (["channel", "add", "youtube", "a", "--user-id", "1"], Int32(65), "PLATFORM"),
        (["channel", "add", "twitch", "a b", "--user-id", "1"], 65, "CHANNEL"),
        (["channel", "add", "twitch", "a", "--user-id", ""], 65, "--user-id"),
        (["channel", "add", "twitch", "a"], 64, "--user-id"),
        (["serve", "--port", "70000"], 64, "--port"),
        (["serve", "--demo", "--hostname", "0.0.0.0"], 64, "--hostname"),
        (["serve", "--demo", "--demo-rate", "101"], 64, "--demo-rate"),
        (["serve", "--nonsense"], 64, "--nonsense"),
        (["nonsense"], 64, "nonsense"),
    ])
    func `a mistake is one line that names it, with its exit status`(
        arguments: [String],
        status: Int32,
        named: String
    ) throws {
        let needsFolder = arguments[0] != "nonsense"
        let folder = try ServerProcess()

        let result = try CommandResult.run(
            arguments + (needsFolder ? ["--data-dir", folder.dataDirectory] : []),
            environment: ServerProcess.environment
        )

        #expect(result.status == status)
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
        #expect(result.errors.contains(named), "\(result.errors)")
    }

    @Test func `an address that is not this machine's ends with 69`() throws {
        let folder = try ServerProcess()

        let result = try CommandResult.run(
            ["serve", "--hostname", "nosuch.invalid", "--port", "0", "--data-dir", folder.dataDirectory],
            environment: ServerProcess.environment
        )

        #expect(result.status == 69)
        #expect(result.errors.split(separator: "\n").count == 1 && result.errors.contains("nosuch.invalid"))
    }

    @Test func `a refused demo makes nothing`() throws {
        let folder = try ServerProcess()

        _ = try CommandResult.run(
            ["serve", "--demo", "--hostname", "0.0.0.0", "--data-dir", folder.dataDirectory + "/new"],
            environment: ServerProcess.environment
        )

        #expect(!FileManager.default.fileExists(atPath: folder.dataDirectory + "/new"))
    }

    @Test func `an unknown key in the settings file ends with 78`() throws {
        let folder = try ServerProcess()
        try "prot: 1\n".write(toFile: folder.dataDirectory + "/streamvibes.yaml", atomically: true, encoding: .utf8)

        let result = try CommandResult.run(
            ["migrate"],
            environment: ServerProcess.environment,
            directory: folder.dataDirectory
        )

        #expect(result.status == 78)
        #expect(result.errors == "streamvibes: prot in streamvibes.yaml: \"prot\" seen, a known setting wanted\n")
    }

    @Test func `a wrong setting in the environment ends with 78`() throws {
        let folder = try ServerProcess()
        let environment = ServerProcess.environment.merging(["LOG_LEVEL": "loud"]) { _, new in new }

        let result = try CommandResult.run(["migrate", "--data-dir", folder.dataDirectory], environment: environment)

        #expect(result.status == 78)
        #expect(result.errors.contains("LOG_LEVEL"))
    }

    @Test func `help and version go to standard output and end with 0`() throws {
        let help = try CommandResult.run(["--help"], environment: ServerProcess.environment)
        let serve = try CommandResult.run(["help", "serve"], environment: ServerProcess.environment)
        let version = try CommandResult.run(["--version"], environment: ServerProcess.environment)

        #expect(help.status == 0 && help.output.contains("serve"))
        #expect(serve.status == 0 && serve.output.contains("--demo-rate"))
        #expect(version.status == 0 && version.output.contains("."))
        #expect(help.errors.isEmpty && version.errors.isEmpty)
    }

    @Test func `a database of a newer program is left alone`() throws {
        let folder = try ServerProcess()
        try folder.command("migrate")
        let database = folder.dataDirectory + "/streamvibes.sqlite"
        _ = try CommandResult.run(
            [database, "INSERT INTO schema_migrations VALUES (999)"],
            environment: ServerProcess.environment,
            executable: "/usr/bin/sqlite3"
        )

        let result = try folder.command("migrate")

        #expect(result.status == 78)
        #expect(result.errors.contains("schema 999 seen"))
    }
}
