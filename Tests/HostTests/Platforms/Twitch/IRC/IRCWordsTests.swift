import Testing
import WidgetAPI

@testable import Host

/// The pieces of a text.
@Suite struct IRCWordsTests {
    /// Pieces as `e25:Kappa` for an emote, `t:`, `m:`, `c:` and `l:` for text, mentions, cheermotes and links.
    private static func pieces(_ text: String, emotes: String = "", bits: Int = 0) -> [String] {
        let words = IRCWords(text, emotes: Array(emotes.utf8)[...], bits: bits, inChatOf: "501")
        #expect(words.fragments.map(\.text).joined().unicodeScalars.elementsEqual(words.text.unicodeScalars))
        return words.fragments.map { piece in
            let mark = piece.kind == .emote ? "e\(piece.emoteId ?? "?")" : String(piece.kind.rawValue.prefix(1))
            return "\(mark):\(piece.text)"
        }
    }

    @Test(
        arguments: [
            ("Kappa Keepo Kappa", "25:0-4,12-16/1902:6-10", ["e25:Kappa", "t: ", "e1902:Keepo", "t: ", "e25:Kappa"]),
            // Code points: not bytes, not UTF-16, not what a reader takes for one character.
            ("Kappa 😂 Kappa", "25:0-4,8-12", ["e25:Kappa", "t: 😂 ", "e25:Kappa"]),
            ("👩🏽‍🚀 Hi", "1:5-6", ["t:👩🏽‍🚀 ", "e1:Hi"]),
            ("e\u{301} Hi", "1:3-4", ["t:e\u{301} ", "e1:Hi"]),
            ("é테 Hi", "1:3-4", ["t:é테 ", "e1:Hi"]), ("Hi é😂", "1:3-4", ["t:Hi ", "e1:é😂"]),
            ("Hi", "1:0-1", ["e1:Hi"]), ("x", "1:0-0", ["e1:x"]),
        ] as [(String, String, [String])]
    )
    func `emotes stand where their code points are`(_ text: String, _ emotes: String, _ wanted: [String]) {
        #expect(Self.pieces(text, emotes: emotes) == wanted)
    }

    @Test(
        arguments: [
            "1:5-6", "1:4-5", "1:5-9", "1:1-0", "1:0", "1:-", "1:a-b", "1", ":0-1", "1:", "/", ",", "1:-1-1",
            "1:4-999999999999999", "1:9999999999999999-9999999999999999",
        ]
    )
    func `a place that is none is left out`(_ emotes: String) {
        #expect(Self.pieces("Hi Yo", emotes: emotes) == ["t:Hi Yo"])
        #expect(Self.pieces("Hi Yo", emotes: "\(emotes)/7:0-1") == ["e7:Hi", "t: Yo"])
    }

    @Test func `of two emotes in one place the first counts, and one that leads out hides none within`() {
        #expect(Self.pieces("HiHi", emotes: "1:0-1/2:1-2/3:2-3") == ["e1:Hi", "e3:Hi"])
        #expect(Self.pieces("Hi Yo", emotes: "1:0-9/2:3-4") == ["t:Hi ", "e2:Yo"])
    }

    @Test func `each emote has the picture of its own id`() {
        let words = IRCWords("a b a", emotes: Array("25:0-0,4-4/x.y:2-2".utf8)[...], bits: 0, inChatOf: "501")
        let emotes = words.fragments.filter { $0.kind == .emote }
        #expect(emotes.map(\.emoteId) == ["25", "x.y", "25"])
        #expect(emotes.map(\.emoteUrl) == ["/img/twitch/emote/25", nil, "/img/twitch/emote/25"])
    }

    @Test func `positions in what slash me says count from its first word`() {
        let words = IRCWords("\u{1}ACTION waves Hi\u{1}", emotes: Array("25:6-7".utf8)[...], bits: 0, inChatOf: "501")
        #expect(words.isAction && words.text == "waves Hi")
        #expect(words.fragments.map(\.text) == ["waves ", "Hi"])
        #expect(words.fragments.last?.emoteUrl == "/img/twitch/emote/25")
        #expect(!IRCWords("ACTION waves", emotes: [], bits: 0, inChatOf: "501").isAction)
        let nothing = IRCWords("\u{1}ACTION \u{1}", emotes: [], bits: 0, inChatOf: "501")
        #expect(nothing.fragments == [ChatMessage.Fragment(.text, "")])
    }

    @Test(
        arguments: [
            ("@Lev hi", ["m:@Lev", "t: hi"]), ("hi @lev_2, you", ["t:hi ", "m:@lev_2", "t:, you"]),
            ("a@b.example @ @! x", ["t:a@b.example @ @! x"]), ("@Lev", ["m:@Lev"]),
            ("@Lev @Ada", ["m:@Lev", "t: ", "m:@Ada"]), ("@테스트", ["t:@테스트"]),
            ("@" + String(repeating: "a", count: 25), ["m:@" + String(repeating: "a", count: 25)]),
            ("@" + String(repeating: "a", count: 26), ["t:@" + String(repeating: "a", count: 26)]),
            ("https://a.example/@lev @Lev", ["l:https://a.example/@lev", "t: ", "m:@Lev"]),
        ] as [(String, [String])]
    )
    func `who is meant stands apart`(_ text: String, _ wanted: [String]) {
        #expect(Self.pieces(text) == wanted)
    }

    @Test func `a cheermote has the picture of what stands before its number`() {
        let words = IRCWords("4Head5 Cheer100", emotes: [], bits: 105, inChatOf: "501")
        let pictures = ["/img/twitch/cheermote/501/4head/1", nil, "/img/twitch/cheermote/501/cheer/100"]
        #expect(words.fragments.map(\.emoteUrl) == pictures)
    }

    @Test(
        arguments: [
            ("Cheer100", 100, ["c:Cheer100"]),
            ("wow Cheer100 4Head5 you", 105, ["t:wow ", "c:Cheer100", "t: ", "c:4Head5", "t: you"]),
            ("Cheer1 Cheer1", 2, ["c:Cheer1", "t: ", "c:Cheer1"]),
            // Not what was cheered, so nobody knows which of them it is.
            ("Cheer100 win95", 100, ["t:Cheer100 win95"]), ("Cheer100", 0, ["t:Cheer100"]),
            ("100 Cheer", 100, ["t:100 Cheer"]), ("Cheer0100", 100, ["t:Cheer0100"]),
            ("Cheer9999999", 9_999_999, ["c:Cheer9999999"]), ("Cheer10000000", 10_000_000, ["t:Cheer10000000"]),
        ] as [(String, Int, [String])]
    )
    func `words that add up to the bits are cheermotes`(_ text: String, _ bits: Int, _ wanted: [String]) {
        #expect(Self.pieces(text, bits: bits) == wanted)
    }

    @Test func `links are found between all else`() {
        let text = "Hi www.a.example @Lev https://b.example"
        let wanted = ["e1:Hi", "t: ", "l:www.a.example", "t: ", "m:@Lev", "t: ", "l:https://b.example"]
        #expect(Self.pieces(text, emotes: "1:0-1") == wanted)
    }

    @Test func `no words are one empty piece`() {
        #expect(Self.pieces("") == ["t:"] && Self.pieces("", emotes: "1:0-1") == ["t:"])
    }
}
