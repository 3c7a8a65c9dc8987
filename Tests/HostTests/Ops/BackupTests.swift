import Foundation
import Glibc
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// `streamvibes backup FILE`, while the host serves.
@Suite(.serialized, .withProcesses) struct BackupTests {
    @Test func `a backup can be opened with tar and sha256sum alone, and holds no secret key`() throws {
        let place = try BackupPlace()
        try place.server.start()
        #expect(try SignedDelivery.follow(by: "Aurora").post(port: place.server.port) == 204)

        let made = try place.server.command("backup", place.backup)

        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains(": 5 entries, "), "\(made.output)")
        #expect(made.output.contains("\(place.data)/secret.key"))
        let opened = place.outside + "/opened"
        try FileManager.default.createDirectory(atPath: opened, withIntermediateDirectories: true)
        let tar = try BackupPlace.run("tar", ["xf", place.backup], in: opened)
        #expect(tar.0 == 0, "\(tar.1)")
        let sums = try BackupPlace.run("sha256sum", ["--check", "--strict", "SHA256SUMS"], in: opened)
        #expect(sums.0 == 0, "\(sums.1)")
        let manifest = try JSONValue(parsing: String(contentsOfFile: opened + "/manifest.json", encoding: .utf8))
        #expect(manifest["format"]?.stringValue == "streamvibes-backup")
        #expect(manifest["schemaVersion"]?.integerValue == Int64(Migration.all.map(\.version).max() ?? 0))
        let rows = try BackupPlace.run(
            "sqlite3",
            ["database.sqlite", "SELECT count(*) FROM events WHERE type = 'event:follow'"],
            in: opened
        )
        #expect(rows.1 == "1\n")
        #expect(try String(contentsOfFile: opened + "/files/picture", encoding: .utf8) == "a picture")
        #expect(try String(contentsOfFile: opened + "/widgets/open/widget.json", encoding: .utf8) == "{}")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: place.backup))
        #expect(bytes.range(of: Data(BackupPlace.secretKey.utf8)) == nil)
        let left = try place.names().filter { $0 != "images" }
        #expect(left == ["files", "secret.key", "streamvibes.sqlite", "widgets"])
        #expect(place.server.isRunning)
    }

    @Test func `a backup under load is the log of one moment, without a gap`() throws {
        let place = try BackupPlace()
        try place.server.start()
        let load = DeliveryLoad(port: place.server.port, perSecond: 200, connections: 4, patience: 0.05)
        try #require(Deadline.wait(seconds: 60) { load.answered.count >= 50 })
        let before = Set(load.answered)

        let made = try place.server.command("backup", place.backup)
        #expect(made.status == 0, "\(made.errors)")

        #expect(load.finish(withinSeconds: 90).isEmpty)
        let other = try ServerProcess()
        let restored = try other.command("restore", place.backup)
        #expect(restored.status == 0, "\(restored.errors)")
        let table = EventTable(of: other)
        #expect(try table.hasNoGap())
        #expect(try before.isSubset(of: table.ids(ofTypes: "chat:message", "event:follow")))
    }

    @Test func `a name that is taken is refused and what is there stays`() throws {
        let place = try BackupPlace()
        try "mine".write(toFile: place.backup, atomically: true, encoding: .utf8)

        let made = try place.server.command("backup", place.backup)

        #expect(made.status == 65)
        #expect(made.errors.split(separator: "\n").count == 1 && made.errors.contains("FILE: \"\(place.backup)\" seen"))
        #expect(try String(contentsOfFile: place.backup, encoding: .utf8) == "mine")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.outside) == ["all.tar"])
    }

    @Test func `a backup that cannot be written leaves nothing and is one line`() throws {
        let place = try BackupPlace()
        let nothing = try ServerProcess()

        let nowhere = try place.server.command("backup", place.outside + "/no/all.tar")
        let empty = try nothing.command("backup", place.backup)

        #expect(nowhere.status == 69)
        #expect(nowhere.errors.split(separator: "\n").count == 1, "\(nowhere.errors)")
        #expect(empty.status == 69 || empty.status == 65)
        #expect(empty.errors.split(separator: "\n").count == 1, "\(empty.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.outside).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: place.data + "/backup.staging"))
    }

    @Test func `a data dir is one backup's until that has ended`() throws {
        let place = try BackupPlace()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: ServerProcess.executable)
        process.arguments = ["backup", place.backup, "--data-dir", place.data]
        process.environment = ServerProcess.environment
        process.standardOutput = FileHandle.nullDevice
        var isHeld = false

        // As long as nobody else may read the rows, the backup waits for them.
        try SQLiteFile(path: place.data + "/streamvibes.sqlite").whileAlone {
            try process.run()
            let hasBegun = Deadline.wait(seconds: 60) {
                FileManager.default.fileExists(atPath: place.data + "/backup.staging")
            }
            try #require(hasBegun)
            isHeld = try DataDirectory(path: place.data).lock(for: .backup) == nil
        }
        process.waitUntilExit()

        #expect(isHeld)
        #expect(process.terminationStatus == 0)
        #expect(try DataDirectory(path: place.data).lock(for: .backup) != nil)
    }

    @Test func `a backup that was killed is no hindrance for the next`() throws {
        let place = try BackupPlace()
        try place.write("backup.staging/files/old", "left")
        try "half".write(toFile: place.backup + ".part", atomically: true, encoding: .utf8)
        try "half".write(toFile: place.backup + ".database", atomically: true, encoding: .utf8)

        let made = try place.server.command("backup", place.backup)

        #expect(made.status == 0, "\(made.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.outside) == ["all.tar"])
        #expect(!FileManager.default.fileExists(atPath: place.data + "/backup.staging"))
        let listed = try BackupPlace.run("tar", ["tf", place.backup], in: place.outside)
        #expect(!listed.1.contains("files/old"))
    }
}
