import WidgetAPI

@testable import Host

/// Reads bytes as a manifest; what is taken can be used, and written and read again.
enum ManifestReading {
    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        switch Result(catching: { () throws(PackageError) in try ManifestReader.manifest(bytes) }) {
        case .failure(let error): try check(error)
        case .success(let read):
            let schema = read.manifest.configSchema
            try check(schema)
            // The licence is no part of what a widget says of itself while it runs.
            let text = json(read.manifest, license: read.license).text
            let again = try? ManifestReader.manifest(Array(text.utf8))
            try FuzzFinding.unless(
                again.map { $0.manifest == read.manifest && $0.license == read.license } == true,
                "a manifest that is written and read again is equal: \(text)"
            )
        }
    }

    /// What an author is told is something, and not too much.
    static func check(_ error: PackageError) throws(FuzzFinding) {
        try FuzzFinding.unless((1...100).contains(error.faults.count), "a refusal has 1 to 100 reasons")
        for fault in error.faults {
            try FuzzFinding.unless(!fault.message.isEmpty, "a refusal says why")
            try FuzzFinding.unless(
                !fault.description.unicodeScalars.contains { $0.value == 0x1B },
                "a refusal writes over no terminal"
            )
        }
    }

    private static func check(_ schema: ConfigSchema) throws(FuzzFinding) {
        guard schema.fields.allSatisfy({ $0.defaultValue != nil }) else { return }
        let defaults = try? schema.validate(.object(schema.defaults))
        try FuzzFinding.unless(defaults != nil, "defaults are what the settings take: \(schema.jsonSchema.text)")
        try FuzzFinding.unless((try? schema.validate([:])) == defaults, "nothing chosen is all defaults")
    }

    private static func json(_ manifest: WidgetManifest, license: String) -> JSONValue {
        [
            "apiVersion": 1, "id": .string(manifest.id), "name": .string(manifest.name),
            "version": .string(manifest.version), "description": .string(manifest.description),
            "author": .string(manifest.author), "license": .string(license), "icon": .string(manifest.icon),
            "category": .string(manifest.category.rawValue),
            "defaultSize": [
                "width": .integer(Int64(manifest.defaultSize.width)),
                "height": .integer(Int64(manifest.defaultSize.height)),
            ],
            "events": .array(manifest.events.map { .string($0.text) }),
            "permissions": .array(manifest.permissions.map { .string($0.rawValue) }),
            "configSchema": manifest.configSchema.jsonSchema,
            "samples": .array(manifest.samples.map { ["type": .string($0.type.name), "payload": $0.payload] }),
        ]
    }
}
