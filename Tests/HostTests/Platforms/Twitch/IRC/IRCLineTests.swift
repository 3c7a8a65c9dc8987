import Testing
import WidgetAPI

@testable import Host

/// The grammar (RFC 1459 section 2.3.1, https://ircv3.net/specs/extensions/message-tags).
@Suite struct IRCLineTests {
    @Test(
        arguments: [
            ("PRIVMSG", .message), ("USERNOTICE", .userNotice), ("CLEARCHAT", .clearChat), ("CLEARMSG", .clearMessage),
            ("NOTICE", .notice), ("PING", .ping), ("RECONNECT", .reconnect), ("CAP", .capabilities), ("JOIN", .join),
            ("001", .welcome), ("366", .endOfNames), ("PART", .part), ("353", .other), ("privmsg", .other),
            ("PRIVMSGS", .other), ("ROOMSTATE", .other),
        ] as [(String, IRCLine.Command)]
    )
    func `each command is known by its word`(_ word: String, _ command: IRCLine.Command) throws {
        #expect(try IRCSamples.line(":tmi.twitch.tv \(word) #harbour")?.command == command)
        #expect(try IRCSamples.line(word)?.command == command)
    }

    @Test(
        arguments: [
            ("CAP a b c", ["a", "b", "c"]), ("CAP a :b c", ["a", "b c"]), ("CAP a :", ["a", ""]), ("CAP", []),
            ("CAP ", []), ("CAP  a   b ", ["a", "b"]), ("CAP :  a : b ", ["  a : b "]),
            ("CAP a:b :c:d", ["a:b", "c:d"]),
            ("CAP a b c d e :f", ["a", "b", "c", "d"]), ("@a=b  :s  CAP  a", ["a"]), ("CAP :#harbour", ["#harbour"]),
            ("CAP a\tb", ["a\tb"]),
        ] as [(String, [String])]
    )
    func `parameters are words, the last one all that follows a colon`(_ text: String, _ wanted: [String]) throws {
        let line = try #require(try IRCSamples.line(text))
        #expect((0..<5).compactMap(line.parameter) == wanted)
        #expect(wanted.enumerated().allSatisfy { line.hasParameter($0, $1) })
        #expect(!line.hasParameter(wanted.count, ""))
    }

    @Test(
        arguments: [
            (":mira!mira@mira.tmi.twitch.tv JOIN #harbour", "mira"), (":tmi.twitch.tv JOIN #harbour", nil),
            ("JOIN #harbour", nil), (":!a@b JOIN #harbour", nil), (":a!!b JOIN #harbour", "a"),
        ] as [(String, String?)]
    )
    func `a person has a nick, a server none`(_ text: String, _ nick: String?) throws {
        #expect(try IRCSamples.line(text)?.nickname == nick)
    }

    @Test(
        arguments: [
            ("a", "a"), ("", nil), ("a\\sb", "a b"), ("\\:", ";"), ("\\\\", "\\"), ("\\r\\n", "\r\n"),
            ("\\b", "b"), ("\\", nil), ("a\\", "a"), ("\\\\s", "\\s"), ("a=b=c", "a=b=c"), ("\\\u{1F600}", "\u{1F600}"),
            ("테스트", "테스트"), ("who\\swill\\swin\\sthe\\slast\\s테\\\\", "who will win the last 테\\"),
        ] as [(String, String?)]
    )
    func `a value is read without its escapes`(_ written: String, _ meant: String?) throws {
        let line = try #require(try IRCSamples.line("@room-id=1;system-msg=\(written);id=x PING"))
        #expect(line.text(.systemText) == meant)
        #expect(line.text(.roomId) == "1" && line.text(.id) == "x")
    }

    @Test func `a tag may have no value, come twice, or be of no interest`() throws {
        let line = try #require(try IRCSamples.line("@id;color=a;;=x;+vendor/id=9;color=b;unknown=c;user-id PING"))
        #expect(line.text(.id) == nil && line.text(.color) == "b" && line.text(.userId) == nil)
        #expect(line.text(.login) == nil && line.raw(.login).isEmpty)
    }

