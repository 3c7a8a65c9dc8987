import Testing
import WidgetAPI

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "-12", "0", "9223372036854775807", "1.5", "\"a\\\"b\\\\c\\n\"", "[]", "{}",
        "[1,[2,{\"a\":null}]]",
        "{\"z\":1,\"a\":2}", "\"ünïcödé 🎉 / </script>\"",
    ])
    func `what is read and written again is the same text`(text: String) throws {
        let value = try JSONValue(parsing: text)

        #expect(value.text == text)
    }

    @Test func `text keeps everything that JSON does not force to be escaped`() {
        let value = JSONValue.string("a/b </script> é 🎉 \u{200D}\u{202E}")

        #expect(value.text == "\"a/b </script> é 🎉 \u{200D}\u{202E}\"")
    }

    @Test func `control characters are escaped`() throws {
        let value = JSONValue.string("\u{0}\u{1F}\t\u{8}\u{C}")

        #expect(value.text == "\"\\u0000\\u001f\\t\\b\\f\"")
        #expect(try JSONValue(parsing: value.text) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "01", "1.", "1e", "-", "tru", "nul", "\"a", "\"\\x\"", "\"\\u12\"",
        "[1] 2", "{a:1}", "\"\n\"", "1e999", "'a'", "[1 2]", "{\"a\":1,}", "+1", ".5",
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    }

    @Test func `the fault is named with line and column`() {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "{\n  \"a\": tru\n}") }

        #expect(error?.line == 2)
        #expect(error?.column == 8)
        #expect(error?.description == "Expected a value at line 2, column 8")
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: Array("[\n\"ü".utf8) + [0xFF, 0x22, 0x5D])
        }

        #expect(error?.description == "The text is not valid UTF-8 at line 2, column 4")
    }

    @Test func `64 arrays inside one another are read and 65 are refused`() throws {
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)

        #expect(try JSONValue(parsing: deepest).arrayValue != nil)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "[" + deepest + "]") }
    }

    @Test func `escaped surrogate pairs become one character and half of one a replacement`() throws {
        #expect(try JSONValue(parsing: "\"\\ud83c\\udf89\"") == "🎉")
        #expect(try JSONValue(parsing: "\"\\ud83c-\"") == "\u{FFFD}-")
        #expect(try JSONValue(parsing: "\"\\ud83c\\u0041\"") == "\u{FFFD}A")
    }

    @Test func `a whole number beyond 64 bits becomes a number`() throws {
        #expect(try JSONValue(parsing: "9223372036854775808") == .number(9_223_372_036_854_775_808))
        #expect(try JSONValue(parsing: "-9223372036854775808").numberValue == -9_223_372_036_854_775_808)
    }

    @Test func `of members that share a name the last one counts`() throws {
        let value = try JSONValue(parsing: "{\"a\":1,\"a\":2}")

        #expect(value["a"] == 2)
    }

    @Test func `objects are equal whatever the order of their members`() throws {
        #expect(try JSONValue(parsing: "{\"a\":1,\"b\":2}") == JSONValue(parsing: "{\"b\":2,\"a\":1}"))
        #expect(try JSONValue(parsing: "{\"a\":1}") != JSONValue(parsing: "{\"a\":2}"))
    }
}
