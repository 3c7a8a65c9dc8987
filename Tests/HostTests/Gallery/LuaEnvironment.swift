import Foundation
import Testing
import WidgetAPI

@testable import Host

/// What a program in a cell finds, asked from inside.
enum LuaEnvironment {
    /// Every global and every member of a table, as `timer.after`, with its type.
    static func names() async throws -> [(name: String, type: String)] {
        let texts = try await texts(
            """
            local parts = { \(try parts().map { "\"\($0)\"" }.joined(separator: ", ")) }
            widget.init(function() return {} end)
            widget.render(function()
              local list = {}
              -- A part is made when it is first asked for.
              for _, name in ipairs(parts) do assert(_G[name], name) end
              for name, value in pairs(_G) do
                list[#list + 1] = name .. " " .. type(value)
                if type(value) == "table" and value ~= _G then
                  for member, inner in pairs(value) do
                    list[#list + 1] = name .. "." .. tostring(member) .. " " .. type(inner)
                  end
                end
              end
              return ui.each(list, function(line) return ui.p { text = line } end)
            end)
            """
        )
        return texts.map { text in
            let words = text.split(separator: " ").map(String.init)
            return (words[0], words.count > 1 ? words[1] : "")
        }
    }

    /// The members of the event that a handler is given, each with its type.
    static func eventMembers() async throws -> [(name: String, type: String)] {
        let texts = try await texts(
            """
            widget.on("chat:message", function(state, event)
              state.list = {}
              for name, value in pairs(event) do
                state.list[#state.list + 1] = name .. " " .. (math.type(value) or type(value))
              end
            end)
            widget.render(function(state)
              return ui.each(state.list or {}, function(line) return ui.p { text = line } end)
            end)
            """
        )
        return texts.map { text in
            let words = text.split(separator: " ").map(String.init)
            return (words[0], words[1])
        }
    }

    /// What of these a cell does not let into a view, in its words.
    static func refusals(tags: [String], attributes: [String], properties: [String]) async throws -> [String] {
        let nodes =
            tags.map { "ui[\"\($0)\"] {}" } + attributes.map { "ui.p { [\"\($0)\"] = \"1\" }" }
            + properties.map { "ui.p { style = { [\"\($0)\"] = \"1\" } }" }
        return try await faults("widget.render(function() return { \(nodes.joined(separator: ",\n")) } end)")
    }

    /// The parts of the environment that are made when they are first asked for.
    private static func parts() throws -> [String] {
        let source = try text("Sources/Sandbox/Cell/environment.c")
        let table = try #require(source.firstRange(of: "} parts[] = {"))
        let end = try #require(source[table.upperBound...].firstRange(of: "};"))
        let parts = source[table.upperBound..<end.lowerBound].matches(of: /{"([a-z0-9]+)",/).map { String($0.1) }
        try #require(parts.count > 10)
        return parts
    }

    private static func texts(_ program: String) async throws -> [String] {
        let (faults, view) = try await run(program)
        try #require(faults == [], "\(faults)")
        return view.children.map { node in
            guard case .element(let element) = node, case .text(let text)? = element.children.first else { return "" }
            return text
        }
    }

    private static func faults(_ program: String) async throws -> [String] { try await run(program).faults }

    private static func run(_ program: String) async throws -> (faults: [String], view: View) {
        let manifest: JSONValue = [
            "apiVersion": 1, "id": "reference", "name": "Reference", "version": "1.0.0",
            "defaultSize": ["width": 1, "height": 1], "events": ["*"], "permissions": ["storage", "timers", "sound"],
            "configSchema": ["type": "object"],
        ]
        let contents = ["widget.json": Array(manifest.text.utf8), "main.lua": Array(program.utf8)]
        let package = try WidgetPackage(PackageFiles(folder: "reference", contents: contents))
        let cells = try await TrialCells.open(.reduced)
        defer { cells.close() }
        var trial = await WidgetTrial(package, config: [:], in: cells)
        var faults = await trial.start()
        let line = try #require(CoreSamples.payload(of: .chatMessage))
        let draft = EventDraft(
            id: Event.ID("sample-line"),
            type: .chatMessage,
            platform: .twitch,
            channelId: "1",
            occurredAt: trial.now,
            payload: line
        )
        faults += await trial.take(draft)
        return (faults.map(\.message), try trial.picture())
    }

    /// A file of this repository.
    static func text(_ path: String) throws -> String {
        let root = Gallery.folder.deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}
