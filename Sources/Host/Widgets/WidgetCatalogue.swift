import WidgetAPI

/// The widget types this host offers.
struct WidgetCatalogue: Sendable {
    /// In the order in which they are offered.
    let all: [any Widget]
    private let kinds: [String: any Widget]

    /// - Precondition: no two types share an id.
    init(_ kinds: [any Widget]) {
        all = kinds
        self.kinds = Dictionary(uniqueKeysWithValues: kinds.map { ($0.manifest.id, $0) })
    }

    /// The type of that name, or `nil` when it is not offered here.
    func kind(_ type: String) -> (any Widget)? {
        kinds[type]
    }

    /// Starts a placed widget; `nil` when its type is not offered here.
    func instance(of placed: PlacedWidget, from checkpoint: WidgetCheckpoint?) throws(ConfigError) -> (
        any WidgetInstance
    )? {
        guard let kind = kinds[placed.type] else { return nil }
        return try start(kind, placed, checkpoint)
    }

    private func start(
        _ kind: some Widget,
        _ placed: PlacedWidget,
        _ checkpoint: WidgetCheckpoint?
    ) throws(ConfigError) -> any WidgetInstance {
        try SwiftWidgetInstance(kind, placed: placed, from: checkpoint)
    }
}
