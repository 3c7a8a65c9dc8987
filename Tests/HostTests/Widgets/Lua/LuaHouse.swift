import Glibc
import NIOCore
import Sandbox
import WidgetAPI

@testable import Host

extension LuaKind {
    /// A type with one setting, `label`, and that program.
    static func counter(
        _ program: String,
        version: String = "1.0.0",
        fields: [ConfigSchema.Field] = [.init("label", .text(0...20), default: "lines", title: "Label")]
    ) -> LuaKind {
        LuaKind(
            manifest: WidgetManifest(
                id: "counter",
                name: "Counter",
                version: version,
                description: "Counts lines.",
                category: .chat,
                defaultSize: .init(width: 2, height: 1),
                events: ["chat:message"],
                permissions: [.timers, .storage],
                configSchema: ConfigSchema(fields)
            ),
            files: ["main.lua": program],
            locale: JSONObject(),
            assets: "/assets/widgets/counter/0/",
            styleSheet: ""
        )
    }
}

extension Zygote {
    /// One whose cells may take longer than a busy machine keeps them waiting, for tests that are not about that.
    static func patient() async throws -> Zygote { try await start(patience: .seconds(60)) }
}

extension RuntimeHouse {
    /// A house whose one layout has nothing but a widget of that type; or the next start on what another one left.
    static func running(_ kind: LuaKind, _ zygote: Zygote, on place: LogPlace? = nil) async throws -> RuntimeHouse {
        let house = try await RuntimeHouse(on: place, strangers: [kind], zygote: zygote)
        guard place == nil else { return house }
        try await house.changeLayout { layout in
            layout.widgets = [
                PlacedWidget(
                    id: PlacedWidget.ID(""),
                    type: kind.manifest.id,
                    settings: WidgetSettings(version: kind.manifest.version, config: [:]),
                    position: .init(x: 0, y: 0, width: 2, height: 1)
                )
            ]
        }
        return house
    }

    /// Appends lines of chat one after the other.
    func say(_ lines: String...) async throws {
        for line in lines { try await log.append([self.line(line)], in: scope) }
    }

    /// What the log says was left out, `[from,to]` each.
    func skipped() async throws -> [[Int64]] {
        try await place.store.events(of: .widgetSkipped, after: 0, in: scope).map { event in
            [event.payload["from"]?.integerValue ?? 0, event.payload["to"]?.integerValue ?? 0]
        }
    }

    /// Forgets what the widgets remember, so that the next start counts from the log.
    func loseCheckpoints() async throws {
        let tenant = scope.tenant
        _ = try await place.database.transaction(in: scope) { sql in
            try sql.run("DELETE FROM checkpoints WHERE streamer_id = $1", [.text(tenant.text)])
        }
    }
}

extension TenantRuntime {
    /// The texts of every widget, in order.
    var words: [String] {
        func texts(_ node: Node) -> [String] {
            switch node {
            case .text(let text): [text]
            case .element(let element): element.children.flatMap(texts)
            }
        }
        return widgets.flatMap { $0.view.children.flatMap(texts) }
    }

    /// Sends the cell's process a signal.
    func signalCell(_ signal: CInt) {
        if let processId = cell?.current?.processId { kill(processId, signal) }
    }

    var cellProcess: pid_t? { cell?.current?.processId }

    /// Whether the first widget waits for an answer of its cell.
    var isFirstAsking: Bool { (widgets.first?.instance as? LuaWidgetInstance)?.isAsking == true }

    /// Whether something was left out of which the log does not know.
    var hasNews: Bool { widgets.contains { $0.instance?.hasSkipped == true } }

    func killCell() { signalCell(SIGKILL) }

    var firstWidget: PlacedWidget.ID? { widgets.first?.placed.id }

    /// How the first widget fares.
    var firstHealth: WidgetHealth? { widgets.first?.instance?.report() }
}
