import BuiltinWidgets
import Foundation
import NIOCore
import Testing
import WidgetAPI

@testable import Host

/// The published JSON Schema of `widget.json` beside what the host itself takes.
@Suite struct ManifestSchemaTests {
    @Test func `the schema takes every built-in widget's settings`() throws {
        let schema = try Self.schema()

        for widget in BuiltinWidgets.all {
            var manifest = try Self.manifest()
            manifest["configSchema"] = widget.manifest.configSchema.jsonSchema

            #expect(try schema.accepts(.object(manifest)), "\(widget.manifest.id)")
        }
    }

    @Test(arguments: [
        ("name", "\"Hype\""), ("apiVersion", "2"), ("apiVersion", "\"1\""), ("id", "\"a\""), ("id", "\"Hype\""),
        ("id", "\"hype_meter\""), ("id", "\"a23456789012345678901234567890123456789X\""),
        ("version", "\"1.0.0-rc.1+5\""),
        ("version", "\"1.0\""), ("version", "\"01.0.0\""), ("name", "\"\""), ("name", "5"), ("category", "\"fun\""),
        ("defaultSize", "{\"width\": 12, \"height\": 9}"), ("defaultSize", "{\"width\": 13, \"height\": 9}"),
        ("defaultSize", "{\"width\": 1}"), ("defaultSize", "{\"width\": 1, \"height\": 1, \"depth\": 1}"),
        ("defaultSize", "[1, 2]"), ("events", "[]"), ("events", "[\"*\"]"), ("events", "[\"timer:x\", \"timer:*\"]"),
        ("events", "[\"chat\"]"), ("events", "[\"*:chat\"]"), ("events", "[\"a:b\", \"a:b\"]"), ("events", "\"a:b\""),
        ("permissions", "[\"storage\", \"timers\", \"sound\"]"), ("permissions", "[\"http\"]"), ("nonsense", "1"),
        ("icon", "\"\""), ("license", "\"MIT\""), ("samples", "[{\"type\": \"a:b\", \"payload\": {}}]"),
        ("samples", "[{\"type\": \"a:*\", \"payload\": {}}]"), ("samples", "[{\"type\": \"a:b\"}]"),
        ("configSchema", "{}"), ("configSchema", "{\"type\": \"object\"}"), ("configSchema", "{\"type\": \"array\"}"),
        ("configSchema", "{\"type\": \"object\", \"additionalProperties\": true}"), ("configSchema", "true"),
    ])
    func `the host takes what the schema takes`(member: String, text: String) throws {
        var manifest = try Self.manifest()
        manifest[member] = try JSONValue(parsing: text)

        #expect(try Self.schema().accepts(.object(manifest)) == Self.hostTakes(manifest))
    }

    @Test(arguments: ["apiVersion", "id", "name", "version", "events", "configSchema", "defaultSize"])
    func `both ask for what is required`(member: String) throws {
        var manifest = try Self.manifest()
        manifest[member] = nil

        #expect(try !Self.schema().accepts(.object(manifest)))
        #expect(!Self.hostTakes(manifest))
    }

    @Test(arguments: [
        "{\"type\": \"string\"}", "{\"type\": \"text\"}", "{}", "{\"enum\": [\"a\", \"b\"]}", "{\"enum\": [1]}",
        "{\"enum\": []}", "{\"enum\": [\"a\", \"a\"]}", "{\"oneOf\": [{\"const\": \"a\", \"title\": \"A\"}]}",
        "{\"oneOf\": [{\"title\": \"A\"}]}", "{\"type\": \"string\", \"enum\": [\"a\"], \"maxLength\": 5}",
        "{\"type\": \"integer\", \"enum\": [\"a\"]}", "{\"type\": \"string\", \"format\": \"color\"}",
        "{\"type\": \"string\", \"format\": \"email\"}", "{\"type\": \"string\", \"pattern\": \"^a+$\"}",
        "{\"type\": \"string\", \"pattern\": \"a\", \"format\": \"uri\"}", "{\"type\": \"string\", \"minimum\": 1}",
        "{\"type\": \"integer\", \"multipleOf\": 5}", "{\"type\": \"integer\", \"multipleOf\": 0.5}",
        "{\"type\": \"integer\", \"multipleOf\": 0}", "{\"type\": \"number\", \"multipleOf\": 0.5}",
        "{\"type\": \"number\", \"multipleOf\": -1}", "{\"type\": \"integer\", \"minimum\": 0.5}",
        "{\"type\": \"boolean\", \"maxLength\": 1}", "{\"type\": \"array\"}",
        "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"uniqueItems\": true}",
        "{\"type\": \"array\", \"items\": {\"type\": \"nothing\"}}",
        "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"maxItems\": 0}",
        "{\"type\": \"object\", \"properties\": {\"x\": {\"type\": \"boolean\"}}}",
        "{\"type\": \"object\", \"properties\": {\"1x\": {\"type\": \"boolean\"}}}",
        "{\"type\": \"boolean\", \"x-group\": \"Look\", \"x-live\": false, \"x-unit\": \"s\"}",
        "{\"type\": \"boolean\", \"x-live\": 1}", "{\"type\": \"boolean\", \"x-other\": 1}", "{\"$ref\": \"#\"}",
        "{\"type\": \"boolean\", \"x-when\": {\"field\": \"other\", \"is\": [true]}}",
        "{\"type\": \"boolean\", \"x-when\": {\"field\": \"other\"}}",
        "{\"type\": \"boolean\", \"x-when\": {\"field\": \"other\", \"is\": []}}", "{\"type\": [\"string\", \"null\"]}",
    ])
    func `of a setting the host takes what the schema takes`(text: String) throws {
        let manifest = try Self.manifest(setting: text)

        #expect(try Self.schema().accepts(.object(manifest)) == Self.hostTakes(manifest))
    }

    @Test(arguments: [
        "{\"type\": \"integer\", \"minimum\": 2, \"maximum\": 1}", "{\"type\": \"integer\", \"default\": \"x\"}",
        "{\"type\": \"string\", \"minLength\": 1}", "{\"type\": \"string\", \"pattern\": \"(?=a)\"}",
        "{\"type\": \"boolean\", \"x-when\": {\"field\": \"nobody\", \"is\": [1]}}",
    ])
    func `what no schema can say the host still refuses`(text: String) throws {
        let manifest = try Self.manifest(setting: text)

        #expect(try Self.schema().accepts(.object(manifest)))
        #expect(!Self.hostTakes(manifest))
    }

    private static func schema() throws -> JSONSchemaCheck {
        let content = try #require(WebAssets().content("schemas/widget-1.json"))
        return JSONSchemaCheck(root: try JSONValue(parsing: Array(content.readableBytesView)))
    }

    private static func manifest() throws -> JSONObject {
        try #require(try JSONValue(parsing: PackageExample.manifest).objectValue)
    }

    private static func manifest(setting text: String) throws -> JSONObject {
        var manifest = try manifest()
        let properties: JSONValue = ["one": try JSONValue(parsing: text), "other": ["type": "boolean"]]
        manifest["configSchema"] = ["type": "object", "properties": properties]
        return manifest
    }

    private static func hostTakes(_ manifest: JSONObject) -> Bool {
        (try? ManifestReader.manifest(Array(JSONValue.object(manifest).text.utf8))) != nil
    }
}
