import Crypto
import Foundation
import Glibc
import WidgetAPI

@testable import Host

/// A data dir with something of everything in it, and backups of it.
final class BackupPlace {
    let server: ServerProcess
    /// A folder outside the data dir.
    let outside: String

    var data: String { server.dataDirectory }
    var backup: String { outside + "/all.tar" }

    static let secretKey = "c3RyZWFtdmliZXMtYmFja3VwLXRlc3Qta2V5LTMyISE="

    /// A channel, a file, two packages and a secret key; nothing runs.
    init() throws {
        server = try ServerProcess()
        outside = FileManager.default.temporaryDirectory.appendingPathComponent("backup-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        try write("files/picture", "a picture")
        // A start removes files that no row names.
        try EventTable(of: server).change(
            "INSERT INTO files SELECT 'picture', id, 'p.png', 'image/png', 9, 0 FROM streamers"
        )
        try write("widgets/meter-1.0.0.svwidget", "a package")
        try write("widgets/open/widget.json", "{}")
        try write("secret.key", Self.secretKey)
        chmod(data + "/secret.key", 0o600)
    }

    deinit {
        server.kill()
        try? FileManager.default.removeItem(atPath: outside)
    }

    func write(_ place: String, _ text: String) throws {
        let path = data + "/" + place
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    func text(_ place: String) -> String? {
        try? String(contentsOfFile: data + "/" + place, encoding: .utf8)
    }

    /// The names of the channels that are registered.
    func channels() throws -> [String] {
        try EventTable(of: server).rows("SELECT channel FROM channels ORDER BY channel")
    }

    /// What lies in the data dir, but for logs and locks.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: data).sorted().filter {
            !$0.hasSuffix(".log") && !$0.hasSuffix(".lock") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
        }
    }

    /// Runs a program and returns its exit status and what it printed.
    static func run(_ program: String, _ arguments: [String], in folder: String) throws -> (Int32, String) {
        let result = try CommandResult.run(
            [program] + arguments,
            environment: ProcessInfo.processInfo.environment,
            directory: folder,
            executable: "/usr/bin/env"
        )
        return (result.status, result.output + result.errors)
    }

    /// An archive of these entries with right checksums, whatever they hold.
    func archive(_ entries: [(name: String, bytes: [UInt8])], named name: String) throws -> String {
        let path = outside + "/" + name
        let file = try OpenFile.new(path)
        var tar = try TarWriter(file, modified: 0)
        for (name, bytes) in entries { try tar.append(name, bytes) }
        try tar.finish()
        return path
    }

    /// The bytes of a database of ours after these statements.
    func database(after statements: String...) throws -> [UInt8] {
        let path = outside + "/made-\(UUID().uuidString).sqlite"
        let place = try ServerProcess()
        try place.command("channel", "add", "twitch", "carol", "--user-id", "7")
        for statement in statements { try EventTable(of: place).change("PRAGMA foreign_keys=OFF; " + statement) }
        try SQLiteFile(path: place.dataDirectory + "/streamvibes.sqlite").copy(to: path)
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    static func manifest(schema: Int = Migration.all.map(\.version).max() ?? 0) -> (name: String, bytes: [UInt8]) {
        (BackupManifest.name, BackupManifest(schema: schema, createdAt: "2026-01-01T00:00:00.000Z", program: "t").bytes)
    }
}
