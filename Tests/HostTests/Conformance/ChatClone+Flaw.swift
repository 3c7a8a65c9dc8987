import Testing
import WidgetConformance

@testable import Host

extension ChatClone {
    /// What the author of a package could get wrong.
    struct Flaw: Sendable, CustomTestStringConvertible {
        /// A place of a file of the package that says something else.
        struct Edit: Sendable {
            let file: String
            let text: String
            let other: String

            init(_ file: String, _ text: String, _ other: String) {
                (self.file, self.text, self.other) = (file, text, other)
            }
        }

        let testDescription: String
        /// The rule that finds it out.
        let rule: ConformanceRule
        /// Words of the complaint, so that it is found out for this and for nothing else.
        let complaint: String
        let edits: [Edit]

        private init(_ description: String, _ rule: ConformanceRule, _ complaint: String, _ edits: Edit...) {
            (testDescription, self.rule, self.complaint, self.edits) = (description, rule, complaint, edits)
        }
    }

    /// The package with the flaw in it.
    static func kind(with flaw: Flaw) throws -> LuaKind {
        let files = try PackageFolder.files(at: "\(shelf)/chat-clone")
        var contents = files.contents
        for edit in flaw.edits {
            let text = String(decoding: contents[edit.file] ?? [], as: UTF8.self)
            try #require(text.contains(edit.text), "\(edit.file) does not say \(edit.text)")
            contents[edit.file] = Array(text.replacing(edit.text, with: edit.other).utf8)
        }
        return try LuaKind(WidgetPackage(PackageFiles(folder: files.folder, contents: contents)))
    }
}

extension ChatClone.Flaw {
    static let all: [Self] = manifest + memory + pictures + carelessness

    private static let manifest: [Self] = [
        Self(
            "it says nothing of itself",
            .manifest,
            "it says nothing of itself",
            Edit("widget.json", "Shows what viewers write on all platforms.", "")
        ),
        Self(
            "it uses timers and does not say so",
            .limits,
            "this needs the permission \"timers\"",
            Edit("widget.json", "\"timers\", ", "")
        ),
        Self(
            "it counts what it does not know",
            .strangeEvents,
            "the unknown event chat:unknown changes it",
            Edit("widget.json", "\"chat:message\", \"chat:delete\", \"chat:clear\"", "\"chat:*\""),
            Edit(
                "main.lua",
                "widget.on_config(",
                "widget.on(\"chat:*\", function(state) state.second = state.second + 1 end)\n\nwidget.on_config("
            )
        ),
    ]

    private static let memory: [Self] = [
        Self(
            "its state grows for ever",
            .survival,
            "state: the state has more than 64 KiB",
            Edit(
                "main.lua",
                "  local was_holding",
                "  state.all = (state.all or \"\") .. string.rep(event.id, 1000)\n  local was_holding"
            )
        ),
        Self(
            "it keeps in a local what a crash takes away",
            .survival,
            "goes on otherwise after a crash",
            Edit("draw.lua", "local function look_of", "local drawn = 0\n\nlocal function look_of"),
            Edit(
                "draw.lua",
                "  local nodes = {}\n  for place = math",
                "  drawn = drawn + 1\n  local nodes = {}\n  for place = math"
            ),
            Edit("draw.lua", "    nodes,\n", "    [\"data-drawn\"] = drawn, nodes,\n")
        ),
        Self(
            "it counts changes of its settings in a local",
            .liveSettings,
            "drawn otherwise after a crash",
            Edit(
                "main.lua",
                "widget.on_config(function(state, new, old)\n",
                "local changes = 0\n\nwidget.on_config(function(state, new, old)\n  changes = changes + 1\n"
            ),
            Edit(
                "main.lua",
                "widget.render(draw)",
                "widget.render(function(...) return { ui.p { text = changes }, draw(...) } end)"
            )
        ),
        Self(
            "it makes settings of an earlier version into none of its own",
            .migration,
            "maxMessages: 99 given",
            Edit("main.lua", "return config, rows", "config.maxMessages = 99 return config, rows")
        ),
        Self(
            "it trusts the state of an earlier version",
            .migration,
            "error: ",
            Edit("main.lua", "rows.restored(state)", "state")
        ),
    ]

    private static let pictures: [Self] = [
        Self(
            "it hears of no deletion, and its quotes do not say whose they are",
            .moderation,
            "on screen at once",
            Edit("main.lua", "local id = type(event.payload) == \"table\" and event.payload.messageId", "local id"),
            Edit("draw.lua", "source = quote.id, ", "")
        ),
        Self(
            "it draws what viewers wrote without saying where",
            .sources,
            "stands in no node that names its event",
            Edit("draw.lua", "source = row.id, ", "")
        ),
        Self(
            "its picture has too many nodes",
            .limits,
            "the view has more than 2000 nodes",
            Edit("draw.lua", "pieces[place] = each.text", "pieces[place] = { each.text, many }"),
            Edit(
                "draw.lua",
                "local function said",
                "local many = {}\nfor place = 1, 700 do many[place] = \"x\" end\n\nlocal function said"
            )
        ),
        Self(
            "it shows a picture of somebody else's host",
            .limits,
            "a picture of the package or of the host wanted",
            Edit(
                "draw.lua",
                "config.showPlatform and platform(row),",
                "ui.img { src = \"https://example.com/x.png\", alt = \"\" },"
            )
        ),
    ]

    private static let carelessness: [Self] = [
        Self(
            "it trusts that a message is one",
            .strangeEvents,
            "error: line.lua:",
            Edit("line.lua", "type(payload) ~= \"table\" or not text_of(payload.messageId) or ", "")
        ),
        Self(
            "it takes any id for a key",
            .strangeEvents,
            "a key has more than 64 bytes",
            Edit("line.lua", "if #key <= KEY_BYTES then return key end", "do return key end")
        ),
    ]
}
