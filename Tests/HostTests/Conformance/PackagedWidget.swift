import Sandbox
import Synchronization
import WidgetAPI

@testable import Host

/// A package as the suite wants a widget: each of its calls is answered by a real cell.
///
/// What fails inside the cell is not shown to a widget's caller, who would go on with the last good state; here it is
/// written down (``faults``), and a test takes each for a breach.
struct PackagedWidget: Widget {
    struct Config: WidgetConfig {
        let settings: JSONObject
        let bytes: [UInt8]

        init(_ settings: JSONObject) {
            self.settings = settings
            bytes = JSONValue.object(settings).bytes
        }
    }

    /// What it remembers outside of its cell: that alone outlives a crash.
    struct State: JSONConvertible {
        /// The program's own state as the cell wrote it.
        var program: [UInt8]
        var timers: [WidgetTimer] = []
        var storage = JSONObject()
        /// The moment of its last callback; the host forgets it with the cell.
        var now = Timestamp(milliseconds: 0)
        /// Tells the instance that is in this state; one that was read anew is in none.
        var mark = Self.nextMark

        static var nextMark: Int { marks.add(1, ordering: .relaxed).newValue }
        private static let marks = Atomic(0)

        init(program: [UInt8]) {
            self.program = program
        }

        init?(json: JSONValue) {
            guard let state = json["state"], state.objectValue != nil || state.arrayValue != nil,
                let timers = json["timers"]?.arrayValue, let storage = json["storage"]?.objectValue
            else { return nil }
            program = state.bytes
            self.timers = timers.compactMap(WidgetTimer.init(json:))
            self.storage = storage
        }

        var json: JSONValue {
            [
                "state": (try? JSONValue(parsing: program)) ?? .null, "timers": .array(timers.map(\.json)),
                "storage": .object(storage),
            ]
        }
    }

    let manifest: WidgetManifest
    let styleSheet: String
    private let stand: CellStand

    /// Places the package in a cell of its own, its program as it is or as somebody has changed it.
    init(_ kind: LuaKind, in zygote: Zygote) async throws {
        (manifest, styleSheet) = (kind.manifest, kind.styleSheet)
        stand = CellStand(kind, in: try await WaitingCell.start(of: zygote))
    }

    /// What has failed in the cell so far, in words.
    var faults: [String] { stand.faults }

    func initialState(_ config: Config) -> State {
        stand.place(with: config)
    }

    func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        let seed = UInt64(context.random(below: .max))
        // A timer is the cell's own: it fires what is due by then.
        let isTimer = event.type.name.hasPrefix("timer:")
        let rows = isTimer ? [] : [LuaMemory.row(event, seed: seed)]
        stand.take(rows, until: isTimer ? event.receivedAt : nil, &state, config, &context)
    }

    func configChanged(from old: Config, to new: Config, state: inout State, context: inout WidgetContext) {
        let seed = UInt64(context.random(below: .max))
        let change = LuaMemory.change(to: new.settings, at: context.now, seed: seed)
        stand.change(change, from: old, to: new, &state, &context)
    }

    func render(_ state: State, config: Config) -> View {
        stand.draw(state, with: config)
    }

    func migrate(config: JSONObject, from version: String) -> JSONObject {
        stand.migrated(config, [:], from: version)?.config ?? config
    }

    /// `null`, which is no state, where the program refuses the one of the earlier version.
    func migrate(state: JSONValue, from version: String) -> JSONValue {
        stand.migrated(manifest.configSchema.defaults, state, from: version)?.state.json ?? .null
    }
}

extension JSONValue {
    /// Written down, in UTF-8.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return Array(writer.bytes)
    }
}
