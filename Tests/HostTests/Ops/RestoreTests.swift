import Foundation
import Glibc
import Testing

@testable import FakePlatforms
@testable import Host

/// `streamvibes restore FILE`: all of a backup or nothing of it.
@Suite(.serialized, .withProcesses) struct RestoreTests {
    @Test func `what a backup holds comes back, and what was there before is kept aside`() throws {
        let place = try BackupPlace()
        #expect(try place.server.command("backup", place.backup).status == 0)
        try place.server.command("channel", "add", "twitch", "bob", "--user-id", "99")
        try place.write("files/later", "came later")
        try FileManager.default.removeItem(atPath: place.data + "/files/picture")

        let restored = try place.server.command("restore", place.backup)

        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try place.channels() == ["alice"])
        #expect(place.text("files/picture") == "a picture")
        #expect(place.text("files/later") == nil)
        #expect(place.text("widgets/open/widget.json") == "{}")
        #expect(place.text("secret.key") == BackupPlace.secretKey)
        let aside = try place.names().filter { $0.contains(".before-restore-") }
        #expect(aside.count == 3, "\(aside)")
        for name in aside { #expect(restored.output.contains("\(place.data)/\(name)"), "\(restored.output)") }
        let old = try #require(aside.first { $0.hasPrefix("streamvibes.sqlite") })
        let query = "SELECT channel FROM channels ORDER BY channel"
        let rows = try BackupPlace.run("sqlite3", [old, query], in: place.data)
        #expect(rows.1 == "alice\nbob\n")
        #expect(!RestoreSwap(folder: place.data).hasLeftover)
        try place.server.start()
        #expect(try SignedDelivery.follow(by: "Aurora").post(port: place.server.port) == 204)
    }