    @Test(arguments: IRCTag.allCases)
    func `each tag is found by its name alone`(_ tag: IRCTag) throws {
        let others = IRCTag.allCases.filter { $0 != tag }
        // As long as it is, with the same beginning.
        let almost = "\(tag.name)".dropLast() + "~"
        let tags = "\(tag.name)=here;x\(tag.name)=not;\(tag.name)x=not;\(almost)=not"
        let line = try #require(try IRCSamples.line("@\(tags) PING"))
        #expect(line.text(tag) == "here")
        #expect(others.allSatisfy { line.text($0) == nil })
    }

    @Test func `a tag that nobody needs is not taken for one of the same length and letter`() throws {
        let line = try #require(try IRCSamples.line("@system-msg=here;subscriber=1 PING"))
        #expect(line.text(.systemText) == "here")
    }

    @Test(
        arguments: [
            ("0", 0), ("1772388000123", 1_772_388_000_123), ("999999999999999", 999_999_999_999_999),
            ("1000000000000000", nil), ("", nil), ("-1", nil), ("+1", nil), ("1a", nil), ("１", nil),
        ] as [(String, Int64?)]
    )
    func `a number has 1 to 15 digits`(_ text: String, _ number: Int64?) throws {
        #expect(try IRCSamples.line("@bits=\(text) PING")?.number(.bits) == number)
    }

    @Test func `tags have 8191 bytes at most, with the at sign and the space behind them`() throws {
        // "@id=", the value, the space.
        let most = String(repeating: "a", count: 8191 - 5)
        #expect(try IRCSamples.line("@id=\(most) PING")?.text(.id) == most)
        #expect(throws: MalformedDelivery("the tags are too long")) { try IRCSamples.line("@id=\(most)a PING") }
    }

    @Test func `a text is as long as the message it came in`() throws {
        let text = String(repeating: "👩🏽‍🚀", count: 2000)
        #expect(try IRCSamples.line("PRIVMSG #harbour :\(text)")?.parameter(1) == text)
    }

    @Test(arguments: ["@id=1", "@", ":tmi.twitch.tv", ":", "@id=1 :tmi.twitch.tv", "   ", " PING", "@id=1   "])
    func `a line without a command is refused`(_ text: String) {
        #expect(throws: MalformedDelivery("there is no command")) { try IRCSamples.line(text) }
    }

    @Test func `a message has several lines, and one that is broken takes none with it`() throws {
        let lines = IRCSamples.read("\r\nPING :a\r\n@id=1\r\n\r\nPING :b\nPING :c\rPING :d")
        #expect(lines.map { try? $0.get().parameter(0) } == ["a", nil, "b", "c", "d"])
        #expect(IRCSamples.read("").isEmpty && IRCSamples.read("\r\n\r\n").isEmpty)
    }

    @Test func `bytes that are no text break nothing`() throws {
        let bytes = Array("@display-name=".utf8) + [0xFF, 0xC3] + Array(" PRIVMSG #harbour :".utf8) + [0xE2, 0x82]
        let line = try #require(Array(IRCFrame(bytes)).first).get()
        #expect(line.text(.displayName) == "\u{FFFD}\u{FFFD}" && line.parameter(1) == "\u{FFFD}")
        let escaped = Array("@display-name=\\s".utf8) + [0xFF, 0xC3] + Array("\\s PING".utf8)
        let other = try #require(Array(IRCFrame(escaped)).first).get()
        #expect(other.text(.displayName) == " \u{FFFD}\u{FFFD} ")
        let long = Array("@display-name=a\\sname\\sthat\\sis\\slong\\s".utf8) + [0xFF] + Array(" PING".utf8)
        let last = try #require(Array(IRCFrame(long)).first).get()
        #expect(last.text(.displayName) == "a name that is long \u{FFFD}")
    }
}
