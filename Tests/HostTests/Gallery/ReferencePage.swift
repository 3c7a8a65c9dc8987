import Testing
import WidgetAPI

@testable import Host

/// The reference of widgets in Lua, made from what the code says of itself.
struct ReferencePage {
    /// What a program finds, with types.
    let names: [(name: String, type: String)]
    /// What an event has, with types.
    let eventMembers: [(name: String, type: String)]

    /// What is there and not described, or described and not there.
    var unknown: [String] {
        let own = names.filter { name, type in
            let part = name.split(separator: ".")[0]
            // A tag is there once somebody has asked for it.
            let isTag = part == "ui" && Tag(rawValue: String(name.dropFirst("ui.".count))) != nil
            return type == "function" && ReferenceWords.parts.contains(String(part)) && !isTag
        }
        let found = Set(names.map(\.name))
        let missing = own.map(\.name).filter { ReferenceWords.functions[$0] == nil }
        return missing + ReferenceWords.functions.keys.filter { !found.contains($0) }.sorted()
            + ReferenceWords.parts.filter { !found.contains($0) }
            + eventMembers.map(\.name).filter { ReferenceWords.eventMembers[$0] == nil }
            + ReferenceWords.eventMembers.keys.filter { key in !eventMembers.contains { $0.name == key } }.sorted()
    }

    func text() throws -> String {
        let manifest = try ManifestPages()
        let parts = [
            """
            <!-- Made by `make docs` from the code; change that instead. -->
            # Reference

            For apiVersion 1. How to begin: [README.md](README.md). What happens beyond a limit: [limits.md](limits.md).

            [widget.json](#widgetjson) · [Settings](#settings) · [Events](#events) · [Functions](#functions) ·
            [The view](#the-view) · [Limits](#limits)
            """,
            manifest.manifest, manifest.settings, try events(), functions, Self.view, try Self.limits(),
        ]
        return parts.joined(separator: "\n\n") + "\n"
    }

    // MARK: Events

    private func events() throws -> String {
        var lines = [
            "## Events", "",
            "A widget is given the events that its manifest lists, in the order of the streamer's log, and those of "
                + "its own timers. What is `null` below is `nil` in Lua: the member is not there. Of an anonymous "
                + "person `user` is missing.", "", "| member | | |", "|---|---|---|",
        ]
        for member in eventMembers.sorted(by: { $0.name < $1.name }) {
            lines.append("| `\(member.name)` | \(member.type) | \(ReferenceWords.eventMembers[member.name] ?? "") |")
        }
        lines += ["", "The event of a timer has `type` (`timer:NAME`), `receivedAtMs` and `payload` alone."]
        for type in try Self.eventTypes() {
            lines += ["", "### `\(type.name)`", "", type.about]
            guard let payload = CoreSamples.payload(of: EventType(type.name))?.objectValue else { continue }
            let members = payload.members.map { "  \(JSONValue.string($0.name).text): \($0.value.text)" }
            lines += ["", "```json", "{", members.joined(separator: ",\n"), "}", "```"]
        }
        return lines.joined(separator: "\n")
    }

