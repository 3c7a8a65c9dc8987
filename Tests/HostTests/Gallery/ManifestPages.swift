import Testing
import WidgetAPI

@testable import Host

/// The parts of the reference about `widget.json`, made from the JSON Schema that the host publishes.
struct ManifestPages {
    private let schema: JSONValue

    init() throws {
        schema = try JSONValue(parsing: LuaEnvironment.text("Sources/Host/Web/schemas/widget-1.json"))
    }

    /// Every member of the manifest.
    var manifest: String {
        let required = schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? []
        var lines = [
            "## widget.json", "", "Its JSON Schema, for editors, is at `/schemas/widget-1.json` of every host.", "",
            "| member | values | |", "|---|---|---|",
        ]
        for member in schema["properties"]?.objectValue?.members ?? [] where member.name != "$schema" {
            let about = [
                required.contains(member.name) ? "required" : nil, member.value["description"]?.stringValue,
                member.value["default"].map { "default `\($0.stringValue ?? $0.text)`" },
            ]
            lines.append(Self.row(member.name, values(member.value), about.compactMap(\.self).joined(separator: "; ")))
        }
        return lines.joined(separator: "\n")
    }

    /// What a setting may be, by its kind.
    var settings: String {
        let kinds = ["boolean", "integer", "number", "text", "choice", "array", "object"]
        let members = kinds.map { schema["$defs"]?[$0]?["properties"]?.objectValue?.members ?? [] }
        let shared = members[0].filter { member in members.allSatisfy { $0.contains { $0.name == member.name } } }
        var lines = [
            "## Settings", "",
            "`configSchema` is an object of `type` `object`; its `properties` are the settings, in the order of the "
                + "form. A value that does not fit is refused when the streamer saves it, so a widget need not check.",
            "",
            "Every setting:", "", "| member | values | |", "|---|---|---|",
        ]
        for member in shared where member.name != "type" {
            lines.append(Self.row(member.name, values(member.value), member.value["description"]?.stringValue ?? ""))
        }
        lines += ["", "By kind, besides:", "", "| kind | member | values | |", "|---|---|---|---|"]
        for (kind, members) in zip(kinds, members) {
            let own = members.filter { member in !shared.contains { $0.name == member.name } }
            let type = members.first { $0.name == "type" }?.value["const"]?.stringValue ?? ""
            let title = "\(kind == "text" || kind == "choice" ? "\(kind), " : "")`\(type)`"
            if own.isEmpty { lines.append("| \(title) | | | |") }
            for (index, member) in own.enumerated() {
                let about = member.value["description"]?.stringValue ?? ""
                lines.append("| \(index == 0 ? title : "") \(Self.row(member.name, values(member.value), about))")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func row(_ name: String, _ values: String, _ about: String) -> String {
        "| `\(name)` | \(values.replacing("|", with: "\\|")) | \(about.replacing("|", with: "\\|")) |"
    }

    /// What a schema takes, in words.
    private func values(_ schema: JSONValue) -> String {
        if let constant = schema["const"] { return "`\(constant.stringValue ?? constant.text)`" }
        if let choices = schema["enum"]?.arrayValue {
            return "one of " + ReferencePage.words(choices.map { $0.stringValue ?? $0.text })
        }
        if let reference = schema["$ref"]?.stringValue {
            return reference.hasSuffix("settings") ? "settings by name" : "a setting without a name"
        }
        let bounds = (
            low: schema["minimum"] ?? schema["minLength"] ?? schema["minItems"],
            high: schema["maximum"] ?? schema["maxLength"] ?? schema["maxItems"]
        )
        let range =
            switch bounds {
            case (let low?, let high?): "\(low.text) to \(high.text)"
            case (nil, let high?): "at most \(high.text)"
            case (let low?, nil): "at least \(low.text)"
            case (nil, nil): ""
            }
        switch schema["type"]?.stringValue {
        case "string":
            let length = range.isEmpty ? "text" : "text of \(range) characters"
            return schema["pattern"]?.stringValue.map { "\(length), `\($0)`" } ?? length
        case "integer": return range.isEmpty ? "whole number" : "whole number, \(range)"
        case "number": return range.isEmpty ? "number" : "number, \(range)"
        case "boolean": return "`true` or `false`"
        case "array":
            let items = schema["items"].map { ": \(values($0))" } ?? ""
            return "list\(range.isEmpty ? "" : " of \(range)")\(items)"
        case "object":
            let members = schema["properties"]?.objectValue?.members ?? []
            guard !members.isEmpty else { return "object" }
            return "object of " + members.map { "`\($0.name)` (\(values($0.value)))" }.joined(separator: ", ")
        default: return "any value"
        }
    }
}
