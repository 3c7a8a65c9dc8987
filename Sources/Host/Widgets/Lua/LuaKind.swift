import Sandbox
import WidgetAPI

/// A type that a stranger wrote in Lua; its program runs in cells alone.
struct LuaKind: WidgetKind {
    let manifest: WidgetManifest
    /// Program files by their name in the package, `main.lua` among them.
    let files: [String: String]
    /// Texts of the package in the host's language, by name.
    let locale: JSONObject
    /// The address of the package's folder on this host, with a slash at its end.
    let assets: String
    /// The package's style sheet, checked and with the addresses of its assets.
    let styleSheet: String
    /// What holds this version of the package back on the whole host.
    let breaker = PackageBreaker()

    var language: WidgetLanguage { .lua }

    /// What this version still understands; the rest takes its defaults.
    ///
    /// The package's own migration is asked when the widget starts: only a cell can run it.
    func migrate(config: JSONObject, from version: String) -> JSONObject {
        let schema = ConfigSchema(everySettingOf: manifest)
        var kept = JSONObject()
        for member in config.members {
            var alone = JSONObject()
            alone[member.name] = member.value
            if (try? schema.validate(.object(alone))) != nil { kept[member.name] = member.value }
        }
        return kept
    }

    func start(
        _ placed: PlacedWidget,
        from checkpoint: WidgetCheckpoint?,
        in cells: TenantCell?
    ) throws(ConfigError) -> any WidgetInstance {
        try LuaWidgetInstance(self, placed: placed, from: checkpoint, in: cells)
    }
}