    /// The types that the widget API names, with what it says of them, in its order.
    private static func eventTypes() throws -> [(name: String, about: String)] {
        let source = try LuaEnvironment.text("Sources/WidgetAPI/Events/Event.swift")
        let pattern = /((?: +\/\/\/.*\n)+) +public static let \w+: EventType = "([^"]+)"/
        let types = source.matches(of: pattern).map { match in
            let comment = match.1.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "/" } }.joined(
                separator: " "
            )
            // Payloads that have a sample are shown by it.
            return (name: String(match.2), about: comment.replacing(/: ``\w+``/, with: ""))
        }
        try #require(types.count > 15)
        let missing = CoreSamples.types.filter { type in !types.contains { $0.name == type.name } }
        try #require(missing.isEmpty, "\(missing)")
        return types.filter { !$0.about.contains("No widget is given it") }
    }

    // MARK: Functions

    private var functions: String {
        var lines = [
            "## Functions", "",
            "A program has what stands here and nothing else: no files, no network, no clock of the machine, no "
                + "`load`, no `debug`. Once `main.lua` has run, no new global can be made: what is to last stands in "
                + "the state.",
        ]
        for part in ReferenceWords.parts + [""] {
            lines += ["", part.isEmpty ? "### Globals that are not as in Lua" : "### `\(part)`", ""]
            if part == "ui" { lines += ["`ui.TAG { … }` makes an element, see [The view](#the-view).", ""] }
            lines += ["| | |", "|---|---|"]
            let functions = ReferenceWords.functions.sorted { $0.key < $1.key }
            for (name, words) in functions where (name.split(separator: ".").dropLast().first ?? "") == part {
                lines.append("| `\(words.call)` | \(words.about) |")
            }
        }
        lines += ["", "### As in Lua 5.4", "", "| | |", "|---|---|"]
        let others = names.filter { name, _ in
            let part = String(name.split(separator: ".")[0])
            return !ReferenceWords.parts.contains(part) && ReferenceWords.functions[name] == nil
        }
        let globals = others.filter { $0.type != "table" && !$0.name.contains(".") }.map { "`\($0.name)`" }.sorted()
        lines.append("| globals | \(globals.joined(separator: " ")) |")
        for table in others.filter({ $0.type == "table" && $0.name != "_G" }).map(\.name).sorted() {
            let members = others.filter { $0.name.hasPrefix("\(table).") }.map {
                "`\($0.name.dropFirst(table.count + 1))`"
            }
            lines.append("| `\(table)` | \(members.sorted().joined(separator: " ")) |")
        }
        return lines.joined(separator: "\n")
    }

    // MARK: View

    private static var view: String {
        """
        ## The view

        `ui.TAG { … }`: children in order (elements, texts, numbers and lists of them; `nil` and `false` are left out),
        and by name

        | | |
        |---|---|
        | `key` | unique among siblings; a list is keyed only if every child has one. A keyed child keeps its element |
        | `class` | names for `style.css` |
        | `style` | a table of the properties below |
        | `text` | a text as the only child |
        | `source` | the id of the event whose text stands inside: when it is moderated away, the host drops the node |
        | an attribute | one of those below |

        **Tags**: \(words(Tag.allCases.map(\.rawValue)))

        **Attributes**: \(words(Attribute.Name.allowed.sorted()))
        and every `aria-…` and `data-…` of small letters, digits and `-`. `src` belongs to `img` alone: `assets/…` of
        the package, or a path of this host from an event or a setting (`/img/…`, `/files/…`). A node with `data-exit`
        may play an exit animation of at most 600 ms: the page gives it the class `leaving`.

        **Style properties**: \(words(Style.Property.allowed.sorted()))
        and custom properties (`--name`). A value is shorter than 256 characters and has no `url(`, `image(`,
        `image-set(`, `src(`, `expression`, backslash or angle bracket.

        **`style.css`** applies inside this widget alone: at most \(WidgetStyle.rulesLimit) rules and \
        \(WidgetStyle.bytesLimit >> 10) KiB, features of Chromium 102.
        `url("assets/…")` is the only address; no `@import`, no nesting, no backslash. The theme stands in
        `--th-primary`, `--th-secondary`, `--th-accent`, `--th-background`, `--th-background-alpha`, `--th-text`,
        `--th-muted`, `--th-radius`, `--th-space`, `--th-font-head`, `--th-font-body` and `--th-scale`.
        """
    }

    // MARK: Limits

    private static func limits() throws -> String {
        var lines = ["## Limits", "", "| of a widget | at most |", "|---|---|"]
        for row in try CellLimits().rows {
            lines.append("| \(row.about) | \(row.about.hasPrefix("the shortest") ? "at least " : "")\(row.value) |")
        }
        lines += ["", "| of a package | at most |", "|---|---|"]
        let package: [(String, String)] = [
            ("files", "\(PackageFiles.countLimit)"), ("all files together", "\(PackageFiles.bytesLimit >> 20) MiB"),
            ("`widget.json`", "\(ManifestReader.bytesLimit >> 10) KiB"),
            ("Lua of all files", "\(WidgetPackage.programBytesLimit >> 10) KiB"),
            ("`style.css`", "\(WidgetStyle.bytesLimit >> 10) KiB, \(WidgetStyle.rulesLimit) rules"),
            ("a replay", "\(PackageReplay.bytesLimit >> 20) MiB, \(PackageReplay.stepsLimit) steps"),
        ]
        lines += package.map { "| \($0.0) | \($0.1) |" }
        return lines.joined(separator: "\n")
    }

    static func words(_ words: [String]) -> String {
        words.map { "`\($0)`" }.joined(separator: " ")
    }
}