    @Test func `a backup comes back on a machine that has nothing yet`() throws {
        let place = try BackupPlace()
        #expect(try place.server.command("backup", place.backup).status == 0)
        let fresh = place.outside + "/fresh/data"

        let restored = try CommandResult.run(
            ["restore", place.backup, "--data-dir", fresh],
            environment: ServerProcess.environment
        )

        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try String(contentsOfFile: fresh + "/files/picture", encoding: .utf8) == "a picture")
        #expect(!restored.output.contains("before-restore"))
    }

    @Test func `while a server runs nothing is restored`() throws {
        let place = try BackupPlace()
        #expect(try place.server.command("backup", place.backup).status == 0)
        try place.server.start()

        let restored = try place.server.command("restore", place.backup)

        #expect(restored.status == 69)
        #expect(restored.errors.split(separator: "\n").count == 1 && restored.errors.contains("data_dir: "))
        #expect(!RestoreSwap(folder: place.data).hasLeftover)
        #expect(try SignedDelivery.follow(by: "Aurora").post(port: place.server.port) == 204)
    }

    @Test func `while another program has the database open nothing is restored`() throws {
        let place = try BackupPlace()
        #expect(try place.server.command("backup", place.backup).status == 0)
        let database = try SQLiteDatabase(path: place.data + "/streamvibes.sqlite")

        let restored = try place.server.command("restore", place.backup)

        #expect(restored.status == 69, "\(restored.output)")
        #expect(restored.errors.contains("another process"), "\(restored.errors)")
        #expect(try place.names().allSatisfy { !$0.contains("restore") })
        withExtendedLifetime(database) {}
    }

    @Test func `what is mounted cannot be put aside, and nothing is begun`() throws {
        let folder = try TemporaryFolder()
        let plan = RestoreSwap.Plan(databasePath: "/proc", suffix: ".before-restore-test", source: "all.tar")

        let fault = #expect(throws: FileFault.self) { try RestoreSwap(folder: folder.path).begin(plan) }

        #expect(fault?.path == "/proc" && fault?.reason.contains("a mount point") == true)
        #expect(try FileTree.names(in: folder.path) == [])
        for path in [folder.path, folder.path + "/nothing"] { #expect(!FileStatus.isPinned(path)) }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting a folder takes root"))
    func `a folder that is mounted is named, nothing changes, and the host starts`() throws {
        let place = try BackupPlace()
        #expect(try place.server.command("backup", place.backup).status == 0)
        let names = try place.names()
        let files = place.data + "/files"

        // On the disk that it is on anyway; the mount goes with the shell.
        let restored = try CommandResult.run(
            [
                "--mount", "sh", "-c", #"mount --bind "$0" "$0" && exec "$@""#, files,
                ServerProcess.executable, "restore", place.backup, "--data-dir", place.data,
            ],
            environment: ServerProcess.environment,
            executable: "/usr/bin/unshare"
        )

        #expect(restored.status == 69, "\(restored.output)")
        #expect(restored.errors.split(separator: "\n").count == 1, "\(restored.errors)")
        #expect(restored.errors.contains("(\(files): a mount point"), "\(restored.errors)")
        #expect(try place.names() == names)
        #expect(try place.channels() == ["alice"])
        try place.server.start()
    }

    @Test func `a data dir in which nothing can be written is named, and nothing is restored`() throws {
        let place = try BackupPlace()
        #expect(try place.server.command("backup", place.backup).status == 0)

        // Root may write into any folder; but nobody makes a file in the kernel's own, nor a folder below a file.
        let refusals: [(String, Int32, String)] = [
            ("/sys", 69, "cannot be used (/sys/server.lock: "),
            ("\(place.backup)/data", 78, "seen, a folder of this server's own wanted ("),
        ]
        for (folder, status, words) in refusals {
            let restored = try CommandResult.run(
                ["restore", place.backup, "--data-dir", folder],
                environment: ServerProcess.environment
            )

            #expect(restored.status == status, "\(folder): \(restored.output)")
            #expect(restored.errors.split(separator: "\n").count == 1, "\(restored.errors)")
            #expect(restored.errors.contains("data_dir: \"\(folder)\" \(words)"), "\(restored.errors)")
        }
    }

    @Test func `a file of which one byte is missing or different is refused and nothing changes`() throws {
        let place = try BackupPlace()
        #expect(try place.server.command("backup", place.backup).status == 0)
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: place.backup)))
        let picture = try #require(Data(whole).range(of: Data("a picture".utf8))?.lowerBound)
        var changed = whole
        changed[picture] ^= 1
        let damaged: [(String, [UInt8])] = [
            ("changed", changed), ("cut in half", Array(whole.prefix(whole.count / 2))),
            ("without its last block", Array(whole.dropLast(512))), ("with more behind it", whole + [1]),
            ("empty", []), ("no archive", Array("SELECT 1".utf8)),
            ("two blocks of zeros", .init(repeating: 0, count: 1024)),
        ]
        for (what, bytes) in damaged {
            let path = place.outside + "/damaged.tar"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            try Self.expectRefusal(of: path, at: place, what)
        }
        try Self.expectRefusal(of: place.outside, at: place, "a folder")
        try Self.expectRefusal(of: place.outside + "/nothing", at: place, "no file")
    }

    @Test func `a backup that was made to do harm is refused and nothing changes`() throws {
        let place = try BackupPlace()
        let (manifest, good) = (BackupPlace.manifest(), try place.database())
        let database = ("database.sqlite", good)
        let newest = Migration.all.map(\.version).max() ?? 0
        let unknown = try place.database(after: "INSERT INTO schema_migrations VALUES (999)")
        let archives: [(String, [(name: String, bytes: [UInt8])])] = [
            ("a name that goes up", [manifest, database, ("files/../../evil", [1])]),
            ("a name from the root", [manifest, database, ("/tmp/evil", [1])]),
            ("a name outside the folders", [manifest, database, ("secret.key", [1])]),
            ("a name with nothing in it", [manifest, database, ("files//evil", [1])]),
            ("a folder as a name", [manifest, database, ("files/", [1])]),
            ("a name twice", [manifest, database, ("files/a", [1]), ("files/a", [2])]),
            ("a file below a file", [manifest, database, ("files/a", [1]), ("files/a/b", [2])]),
            ("a line in a name", [manifest, database, ("files/a\nb", [1])]),
            ("two databases", [manifest, database, database]),
            ("no database", [manifest, ("files/a", [1])]),
            ("no manifest", [database]),
            ("a manifest of something else", [("manifest.json", Array("{\"format\":\"x\"}".utf8)), database]),
            ("a newer format", [("manifest.json", Array(Self.newerFormat.utf8)), database]),
            ("a newer schema", [BackupPlace.manifest(schema: newest + 1), database]),
            ("a newer schema inside", [manifest, ("database.sqlite", unknown)]),
            ("another schema than it says", [BackupPlace.manifest(schema: 1), database]),
            ("text for a database", [manifest, ("database.sqlite", Array("not a database at all".utf8))]),
            (
                "rows that belong to nobody",
                [manifest, ("database.sqlite", try place.database(after: "DELETE FROM streamers"))]
            ),
            ("somebody else's database", [manifest, ("database.sqlite", try place.database(after: Self.dropAll))]),
        ]
        for (index, (what, entries)) in archives.enumerated() {
            try Self.expectRefusal(of: place.archive(entries, named: "\(index).tar"), at: place, what)
        }
        let fine = try place.archive([manifest, database, ("files/a", [1])], named: "fine.tar")
        #expect(try place.server.command("restore", fine).status == 0)
        #expect(try place.channels() == ["carol"])
    }

    private static let newerFormat = #"{"format":"streamvibes-backup","formatVersion":2,"schemaVersion":1}"#
    private static let dropAll = "DROP TABLE schema_migrations"

    private static func expectRefusal(of path: String, at place: BackupPlace, _ what: String) throws {
        let names = try place.names()

        let restored = try place.server.command("restore", path)

        #expect(restored.status == 65, "\(what): \(restored.status) \(restored.errors)")
        #expect(restored.errors.split(separator: "\n").count == 1, "\(what): \(restored.errors)")
        #expect(restored.errors.contains("FILE: \"\(path)\" seen"), "\(what): \(restored.errors)")
        #expect(try place.names() == names, "\(what)")
        #expect(try place.channels() == ["alice"], "\(what)")
        #expect(place.text("files/picture") == "a picture", "\(what)")
        #expect(!FileManager.default.fileExists(atPath: "/tmp/evil"))
    }
}
