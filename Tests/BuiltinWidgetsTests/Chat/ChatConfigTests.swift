import Testing
import WidgetAPI
import WidgetConformance

@testable import BuiltinWidgets

@Suite struct ChatConfigTests {
    private let schema = ChatWidget().manifest.configSchema

    @Test(
        arguments: [
            ("maxMessages", 5, 50), ("messageTimeout", 0, 300), ("maxPerSecond", 1, 50), ("nameSaturation", 0, 100),
            ("nameLightness", 0, 100), ("silenceMs", 1000, 3_600_000),
        ] as [(String, Int64, Int64)]
    )
    func `a number is taken up to the ends of its range and no further`(
        setting: String,
        minimum: Int64,
        maximum: Int64
    ) {
        for accepted in [minimum, maximum] { expect(setting, .integer(accepted), isAccepted: true) }
        for refused in [minimum - 1, maximum + 1] { expect(setting, .integer(refused), isAccepted: false) }
        expect(setting, .string("\(minimum)"), isAccepted: false)
        expect(setting, 7.5, isAccepted: false)
    }

    @Test(arguments: [
        "showBadges", "showTimestamps", "showPlatform", "showEmotes", "showAvatars", "showCountryFlag", "hideBots",
        "hideCommands", "notificationSound", "highlightRoles",
    ])
    func `a switch is on or off and nothing else`(setting: String) {
        for accepted in [true, false] { expect(setting, .bool(accepted), isAccepted: true) }
        for refused in [1, "yes", .null] as [JSONValue] { expect(setting, refused, isAccepted: false) }
    }

    @Test(
        arguments: [
            ("animation", ["slide", "fade", "none"]), ("fontSize", ["small", "medium", "large"]),
            ("direction", ["up", "down"]), ("nameColors", ["platform", "generated"]),
        ] as [(String, [String])]
    )
    func `a choice has its words and no other`(setting: String, words: [String]) {
        for word in words { expect(setting, .string(word), isAccepted: true) }
        for refused in ["bounce", "", "Up"] { expect(setting, .string(refused), isAccepted: false) }
    }

    @Test(arguments: ["mutedUsers", "botNames"])
    func `a list of names has up to 100, each of up to 50 characters`(setting: String) {
        let longest = String(repeating: "x", count: 50)
        let hundred = [JSONValue](repeating: .string(longest), count: 100)

        expect(setting, .array(hundred), isAccepted: true)
        expect(setting, [], isAccepted: true)
        expect(setting, .array(hundred + ["one more"]), isAccepted: false)
        expect(setting, [.string(longest + "x")], isAccepted: false)
        expect(setting, [""], isAccepted: false)
    }

    @Test func `kinds of badges are a set`() {
        expect("badges", ["broadcaster", "moderator", "vip", "subscriber", "other"], isAccepted: true)
        expect("badges", [], isAccepted: true)
        expect("badges", ["vip", "vip"], isAccepted: false)
        expect("badges", ["king"], isAccepted: false)
    }

    @Test func `a font is one line of up to 64 characters`() {
        expect("font", "", isAccepted: true)
        expect("font", .string(String(repeating: "x", count: 64)), isAccepted: true)
        expect("font", .string(String(repeating: "x", count: 65)), isAccepted: false)
        expect("font", "Inter\nBold", isAccepted: false)
    }

    @Test func `the defaults are those of the catalogue`() {
        let defaults = schema.defaults
        let expected: JSONObject = [
            "maxMessages": 15, "messageTimeout": 0, "maxPerSecond": 20, "direction": "up", "animation": "slide",
            "fontSize": "medium", "font": "", "showAvatars": true, "showPlatform": true, "showBadges": true,
            "badges": ["broadcaster", "moderator", "vip", "subscriber", "other"], "highlightRoles": true,
            "showCountryFlag": true, "showTimestamps": false, "showEmotes": true, "nameColors": "platform",
            "nameSaturation": 70, "nameLightness": 65, "hideBots": false,
            "botNames": .array(ChatWidget.Config.wellKnownBots.map { .string($0) }), "hideCommands": false,
            "mutedUsers": [], "notificationSound": false, "silenceMs": 120_000,
        ]

        #expect(defaults == expected)
    }

    @Test func `every setting stands in a group of the form`() {
        #expect(schema.fields.allSatisfy { $0.group != nil })
    }

    @Test(arguments: [
        ("Comic Neue", "\"Comic Neue\""), ("", nil), ("   ", nil), ("a\"b", nil), ("url(x)", nil), ("<b>", nil),
        ("Source Han Sans 日本", "\"Source Han Sans 日本\""),
    ])
    func `a font that cannot be one leaves the theme's`(name: String, family: String?) throws {
        var chat = try WidgetRun(ChatWidget(), ["font": .string(name)])

        try chat.take(TestEvents.chatMessage("1"))

        #expect(chat.elements("chat").first?.style == (family.map { [Style(.custom("font"), $0)] } ?? []))
    }

    @Test func `the samples show what a chat has`() throws {
        var chat = try WidgetRun(ChatWidget())
        var event = TestEvents.chatMessage("1")

        for (number, sample) in chat.widget.manifest.samples.enumerated() {
            (event.id, event.type, event.payload) = (Event.ID("\(number)"), sample.type, sample.payload)
            try chat.take(event)
        }

        #expect(chat.elements("line").count == chat.widget.manifest.samples.count)
        for part in ["avatar", "badge", "emote", "cheer", "mention", "link", "reply", "quote", "action"] {
            #expect(!chat.elements(part).isEmpty, "no sample has \(part)")
        }
    }

    private func expect(_ setting: String, _ value: JSONValue, isAccepted: Bool) {
        var config = JSONObject()
        config[setting] = value
        do {
            let valid = try schema.validate(.object(config))
            #expect(isAccepted, "\(setting) took \(value.text)")
            #expect(valid[setting] == value)
        } catch {
            #expect(!isAccepted, "\(error)")
            #expect(error.refusals.allSatisfy { $0.field.hasPrefix(setting) })
        }
    }
}
