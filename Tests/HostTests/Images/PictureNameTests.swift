import Testing

@testable import Host

/// What pictures are called in addresses and on the disk.
@Suite struct PictureNameTests {
    /// Texts that could leave their place in a path, or that no platform's id looks like.
    private static let strange = [
        "", ".", "..", "../x", "a/b", "a\\b", "a%2Fb", "%2e%2e", "a.b", "a?b", "a#b", "a@b", "a:b", "a b", "a+b",
        "a\u{0}", "a\r\nb", "é", "２５", "a\u{301}",
    ]
    private static let noNumbers = strange + ["0", "01", "-1", "1e3", "abc", String(repeating: "9", count: 19)]
    private static let longestNumber = String(repeating: "9", count: 18)

    @Test func `a badge stands under its channel where the channel may have its own, else under all`() throws {
        let own = try #require(TwitchBadge(set: "subscriber", version: "12", inChatOf: "501"))
        let bits = try #require(TwitchBadge(set: "bits", version: "1000", inChatOf: "501"))
        let common = try #require(TwitchBadge(set: "sub-gifter", version: "50", inChatOf: "501"))

        #expect(own.path == "/img/twitch/badge/501/subscriber/12")
        #expect(bits.path == "/img/twitch/badge/501/bits/1000")
        #expect(common.path == "/img/twitch/badge/global/sub-gifter/50" && common.channelId == nil)
        #expect(TwitchBadge(place: "501", set: "subscriber", version: "12") == own)
        #expect(TwitchBadge(place: "global", set: "sub-gifter", version: "50") == common)
    }

    @Test(arguments: strange + [String(repeating: "a", count: 61)])
    func `a word that is none of a badge or a cheermote has no picture`(_ word: String) {
        #expect(TwitchBadge(set: word, version: "1", inChatOf: "501") == nil)
        #expect(TwitchBadge(set: "subscriber", version: word, inChatOf: "501") == nil)
        #expect(TwitchCheermote(prefix: word, bits: 100, inChatOf: "501") == nil)
    }

    @Test(arguments: noNumbers)
    func `a text that is no number is nobody's id`(_ text: String) {
        #expect(TwitchBadge(place: text, set: "subscriber", version: "1") == nil)
        #expect(TwitchCheermote(prefix: "cheer", bits: 100, inChatOf: text) == nil)
        #expect(TwitchAvatar(userId: text) == nil && KickEmote(id: text) == nil)
        #expect(KickAvatar(userId: text, name: "face") == nil)
    }

