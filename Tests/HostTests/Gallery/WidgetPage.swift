import WidgetAPI

@testable import Host

/// The page of a widget type in the gallery (`docs/widgets`), made from what the type says of itself.
struct WidgetPage {
    let manifest: WidgetManifest

    /// The page as Markdown.
    var text: String {
        var lines = [
            "<!-- Made by `make docs` from the widget's own schema; change that instead. -->",
            "# \(manifest.name)",
            "",
            manifest.description,
            "",
            "![\(manifest.name) on an overlay](\(manifest.id).png)",
            "",
            "| | |", "|---|---|",
            "| type | `\(manifest.id)` \(manifest.version) |",
            "| category | \(manifest.category.rawValue) |",
            "| size when placed | \(manifest.defaultSize.width) × \(manifest.defaultSize.height) cells |",
            "| listens to | \(Self.words(manifest.events.map(\.text))) |",
            "| may use | \(manifest.permissions.isEmpty ? "nothing" : Self.words(manifest.permissions.map(\.rawValue))) |",
        ]
        for group in groups {
            lines += ["", "## \(group.name)", "", "| option | values | default | |", "|---|---|---|---|"]
            for field in group.fields { lines += Self.rows(field, prefix: "") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The settings by their part of the form, in its order.
    private var groups: [(name: String, fields: [ConfigSchema.Field])] {
        var groups: [(name: String, fields: [ConfigSchema.Field])] = []
        for field in ConfigSchema(everySettingOf: manifest).fields {
            let name = field.group ?? "Options"
            if let index = groups.firstIndex(where: { $0.name == name }) {
                groups[index].fields.append(field)
            } else {
                groups.append((name, [field]))
            }
        }
        return groups
    }

    private static func rows(_ field: ConfigSchema.Field, prefix: String) -> [String] {
        var about = [field.title]
        if let description = field.description { about.append(description) }
        if let when = field.when {
            about.append("Matters when `\(when.field)` is \(words(when.values.map(\.text))).")
        }
        let unit = field.unit.map { " (\($0))" } ?? ""
        let usual = field.defaultValue.map { "`\(Self.short($0))`" } ?? "required"
        let row = [
            "`\(prefix)\(field.name)`", cell(values(field.kind) + unit), cell(usual),
            cell(about.map { $0.hasSuffix(".") ? $0 : "\($0)." }.joined(separator: " ")),
        ]
        return ["| \(row.joined(separator: " | ")) |"]
            + members(of: field.kind).flatMap {
                rows($0, prefix: "\(prefix)\(field.name)\(isList(field.kind) ? "[]" : "").")
            }
    }

    private static func values(_ kind: ConfigSchema.Kind) -> String {
        switch kind {
        case .choice(let options): words(options.map(\.value))
        case .list(of: .object, let maximum, _): "a list of at most \(maximum)"
        case .object: "an object"
        default: kind.wanted
        }
    }

    private static func members(of kind: ConfigSchema.Kind) -> [ConfigSchema.Field] {
        switch kind {
        case .object(let fields): fields
        case .list(let element, _, _): members(of: element)
        default: []
        }
    }

    private static func isList(_ kind: ConfigSchema.Kind) -> Bool {
        if case .list = kind { true } else { false }
    }

    private static func short(_ value: JSONValue) -> String {
        value.text.count > 60 ? "\(value.text.prefix(60))…" : value.text
    }

    private static func words(_ words: [String]) -> String {
        words.map { "`\($0)`" }.joined(separator: " ")
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("\n", with: " ")
    }
}
