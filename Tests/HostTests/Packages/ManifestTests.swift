import BuiltinWidgets
import Testing
import WidgetAPI

@testable import Host

@Suite struct ManifestTests {
    @Test func `the schema of every built-in widget is the same after it was written and read`() throws {
        for widget in BuiltinWidgets.all {
            let schema = widget.manifest.configSchema

            #expect(try read(schema.jsonSchema.text) == schema, "\(widget.manifest.id)")
        }
    }

    @Test func `every kind of setting is the same after it was written and read`() throws {
        let schema = ConfigSchema([
            .init("a", .boolean, default: true, title: "A", description: "An a.", group: "G", isLive: false),
            .init("b", .integer(-3...9, multipleOf: 3), default: 3, title: "B", unit: "s"),
            .init("c", .number(0...1, multipleOf: 0.05), default: 0.35, title: "C", when: .init("a", is: true)),
            .init("d", .text(1...9, .pattern("[a-z]+|\\d{2}", wanted: "letters")), default: "x", title: "D"),
            .init("e", .text(0...9, .pattern("a|b", wanted: "a or b")), default: "", title: "E"),
            .init("f", .text(0...99, .assetSound), default: "", title: "F"),
            .init("g", .list(of: .choice("x", "y"), maximum: 5, isSet: true), default: ["x"], title: "G"),
            .init(
                "h",
                .list(
                    of: .object([.init("x", .color, title: "X"), .init("y", .boolean, default: true, title: "Y")]),
                    maximum: 3
                ),
                default: [["x": "#000000"]],
                title: "H"
            ),
            .init("i", .text(0...20, .dateTime), title: "I"),
        ])

        #expect(try read(schema.jsonSchema.text) == schema)
    }

    @Test func `a setting without a default gets the emptiest value of its kind`() throws {
        let schema = try read(
            """
            {"type": "object", "required": ["must"], "properties": {
              "must": {"type": "string"}, "text": {"type": "string"}, "colour": {"type": "string", "format": "color"},
              "flag": {"type": "boolean"}, "count": {"type": "integer", "minimum": 3}, "part": {"type": "number"},
              "choice": {"enum": ["b", "a"]}, "list": {"type": "array", "items": {"type": "string"}},
              "group": {"type": "object", "properties": {"x_y": {"type": "integer"}}}
            }}
            """
        )

        let wanted: JSONObject = [
            "text": "", "colour": "", "flag": false, "count": 3, "part": 0.0, "choice": "b", "list": [],
            "group": ["x_y": 0],
        ]
        #expect(schema.defaults == wanted)
        #expect(schema.fields.first { $0.name == "must" }?.defaultValue == nil)
        #expect(schema.fields.map(\.title).prefix(2) == ["Must", "Text"])
    }