    @Test func `names at their limits are pictures, and none is longer than what widgets show`() throws {
        let word = String(repeating: "a", count: 60)
        let paths = [
            TwitchBadge(place: Self.longestNumber, set: word, version: word)?.path,
            TwitchCheermote(prefix: word, bits: .max, inChatOf: Self.longestNumber)?.path,
            TwitchAvatar(userId: Self.longestNumber)?.path, KickEmote(id: Self.longestNumber)?.path,
            KickAvatar(userId: Self.longestNumber, name: String(repeating: "a", count: 100))?.path,
        ]

        for path in paths { #expect(try #require(path).utf8.count <= 200) }
        #expect(KickAvatar(userId: "1", name: String(repeating: "a", count: 101)) == nil)
    }

    @Test(arguments: [
        (1, 1), (99, 1), (100, 100), (499, 100), (500, 500), (999, 500), (1000, 1000), (5000, 5000), (9999, 5000),
        (10_000, 10_000), (99_999, 10_000), (100_000, 100_000), (1_000_000, 100_000),
    ])
    func `a cheer looks like the tier that it reaches`(bits: Int, tier: Int) throws {
        let cheermote = try #require(TwitchCheermote(prefix: "Cheer", bits: bits, inChatOf: "501"))

        #expect(cheermote.tier == tier && cheermote.path == "/img/twitch/cheermote/501/cheer/\(tier)")
        #expect(TwitchCheermote(channelId: "501", prefix: "cheer", tier: "\(tier)") == cheermote)
    }

    @Test(arguments: ["0", "2", "099", "-1", "1e2", "", "100000000000000000000"])
    func `an address names one of Twitch's tiers`(tier: String) {
        #expect(TwitchCheermote(channelId: "501", prefix: "cheer", tier: tier) == nil)
        #expect(TwitchCheermote(prefix: "cheer", bits: 0, inChatOf: "501") == nil)
    }

    @Test func `a person's picture on Kick is named without its server`() throws {
        let place = "/images/user/77/profile_image/conversion/0c2f-41_d-fullsize.webp"

        let avatar = try #require(KickAvatar(address: "https://files.kick.com" + place))

        #expect(avatar.path == "/img/kick/avatar/77/0c2f-41_d-fullsize")
        #expect(avatar.key == PictureKey(.kick, path: place))
    }

    @Test(arguments: [
        "https://kick.com/img/default-profile-pictures/default2.jpeg",
        "https://example.com/images/user/77/profile_image/conversion/a.webp",
        "http://files.kick.com/images/user/77/profile_image/conversion/a.webp",
        "https://files.kick.com.example.com/images/user/77/profile_image/conversion/a.webp",
        "https://files.kick.com@example.com/images/user/77/profile_image/conversion/a.webp",
        "https://files.kick.com:81/images/user/77/profile_image/conversion/a.webp",
        "https://files.kick.com/images/user/../profile_image/conversion/a.webp",
        "https://files.kick.com/images/user/77/profile_image/conversion/../../a.webp",
        "https://files.kick.com/images/user/77/profile_image/conversion/a.b.webp",
        "https://files.kick.com/images/user/77/profile_image/conversion/%2e%2e.webp",
        "https://files.kick.com/images/user/77/profile_image/conversion/a.webp?x=1",
        "https://files.kick.com/images/user/77/profile_image/conversion/a.svg",
        "https://files.kick.com/images/user/77/profile_image/conversion/.webp",
        "https://files.kick.com/images/user/77/conversion/a.webp", "https://files.kick.com/images/user/.webp", "",
        "file:///etc/passwd", "http://127.0.0.1/images/user/77/profile_image/conversion/a.webp",
    ])
    func `an address of another server or form names no picture`(_ address: String) {
        #expect(KickAvatar(address: address) == nil)
    }
}

/// Pictures at their sources.
@Suite struct PictureKeyTests {
    @Test(arguments: ["/a", "/badges/v1/0c2f-41/3", "/a/b_c/d-e.f.gif", "/" + String(repeating: "a", count: 199)])
    func `a picture has one file, which tells where the picture is`(_ path: String) throws {
        for source in PictureSource.all {
            let key = try #require(PictureKey(source, path: path))

            #expect(!key.fileName.contains("/") && key.fileName.utf8.count < 250)
            #expect(PictureKey(fileName: key.fileName) == key)
        }
    }

    @Test(arguments: [
        "", "a", "/", "//a", "/a/", "/a//b", "/.", "/..", "/../a", "/a/../b", "/.a", "/a+b", "/a%2e", "/a?b", "/a#b",
        "/a b", "/a\\b", "/é", "/a\u{0}", "/a\r\nHost:x", "/a@b", "/a:b", "/a.part",
        "/" + String(repeating: "a", count: 200),
    ])
    func `a path that could be more than that is no picture's`(_ path: String) {
        #expect(PictureKey(.twitch, path: path) == nil)
    }

    @Test(arguments: [
        "twitch", "twitch+", "twitch++a", "twitch+..+a", "youtube+a", "notes.txt", "kick+a.part", "twitch+a/b",
        // An emote has its own name and no other.
        "twitch+emoticons+v2+25+default+dark+3.0",
    ])
    func `a file of another name is no picture`(_ name: String) {
        #expect(PictureKey(fileName: name) == nil)
    }

    @Test func `an address that a platform names is one of its own server`() {
        let base = "https://static-cdn.jtvnw.net"
        #expect(PictureKey(.twitch, address: base + "/badges/v1/a/3") == PictureKey(.twitch, path: "/badges/v1/a/3"))
        for address in [
            base, base + "@example.com/a", base + ".example.com/a", "http://static-cdn.jtvnw.net/a", base + ":81/a",
            "https://files.kick.com/a", base + "//a", base + "/a?b",
        ] {
            #expect(PictureKey(.twitch, address: address) == nil, "\(address)")
        }
    }
}
