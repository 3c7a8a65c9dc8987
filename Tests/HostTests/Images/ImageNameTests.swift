import Testing

@testable import Host

/// The names that may stand in addresses of pictures.
@Suite struct ImageNameTests {
    @Test(arguments: ["25", "emotesv2_0aF", "-", "_", "a-B_9", String(repeating: "a", count: 100)])
    func `an id of Twitch has an address here and one there`(_ id: String) throws {
        let emote = try #require(TwitchEmote(id: id))

        #expect(emote.path == "/img/twitch/emote/\(id)")
        #expect(emote.key.source == .twitch && emote.key.path == "/emoticons/v2/\(id)/default/dark/3.0")
        #expect(emote.key.fileName == "twitch-emote-\(id)")
        #expect(PictureKey(fileName: "twitch-emote-\(id)") == emote.key)
    }

    @Test(arguments: [
        "", String(repeating: "a", count: 101), ".", "..", "../x", "a/b", "a\\b", "a%2Fb", "%2e%2e", "a.b", "a?b",
        "a#b",
        "a@b", "a:b", "a b", "a\u{0}", "a\r\nb", "é", "２５", "a\u{301}",
    ])
    func `a text that could leave its place in a path is no id`(_ text: String) {
        #expect(TwitchEmote(id: text) == nil)
    }

    @Test(arguments: ["", String(repeating: "a", count: 41), "..", "a/b", "Wave", "a.svg", "a_b", "é", "%2e"])
    func `a picture of ours has a plain name`(_ text: String) {
        #expect(DemoPicture(.emote, named: text) == nil)
    }

    @Test func `pictures of ours stand beside the page files`() throws {
        let wave = try #require(DemoPicture(.emote, named: "wave"))
        let face = try #require(DemoPicture(.avatar, named: "12"))

        #expect(wave.path == "/img/demo/emote/wave" && wave.asset == "demo/emotes/wave.svg")
        #expect(face.path == "/img/demo/avatar/12" && face.asset == "demo/avatars/12.svg")
    }
}
