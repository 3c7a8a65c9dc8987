import BuiltinWidgets
import Testing
import WidgetAPI

@testable import Host

@Suite struct WidgetSettingsTests {
    @Test func `a widget wears the theme unless it is told otherwise`() throws {
        #expect(try styleSheet([:]) == "")
        #expect(try styleSheet(["colorOverrides": ["text": "#ff0000"]]) == "")
        #expect(try styleSheet(["useThemeColors": false]) == "")
    }

    @Test func `its own colours replace the theme's variables inside it alone`() throws {
        let sheet = try styleSheet([
            "useThemeColors": false, "colorOverrides": ["text": "#ff0000", "accent": "#00FF00"], "maxMessages": 5,
        ])

        #expect(sheet == ":host{--th-text:#ff0000;--th-accent:#00FF00}")
    }

    @Test(
        arguments: [
            ["useThemeColors": "no"], ["colorOverrides": ["text": "red"]], ["colorOverrides": ["text": "#ff0000;}"]],
            ["colorOverrides": ["border": "#ff0000"]], ["colorOverrides": "#ff0000"], ["platforms": ["myspace"]],
            ["platforms": ["twitch", "twitch"]], ["platforms": "twitch"],
        ] as [JSONValue]
    )
    func `what is no colour or platform of these is refused`(config: JSONValue) {
        #expect(throws: ConfigError.self) { try settings(config) }
    }

    @Test func `a widget takes events of all platforms or of those that are chosen, and always the host's`() throws {
        let all = try settings([:])
        let kick = try settings(["platforms": ["kick"]])

        #expect(ConfigSchema.admits("twitch", all) && ConfigSchema.admits("kick", all))
        #expect(!ConfigSchema.admits("twitch", kick) && ConfigSchema.admits("kick", kick))
        #expect(ConfigSchema.admits("streamvibes", kick))
    }

    private func settings(_ config: JSONValue) throws -> JSONObject {
        let chat = ChatWidget()
        return try WidgetSettings(version: chat.manifest.version, config: config).current(for: chat)
    }

    private func styleSheet(_ config: JSONValue) throws -> String {
        ConfigSchema.styleSheet(of: try settings(config))
    }
}