    @Test(arguments: [
        ("\"apiVersion\": 1", "\"apiVersion\": 2", "2: apiVersion: 2 given, the number 1 wanted"),
        ("\"hype-meter\"", "\"Hype\"", "3: id: \"Hype\" given, 2 to 40 of a-z"),
        ("\"Hype meter\"", "\"\"", "4: name: \"\" given, one line of 1 to 60 characters wanted"),
        ("\"1.2.3\"", "\"1.02.3\"", "5: version: \"1.02.3\" given, three numbers such as 1.2.3"),
        ("\"category\": \"chat\"", "\"category\": \"fun\"", "9: category: \"fun\" given, one of chat, alerts"),
        ("\"height\": 2", "\"height\": 2.5", "10: defaultSize.height: 2.5 given, a whole number from 1 to 9"),
        ("\"event:*\"", "\"event\"", "11: events[1]: \"event\" given, an event such as"),
        ("\"event:*\"", "\"chat:message\"", "11: events[1]: \"chat:message\" given, each one once wanted"),
        ("\"timers\"", "\"network\"", "12: permissions[0]: \"network\" given, one of storage, timers, sound"),
        ("\"license\"", "\"licence\"", "8: licence: no member of this name, but $schema, apiVersion"),
        ("\"author\"", "\"name\"", "7: name: the name twice, once wanted"),
        ("\"payload\": {\"text\": \"hype\"}", "\"payload\": 5", "20: samples[0].payload: 5 given, an object"),
        ("\"type\": \"object\",", "", "13: configSchema.type: nothing given, \"object\" wanted"),
        ("\"maxLength\": 20", "\"maxLen\": 20", "16: configSchema.properties.word.maxLen: no member of this name"),
        ("\"maxLength\": 20", "\"maxLength\": 3", "16: configSchema.properties.word.default: default: \"hype\" given"),
        ("\"maxLength\": 20", "\"format\": \"colour\"", "16: configSchema.properties.word.format: \"colour\" given"),
        ("\"maxLength\": 20", "\"pattern\": \"(?=a)\"", "16: configSchema.properties.word.pattern: \"(?=a)\" given"),
        ("\"minimum\": 0", "\"minimum\": 2", "17: configSchema.properties.step.maximum: 1 given, a number that is"),
        ("\"number\"", "\"float\"", "17: configSchema.properties.step.type: \"float\" given, one of string"),
        ("\"step\"", "\"platforms\"", "17: configSchema.properties.platforms: the host has a setting of this name"),
        (
            "\"default\": 0.1", "\"x-when\": {\"field\": \"no\", \"is\": [1]}",
            "17: configSchema.properties.step.x-when.field"
        ),
    ])
    func `what a manifest may not say is named with its line`(part: String, other: String, fault: String) throws {
        let faults = PackageExample.faults(try PackageExample.files(manifest: part, other))

        #expect(faults.count == 1 && faults[0].hasPrefix("widget.json:\(fault)"), "\(faults)")
    }

    @Test func `every required member is asked for`() {
        let faults = PackageExample.faults(PackageExample.files(["widget.json": "{}", "replays/first.jsonl": nil]))

        let names = faults.map { String($0.split(separator: " ")[1].dropLast()) }
        let wanted = ["apiVersion", "configSchema", "defaultSize", "events", "id", "name", "version"]
        #expect(names.sorted() == wanted)
        #expect(faults.allSatisfy { $0.contains("nothing given") })
    }

    @Test func `patterns that are too long together are refused where each alone is not`() throws {
        func schema(patterns count: Int) -> String {
            let fields = (0..<count).map { "\"p\($0)\": {\"type\": \"string\", \"pattern\": \"^[a-z]{1,250}$\"}" }
            return "{\"type\": \"object\", \"properties\": {\(fields.joined(separator: ","))}}"
        }

        let five = try read(schema(patterns: 5))
        let error = #expect(throws: PackageError.self) { try read(schema(patterns: 7)) }

        #expect(five.fields.count == 5)
        #expect(error?.faults.map(\.message).first?.contains("the patterns of all settings are too long") == true)
    }

    @Test func `a file full of faults is told by its first hundred`() throws {
        let members = (0..<5_000).map { "\"m\($0)\": 1" }.joined(separator: ",\n")

        let faults = PackageExample.faults(PackageExample.files(["widget.json": "{\(members)}"]))

        #expect(faults.count == 100)
        #expect(faults[99].hasPrefix("widget.json:100: m99: no member of this name"))
    }

    @Test(arguments: [
        "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0", "1.0.1", "1.10.0", "2.0.0+x",
    ])
    func `versions stand in the order of SemVer`(text: String) throws {
        let order = [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0", "1.0.1", "1.10.0", "2.0.0+x",
        ]
        let version = try #require(PackageVersion(text))
        let place = try #require(order.firstIndex(of: text))

        for (index, other) in order.enumerated() {
            #expect((version < (try #require(PackageVersion(other)))) == (place < index), "\(text) \(other)")
        }
    }

    @Test(arguments: [
        "1.2", "v1.2.3", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3-a..b", "1.2.3+", "99999999999.0.0",
    ])
    func `what is no SemVer is no version`(text: String) {
        #expect(PackageVersion(text) == nil)
    }

    private func read(_ text: String) throws -> ConfigSchema {
        var file = try JSONFile("schema.json", Array(text.utf8), limit: 1 << 20)
        let schema = ConfigSchemaReader.schema(file.value, at: JSONPath(), in: &file)
        guard let schema, file.faults.isEmpty else { throw PackageError(file.faults) }
        return schema
    }
}
