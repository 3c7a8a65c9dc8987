import Testing
import WidgetAPI

@testable import Host

@Suite struct WidgetAppearanceTests {
    @Test func `a widget wears the theme unless it is told otherwise`() throws {
        #expect(try WidgetAppearance(of: [:]).styleSheet == "")
        #expect(try WidgetAppearance(of: ["colorOverrides": ["text": "#ff0000"]]).styleSheet == "")
        #expect(try WidgetAppearance(of: ["useThemeColors": false]).styleSheet == "")
    }

    @Test func `its own colours replace the theme's variables inside it alone`() throws {
        let config: JSONValue = [
            "useThemeColors": false, "colorOverrides": ["text": "#ff0000", "accent": "#00FF00"], "maxMessages": 5,
        ]

        let appearance = try WidgetAppearance(of: config)

        #expect(appearance.styleSheet == ":host{--th-text:#ff0000;--th-accent:#00FF00}")
        #expect(appearance.ownConfig == ["maxMessages": 5])
    }

    @Test(
        arguments: [
            ["useThemeColors": "no"], ["colorOverrides": ["text": "red"]], ["colorOverrides": ["text": "#ff0000;}"]],
            ["colorOverrides": ["border": "#ff0000"]], ["colorOverrides": "#ff0000"],
        ] as [JSONValue]
    )
    func `what is no colour of these is refused`(config: JSONValue) {
        #expect(throws: ConfigError.self) { try WidgetAppearance(of: config) }
    }
}
