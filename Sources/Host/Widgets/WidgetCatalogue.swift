import Sandbox
import WidgetAPI

/// The widget types this host offers.
struct WidgetCatalogue: Sendable {
    /// In the order in which they are offered.
    let all: [any WidgetKind]
    private let kinds: [String: any WidgetKind]

    /// The program's own types, then strangers'; one whose id is taken is left out.
    init(_ builtins: [any Widget], strangers: [any WidgetKind] = []) {
        var all: [any WidgetKind] = []
        var kinds: [String: any WidgetKind] = [:]
        for kind in builtins.map(Self.kind) + strangers where kinds[kind.manifest.id] == nil {
            all.append(kind)
            kinds[kind.manifest.id] = kind
        }
        (self.all, self.kinds) = (all, kinds)
    }

    /// The type of that name, or `nil` when it is not offered here.
    func kind(_ type: String) -> (any WidgetKind)? {
        kinds[type]
    }

    /// Starts a placed widget; `nil` when its type is not offered here.
    ///
    /// A widget in Lua runs in those cells; without any it shows nothing.
    func instance(
        of placed: PlacedWidget,
        from checkpoint: WidgetCheckpoint?,
        in cells: TenantCell? = nil
    ) throws(ConfigError) -> (any WidgetInstance)? {
        try kinds[placed.type]?.start(placed, from: checkpoint, in: cells)
    }

    private static func kind(_ type: any Widget) -> any WidgetKind {
        func opened(_ type: some Widget) -> any WidgetKind { BuiltinKind(type: type) }
        return opened(type)
    }
}
