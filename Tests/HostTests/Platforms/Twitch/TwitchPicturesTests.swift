import Logging
import Testing

@testable import FakePlatforms
@testable import Host

/// Where Twitch has its pictures, asked of its lists over real sockets.
@Suite struct TwitchPicturesTests {
    private static let official = FakePictureLists.official

    private let clock = HandClock()

    /// Gives the body what looks pictures up for a host with these channels; time passes for who waits for a turn.
    private func withPictures(
        channels: Set<String> = ["501"],
        _ body: (TwitchPictures, FakePictureLists) async throws -> Void
    ) async throws {
        let twitch = try FakePictureLists()
        let http = PlatformHTTP.patient
        let pictures = TwitchPictures(
            lists: TwitchPictureLists(
                application: twitch.application,
                http: http,
                token: TwitchAppToken(application: twitch.application, http: http),
                share: PlatformShare(
                    perMinute: TwitchPictureLists.requestsPerMinute,
                    now: { [clock] in clock.now },
                    sleep: { [clock] moment in clock.goOn(until: moment) }
                )
            ),
            isChannelHere: { channels.contains($0) },
            patience: .seconds(1800),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await http.connected { try await body(pictures, twitch) }
    }

    private func badge(_ place: String, _ set: String, _ version: String = "1") throws -> TwitchBadge {
        try #require(TwitchBadge(place: place, set: set, version: version))
    }

    private func avatar(_ id: String) throws -> TwitchAvatar { try #require(TwitchAvatar(userId: id)) }

    @Test func `a channel's own badge wins over that of everywhere, which is asked for once`() async throws {
        try await withPictures { pictures, twitch async throws in
            twitch.put(badge: "subscriber", "0", in: "501", at: Self.official + "/badges/v1/own/3")
            twitch.put(badge: "subscriber", "0", at: Self.official + "/badges/v1/common/3")
            twitch.put(badge: "subscriber", "3", at: Self.official + "/badges/v1/months/3")
            twitch.put(badge: "moderator", "1", at: Self.official + "/badges/v1/sword/3")

            var found: [String] = []
            for badge in try [
                badge("501", "subscriber", "0"), badge("501", "subscriber", "3"), badge("global", "subscriber", "0"),
                badge("global", "moderator"),
            ] { found.append(try await pictures.key(of: badge).path) }

            #expect(found == ["own", "months", "common", "sword"].map { "/badges/v1/\($0)/3" })
            let asked = twitch.requests(to: "/helix/chat/badges")
            #expect(asked.map { $0.parameter("broadcaster_id") } == ["501"])
            #expect(twitch.requests(to: "/helix/chat/badges/global").count == 1)
        }
    }

    @Test func `a badge has its largest picture, or that of twice the usual size`() async throws {
        try await withPictures { pictures, twitch async throws in
            twitch.put(badge: "vip", "1", at: Self.official + "/badges/v1/a/2", size: "2x")
            twitch.put(badge: "turbo", "1", at: Self.official + "/badges/v1/a/1", size: "1x")

            #expect(try await pictures.key(of: badge("global", "vip")).path == "/badges/v1/a/2")
            await #expect(throws: ImageFailure.unknown) { try await pictures.key(of: badge("global", "turbo")) }
        }
    }

    @Test func `a list may be larger than what platforms answer elsewhere`() async throws {
        try await withPictures { pictures, twitch async throws in
            for version in 1...4000 {
                twitch.put(badge: "bits-leader", "\(version)", at: Self.official + "/badges/v1/\(version)/3")
            }

            let key = try await pictures.key(of: badge("global", "bits-leader", "4000"))

            #expect(key.path == "/badges/v1/4000/3")
        }
    }

    @Test func `a badge that nobody has is unknown, and of channels elsewhere nothing is asked`() async throws {
        try await withPictures { pictures, twitch async throws in
            twitch.put(badge: "subscriber", "0", in: "502", at: Self.official + "/badges/v1/own/3")

            await #expect(throws: ImageFailure.unknown) { try await pictures.key(of: badge("global", "unheard-of")) }
            await #expect(throws: ImageFailure.unknown) { try await pictures.key(of: badge("502", "subscriber", "0")) }
            await #expect(throws: ImageFailure.unknown) {
                try await pictures.key(of: try #require(TwitchCheermote(prefix: "cheer", bits: 1, inChatOf: "502")))
            }

            #expect(twitch.requests(to: "/helix/chat/badges").isEmpty)
            #expect(twitch.requests(to: "/helix/bits/cheermotes").isEmpty)
        }
    }

    @Test(arguments: [
        "https://example.com/badges/v1/a/3", "http://127.0.0.1:1/badges/v1/a/3", "/badges/v1/a/3", "",
        FakePictureLists.official + "/badges/../a", FakePictureLists.official + "/emoticons/v2/25/default/dark/3.0",
        FakePictureLists.official + "@example.com/badges/v1/a/3", FakePictureLists.official + "/badges/v1/a/3?x=1",
    ])
    func `an address of another server or form is no picture`(_ address: String) async throws {
        try await withPictures { pictures, twitch async throws in
            twitch.put(badge: "vip", "1", at: address)
            twitch.put(cheermote: "Cheer", [(bits: 1, address: address)])
            twitch.put(person: "77", at: address)

            await #expect(throws: ImageFailure.unknown) { try await pictures.key(of: badge("global", "vip")) }
            await #expect(throws: ImageFailure.unknown) { try await pictures.key(of: avatar("77")) }
            await #expect(throws: ImageFailure.unknown) {
                try await pictures.key(of: try #require(TwitchCheermote(prefix: "cheer", bits: 1, inChatOf: "501")))
            }
        }
    }

    @Test(arguments: [(1, "1"), (500, "100"), (1000, "1000"), (100_000, "1000")])
    func `a cheer looks like the highest tier that it reaches`(bits: Int, look: String) async throws {
        try await withPictures { pictures, twitch async throws in
            let base = "https://d3aqoihi2n8ty8.cloudfront.net/actions/cheer/dark/animated"
            // In no order, as nothing promises one.
            twitch.put(cheermote: "Cheer", [100, 1, 1000].map { (bits: $0, address: "\(base)/\($0)/4.gif") })
            twitch.put(cheermote: "Boat", [(bits: 1, address: "\(base)/boat/4.gif")])
            let cheer = try #require(TwitchCheermote(prefix: "cheer", bits: bits, inChatOf: "501"))

            let key = try await pictures.key(of: cheer)

            #expect(key == PictureKey(.cheermote, path: "/actions/cheer/dark/animated/\(look)/4.gif"))
            #expect(twitch.requests(to: "/helix/bits/cheermotes").map { $0.parameter("broadcaster_id") } == ["501"])
        }
    }

    @Test func `people are asked for a hundred at once at most`() async throws {
        try await withPictures { pictures, twitch async throws in
            for id in 1...250 { twitch.put(person: "\(id)", at: Self.official + "/jtv_user_pictures/face-\(id).png") }

            let found = try await withThrowingTaskGroup(of: String.self) { group in
                for id in 1...250 {
                    let avatar = try avatar("\(id)")
                    group.addTask { try await pictures.key(of: avatar).path }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }

            #expect(found == Set((1...250).map { "/jtv_user_pictures/face-\($0).png" }))
            let asked = twitch.requests(to: "/helix/users").map { $0.query.map(\.value) }
            #expect(asked.allSatisfy { $0.count <= 100 } && asked.flatMap(\.self).count == 250)
            // One for the first, and then as many at once as have come by then.
            #expect(asked.count < 250)
        }
    }

    @Test func `an id that Twitch takes for ill-formed costs nobody else a picture`() async throws {
        try await withPictures { pictures, twitch async throws in
            for id in 1...100 { twitch.put(person: "\(id)", at: Self.official + "/jtv_user_pictures/face-\(id).png") }
            twitch.refuse(person: "66")

            let found = try await withThrowingTaskGroup(of: String?.self) { group in
                for id in 1...100 {
                    let avatar = try avatar("\(id)")
                    group.addTask { (try? await pictures.key(of: avatar))?.path }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }

            let faces = (1...100).filter { $0 != 66 }.map { id -> String? in "/jtv_user_pictures/face-\(id).png" }
            #expect(found == Set(faces + [nil]))
            await #expect(throws: PlatformFailure.self) { try await pictures.key(of: avatar("66")) }
        }
    }

    @Test func `badges, cheermotes and people share what Twitch is asked in a minute`() async throws {
        let channels = (1001...1020).map { "\($0)" }
        try await withPictures(channels: Set(channels)) { pictures, twitch async throws in
            twitch.put(cheermote: "Cheer", [(bits: 1, address: "https://d3aqoihi2n8ty8.cloudfront.net/actions/1.gif")])
            for id in channels {
                twitch.put(badge: "subscriber", "0", in: id, at: Self.official + "/badges/v1/\(id)/3")
                twitch.put(person: id, at: Self.official + "/jtv_user_pictures/face-\(id).png")
            }
            let begin = clock.now

            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in channels {
                    let star = try badge(id, "subscriber", "0")
                    let cheer = try #require(TwitchCheermote(prefix: "cheer", bits: 1, inChatOf: id))
                    let face = try avatar(id)
                    group.addTask { _ = try await pictures.key(of: star) }
                    group.addTask { _ = try await pictures.key(of: cheer) }
                    group.addTask { _ = try await pictures.key(of: face) }
                }
                try await group.waitForAll()
            }

            let asked = ["/helix/chat/badges", "/helix/bits/cheermotes", "/helix/users"].map {
                twitch.requests(to: $0).count
            }
            // More where an attempt has had its time on a busy machine.
            #expect(asked[0] >= 20 && asked[1] >= 20 && asked[2] >= 1)
            let passed = clock.now - begin
            #expect(passed == Duration.milliseconds(250) * (asked.reduce(0, +) - 1))
        }
    }

    @Test func `a token that has ended is followed by the next`() async throws {
        try await withPictures { pictures, twitch async throws in
            for id in ["1", "2"] { twitch.put(person: id, at: Self.official + "/jtv_user_pictures/\(id).png") }
            _ = try await pictures.key(of: avatar("1"))
            twitch.endTokens()

            #expect(try await pictures.key(of: avatar("2")).path == "/jtv_user_pictures/2.png")
        }
    }

    @Test func `while Twitch is away pictures are, and it is not asked for each of them`() async throws {
        try await withPictures { pictures, twitch async throws in
            twitch.put(badge: "vip", "1", at: Self.official + "/badges/v1/a/3")
            twitch.isBusy = true
            let begin = clock.now

            for version in ["1", "2", "3"] {
                await #expect(throws: PlatformFailure.self) {
                    try await pictures.key(of: badge("global", "vip", version))
                }
            }

            // The platform's client tries three times.
            #expect(twitch.requests(to: "/helix/chat/badges/global").count == 3)
            // Each time it takes a turn.
            #expect(clock.now - begin == .milliseconds(500))
        }
    }
}
