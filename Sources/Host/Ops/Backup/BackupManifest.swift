import WidgetAPI

/// The first entry of a backup: what it is, before anything else is read.
struct BackupManifest: Sendable, Equatable {
    static let name = "manifest.json"
    static let database = "database.sqlite"
    /// Folders of the data dir that are part of a backup.
    static let folders = ["files", "widgets"]
    static let format = "streamvibes-backup"
    /// Raised when an older program could not read what a newer one writes.
    static let formatVersion: Int64 = 1

    var schema: Int
    var createdAt: String
    /// The program that wrote it, for people.
    var program: String

    var bytes: [UInt8] {
        let value: JSONValue = [
            "format": .string(Self.format), "formatVersion": .integer(Self.formatVersion),
            "schemaVersion": .integer(Int64(schema)), "createdAt": .string(createdAt), "program": .string(program),
            "checksums": .string(TarWriter.checksums),
        ]
        return Array((value.text + "\n").utf8)
    }

    init(schema: Int, createdAt: String, program: String) {
        (self.schema, self.createdAt, self.program) = (schema, createdAt, program)
    }

    init(reading bytes: [UInt8]) throws(BackupFault) {
        guard let text = String(validating: bytes, as: UTF8.self), let value = try? JSONValue(parsing: text),
            value["format"]?.stringValue == Self.format
        else { throw BackupFault("its \(Self.name) is none of a backup") }
        guard let version = value["formatVersion"]?.integerValue, version == Self.formatVersion else {
            let seen = value["formatVersion"]?.text ?? "none"
            throw BackupFault("format version \(seen) seen, \(Self.formatVersion) wanted by this version")
        }
        guard let schema = value["schemaVersion"]?.integerValue, (1...1_000_000).contains(schema) else {
            throw BackupFault("its \(Self.name) names no schema")
        }
        self.schema = Int(schema)
        createdAt = value["createdAt"]?.stringValue ?? "?"
        program = value["program"]?.stringValue ?? "?"
    }
}
