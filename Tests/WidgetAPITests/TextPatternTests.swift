import Testing
import WidgetAPI

@Suite struct TextPatternTests {
    @Test(
        arguments: [
            ("", ["": true, "a": false]),
            ("[A-Za-z]{3}", ["USD": true, "us": false, "usdx": false, "u1d": false]),
            ("a|bc|", ["a": true, "bc": true, "": true, "b": false]),
            ("(?:a|b)+c?", ["ababc": true, "c": false, "cc": false]),
            ("\\d{2,4}", ["1": false, "12": true, "1234": true, "12345": false]),
            ("a{2,}", ["a": false, "aaaaaa": true]), ("a{0}b", ["b": true, "ab": false]),
            ("[^,]*,[\\w.-]+", ["x y,a.b-c": true, "x,y,z": false]),
            (".", ["é": true, "\n": false, "🎉": true]), ("\\u00e9\\.", ["é.": true, "éx": false]),
            ("^a$", ["a": true, "b": false]), ("(^a|b)c", ["ac": true, "bc": true]), ("a^b", ["ab": false]),
            ("a$b", ["ab": false]),
            ("[\\s\\S]+", ["a\nb": true]), ("[\\D]", ["x": true, "5": false]),
            ("[^\\Wb-d]+", ["xay": true, "c": false, "-": false]),
            ("[xa-cb-e]+", ["xaebd": true, "f": false]), ("[-a]", ["-": true, "b": false]),
            ("(a*)*b", ["aaab": true, "b": true, "aaa": false]), ("(|a)+", ["": true, "aa": true, "b": false]),
        ] as [(String, [String: Bool])]
    )
    func `a pattern takes whole texts`(pattern: String, texts: [String: Bool]) throws {
        let read = try TextPattern(pattern)

        for (text, isTaken) in texts { #expect(read.matches(text) == isTaken, "\(pattern) \(text)") }
    }

    @Test func `a pattern that makes other engines try for years is answered at once`() throws {
        let pattern = try TextPattern("(a+)+(a|a?)*(.*)*b")

        #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
    }

    @Test(arguments: [
        "(", ")", "[a", "[z-a]", "*a", "a**", "a{2", "a{5,2}", "a{501}", "(?=a)", "(?<n>a)", "\\1", "\\b", "\\u12",
        "\\", "((a{500}){500}){500}", String(repeating: "(", count: 40) + String(repeating: ")", count: 40),
    ])
    func `what is no pattern is refused`(pattern: String) {
        #expect(throws: TextPattern.Fault.self) { try TextPattern(pattern) }
    }

    @Test func `a repetition of nothing is not written out`() throws {
        let pattern = try TextPattern("((((){500}){500}){500}){500}a")

        #expect(pattern.matches("a"))
    }

    @Test(arguments: [
        ("^[a-z]+$", "[a-z]+"), ("^(?:a|b)$", "a|b"), ("^(?:a|b)?$", "a|b"), ("^a\\$", "[\\s\\S]*(?:^a\\$)[\\s\\S]*"),
        ("a", "[\\s\\S]*(?:a)[\\s\\S]*"), ("^a|b$", "[\\s\\S]*(?:^a|b$)[\\s\\S]*"), ("^(?:a)(?:b)$", "(?:a)(?:b)"),
    ])
    func `a search in a JSON Schema becomes a match of the whole text`(search: String, whole: String) {
        #expect(TextPattern.whole(ofSearch: search) == whole)
    }

    @Test func `a setting takes what its pattern takes, and thousands of wrong names are told by a hundred`() throws {
        let schema = ConfigSchema([.init("code", .text(0...9, .pattern("[A-Z]{3}", wanted: "a code")), title: "Code")])
        var flood: JSONObject = ["code": "ABC"]
        for number in 0..<5_000 { flood["x\(number)"] = 1 }

        let taken = try schema.validate(["code": "USD"])
        let refused = #expect(throws: ConfigError.self) { try schema.validate(["code": "usd"]) }
        let flooded = #expect(throws: ConfigError.self) { try schema.validate(.object(flood)) }

        #expect(taken == ["code": "USD"])
        #expect(refused?.description == "code: \"usd\" given, a code or an empty text wanted")
        #expect(flooded?.refusals.count == 100)
    }
}
