import Foundation
import WidgetAPI

@testable import Host

/// A folder in which an author types commands, with a package `w` in it.
struct AuthorsFolder {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A package in the folder `w`, fine but for these files and members of its manifest.
    func write(_ files: [String: String], manifest changes: JSONObject = [:]) throws {
        var manifest: JSONObject = [
            "apiVersion": 1, "id": "w1", "name": "W", "version": "1.0.0", "defaultSize": ["width": 1, "height": 1],
            "events": ["chat:message"], "configSchema": ["type": "object"],
            "samples": [["type": "chat:message", "payload": [:]]],
        ]
        for member in changes.members { manifest[member.name] = member.value }
        try folder.write("w/widget.json", Array(JSONValue.object(manifest).text.utf8))
        try folder.write("w/main.lua", Array("widget.render(function() return ui.p 'fine' end)".utf8))
        for (path, text) in files { try folder.write("w/\(path)", Array(text.utf8)) }
    }

    func run(_ arguments: String..., executable: String = ServerProcess.executable) throws -> CommandResult {
        var environment = ServerProcess.environment
        environment["WIDGETS_DIR"] = nil
        return try CommandResult.run(
            ["widget"] + arguments,
            environment: environment,
            directory: folder.path,
            executable: executable
        )
    }
}
