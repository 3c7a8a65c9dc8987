import Testing

/// The numbers of `bounds.h`, each with what it is about.
struct CellLimits {
    /// In the order of the header: what is limited, and its value with a unit.
    private(set) var rows: [(about: String, value: String)] = []
    /// Names that only the header or only ``words`` has.
    private(set) var unknown: [String] = []

    init() throws {
        let header = try LuaEnvironment.text("Sources/Sandbox/Cell/bounds.h")
        var left = Set(Self.words.keys)
        for match in header.matches(of: /(?m)^#define LIMIT_([A-Z_]+) (.+)$/) {
            let name = String(match.1)
            guard left.remove(name) != nil, let words = Self.words[name] else {
                if !Self.internals.contains(name) { unknown.append(name) }
                continue
            }
            rows.append((words.about, words.unit.written(try Self.number(match.2))))
        }
        unknown += left.sorted()
    }

    private enum Unit {
        case bytes, count, milliseconds

        func written(_ number: Int) -> String {
            switch self {
            case .bytes where number % (1 << 20) == 0: "\(number >> 20) MiB"
            case .bytes where number % (1 << 10) == 0: "\(number >> 10) KiB"
            case .bytes: "\(number) bytes"
            case .count: Self.grouped(number)
            case .milliseconds: "\(number) ms"
            }
        }

        /// With a comma between thousands.
        private static func grouped(_ number: Int) -> String {
            number < 1000 ? "\(number)" : grouped(number / 1000) + ",\(String(number % 1000 + 1000).dropFirst())"
        }
    }

    /// Of the host and its cells, not of widgets.
    private static let internals: Set = [
        "FRAME_IN", "FRAME_OUT", "GRACE_CPU_MS", "HEAP_BURST", "CELL_HEAP", "JSON_DEPTH_IN", "LIST", "TRACEBACK_LEVELS",
        "STYLE_VALUE",
    ]

    private static let words: [String: (about: String, unit: Unit)] = [
        "INSTANCES": ("widgets in Lua of one streamer", .count),
        "CALLBACK_INSTRUCTIONS": ("instructions of a callback", .count),
        "LOAD_INSTRUCTIONS": ("instructions of the main part, and of `widget.migrate`", .count),
        "CALLBACK_CPU_MS": ("processor time of a callback", .milliseconds),
        "LOAD_CPU_MS": ("processor time of the main part, and of `widget.migrate`", .milliseconds),
        "HEAP": ("memory of a widget", .bytes),
        "SOURCE": ("the program, all files together", .bytes),
        "CONFIG": ("the settings as JSON", .bytes),
        "STATE": ("the state as JSON", .bytes),
        "JSON_DEPTH": ("tables inside one another, in the state and in whatever is kept", .count),
        "VIEW_BYTES": ("the view as JSON", .bytes),
        "VIEW_NODES": ("nodes of the view", .count),
        "VIEW_DEPTH": ("elements inside one another", .count),
        "VIEW_ATTRIBUTES": ("attributes of an element", .count),
        "VIEW_TEXT": ("a run of text in the view; a longer one is cut and ends in `…`", .bytes),
        "VIEW_KEY": ("a key in the view", .bytes),
        "TIMERS": ("timers of a widget", .count),
        "TIMER_OPERATIONS": ("timers that a callback starts or cancels", .count),
        "TIMER_NAME": ("a timer's name", .bytes),
        "TIMER_PAYLOAD": ("what a timer brings back, as JSON", .bytes),
        "TIMER_MS": ("the shortest timer", .milliseconds),
        "STORAGE_BYTES": ("the storage, keys and values", .bytes),
        "STORAGE_KEYS": ("keys of the storage", .count),
        "STORAGE_KEY": ("a key of the storage", .bytes),
        "STORAGE_VALUE": ("a value of the storage, as JSON", .bytes),
        "STORAGE_OPERATIONS": ("times that a callback writes to the storage", .count),
        "SOUNDS": ("sounds that a callback plays", .count),
        "ASSET": ("the name of a sound", .bytes),
        "LOG": ("what a callback logs", .bytes),
        "ERROR_TEXT": ("the text of an error; a longer one is cut", .bytes),
        "TRACEBACK": ("a traceback; a longer one is cut", .bytes),
        "PATTERN_DEPTH": ("levels of a pattern in `string.find` and its kin", .count),
        "COROUTINES_NESTED": ("coroutines that run inside one another", .count),
    ]

    /// A product of whole numbers, as the header writes them.
    private static func number(_ text: Substring) throws -> Int {
        let factors = text.filter { $0 != "(" && $0 != ")" }.split(separator: "*").map { part in
            Int(part.filter { $0 != " " })
        }
        return try factors.reduce(1) { try $0 * #require($1) }
    }
}
