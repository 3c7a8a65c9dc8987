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

    @Test func `chat of a platform that is not wanted any more leaves at once`() throws {
        let chat = ChatWidget()
        let chosen = WidgetSettings(version: chat.manifest.version, config: [:])
        let placed = PlacedWidget(
            id: PlacedWidget.ID("w"),
            type: "chat",
            settings: chosen,
            position: .init(x: 0, y: 0, width: 1, height: 1)
        )
        let widget = try SwiftWidgetInstance(chat, placed: placed, from: nil)
        for (seq, platform) in ["twitch", "kick"].enumerated() {
            let message = ChatMessage(messageId: platform, user: nil, text: "on \(platform)")
            widget.apply(row(Int64(seq) + 1, .chatMessage, message.json, on: platform))
        }

        let config: JSONValue = ["platforms": ["kick"]]
        let change: JSONValue = ["widgetId": "w", "version": .string(chosen.version), "config": config]
        widget.apply(row(3, .configChange, change, on: "streamvibes"))

        var writer = JSONWriter()
        writer.write(widget.render().children)
        let text = writer.text
        #expect(text.contains("on kick") && !text.contains("on twitch"))
    }

    private func row(_ seq: Int64, _ type: EventType, _ payload: JSONValue, on platform: String) -> Event {
        Event(
            id: Event.ID("\(seq)"),
            seq: seq,
            type: type,
            platform: platform,
            occurredAt: Timestamp(milliseconds: seq * 2000),
            receivedAt: Timestamp(milliseconds: seq * 2000),
            payload: payload
        )
    }

    private func settings(_ config: JSONValue) throws -> JSONObject {
        let chat = ChatWidget()
        return try WidgetSettings(version: chat.manifest.version, config: config).current(for: chat)
    }

    private func styleSheet(_ config: JSONValue) throws -> String {
        ConfigSchema.styleSheet(of: try settings(config))
    }
}
