import Sandbox
import WidgetAPI

/// A widget type as the host uses it, whatever it is written in.
protocol WidgetKind: Sendable {
    /// What the type says of itself.
    var manifest: WidgetManifest { get }
    /// What it is written in, as the catalogue calls it.
    var language: WidgetLanguage { get }
    /// Settings of an older version as this version would have them, unchecked.
    func migrate(config: JSONObject, from version: String) -> JSONObject
    /// A widget that has just been placed, or that goes on from a checkpoint.
    func start(
        _ placed: PlacedWidget,
        from checkpoint: WidgetCheckpoint?,
        in cells: TenantCell?
    ) throws(ConfigError) -> any WidgetInstance
}

/// What a widget is written in.
enum WidgetLanguage: String, Sendable {
    case builtin, lua
}

/// A type that is part of the program.
struct BuiltinKind<Type: Widget>: WidgetKind {
    let type: Type

    var manifest: WidgetManifest { type.manifest }
    var language: WidgetLanguage { .builtin }

    func migrate(config: JSONObject, from version: String) -> JSONObject {
        type.migrate(config: config, from: version)
    }

    func start(
        _ placed: PlacedWidget,
        from checkpoint: WidgetCheckpoint?,
        in cells: TenantCell?
    ) throws(ConfigError) -> any WidgetInstance {
        try SwiftWidgetInstance(type, placed: placed, from: checkpoint)
    }
}
