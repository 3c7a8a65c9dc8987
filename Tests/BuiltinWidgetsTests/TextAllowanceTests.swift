import Testing

@testable import BuiltinWidgets

@Suite struct TextAllowanceTests {
    @Test func `a text that fits stays as it is`() {
        #expect("héllo 👋🏽".cut(characters: 7, bytes: 20) == "héllo 👋🏽")
    }

    @Test func `a text with one character too many is cut and says so`() {
        #expect("abcdef".cut(characters: 5, bytes: 100) == "abcde…")
    }

    @Test func `an emoji is never cut in two`() {
        #expect("👨‍👩‍👧‍👦👨‍👩‍👧‍👦".cut(characters: 10, bytes: 30) == "👨‍👩‍👧‍👦…")
    }

    @Test func `a letter with a thousand accents costs what it weighs`() {
        let tower = "a" + String(repeating: "\u{301}", count: 1000)

        #expect("x\(tower)".cut(characters: 10, bytes: 100) == "x…")
    }

    @Test func `a quote costs two bytes, as JSON writes it`() {
        #expect(#""""#.cut(characters: 10, bytes: 3) == "\"…")
    }

    @Test func `line breaks become spaces`() {
        #expect("a\r\nb\u{0}c".cut(characters: 10, bytes: 10) == "a b c")
        #expect("a\u{1F}b\u{7F}c\u{9F}d\u{A0}e".cut(characters: 20, bytes: 20) == "a b c d\u{A0}e")
    }

    @Test func `a run of texts shares one allowance`() {
        var allowance = TextAllowance(characters: 5, bytes: 100)

        let taken = ["abc", "def", "ghi"].map { allowance.take($0) }

        #expect(taken == ["abc", "de…", ""])
    }
}
