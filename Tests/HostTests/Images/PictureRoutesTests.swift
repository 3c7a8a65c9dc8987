import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What a browser sees of badges, cheermotes, people and Kick's pictures, from the program itself.
@Suite(.serialized, .withProcesses) struct PictureRoutesTests {
    private static func server(
        before source: PictureServer,
        _ twitch: FakePictureLists? = nil
    ) throws -> ServerProcess {
        var environment = ServerProcess.environment
        for name in ["TWITCH_CDN_URL", "TWITCH_CHEERMOTE_CDN_URL", "KICK_CDN_URL"] { environment[name] = source.base }
        environment.merge(twitch?.environment ?? [:]) { _, new in new }
        let server = try ServerProcess(environment: environment)
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        try server.start()
        return server
    }

    /// Asks until the host has found out where the picture is, which may take a busy machine longer than a page waits.
    private static func picture(_ path: String, _ server: ServerProcess) throws -> HTTPExchange {
        var answer = try HTTPExchange.perform("GET", path, port: server.port)
        _ = try Deadline.wait(seconds: 120, pausing: 200) {
            guard answer.status == 503 else { return true }
            answer = try HTTPExchange.perform("GET", path, port: server.port)
            return answer.status != 503
        }
        return answer
    }

    @Test func `pictures of Twitch are looked up, fetched from where they are and kept for an hour`() async throws {
        let (source, twitch) = (try await PictureServer(), try FakePictureLists())
        twitch.put(badge: "moderator", "1", at: FakePictureLists.official + "/badges/v1/sword/3")
        twitch.put(badge: "subscriber", "0", in: "1234", at: FakePictureLists.official + "/badges/v1/star/3")
        let cheer = "/actions/cheer/dark/animated/100/4.gif"
        twitch.put(cheermote: "Cheer", [(bits: 100, address: "https://d3aqoihi2n8ty8.cloudfront.net" + cheer)])
        twitch.put(person: "77", at: FakePictureLists.official + "/jtv_user_pictures/face.png")
        for path in ["/badges/v1/sword/3", "/badges/v1/star/3", "/jtv_user_pictures/face.png"] {
            source.answer(path: path, with: .content(Pictures.png(bytes: 100)))
        }
        source.answer(path: cheer, with: .content(Pictures.gif))
        let server = try Self.server(before: source, twitch)

        let answers = try [
            "badge/global/moderator/1", "badge/1234/subscriber/0", "badge/1234/moderator/1", "cheermote/1234/cheer/100",
            "avatar/77",
        ].map { try Self.picture("/img/twitch/\($0)", server) }

        #expect(answers.map(\.status) == [200, 200, 200, 200, 200])
        let types = answers.map { $0.headers["content-type"] }
        #expect(types == ["image/png", "image/png", "image/png", "image/gif", "image/png"])
        for answer in answers {
            #expect(answer.headers["cache-control"] == "public, max-age=3600")
            #expect(answer.headers["content-security-policy"] == "default-src 'none'; sandbox")
            #expect(answer.headers["x-content-type-options"] == "nosniff")
        }
        // The badge of everywhere is one picture, whatever channel it is asked for.
        let asked = ["/badges/v1/sword/3", "/badges/v1/star/3", cheer, "/jtv_user_pictures/face.png"]
        #expect(source.requests == asked)
    }

    @Test func `pictures of Kick are fetched by their names`() async throws {
        let source = try await PictureServer()
        source.answer(path: "/emotes/37226/fullsize", with: .content(Pictures.gif))
        let face = "/images/user/77/profile_image/conversion/0c2f-fullsize.webp"
        source.answer(path: face, with: .content(Pictures.webp))
        let server = try Self.server(before: source)

        let answers = try ["emote/37226", "avatar/77/0c2f-fullsize", "emote/1"].map {
            try HTTPExchange.perform("GET", "/img/kick/\($0)", port: server.port)
        }

        #expect(answers.map(\.status) == [200, 200, 404])
        #expect(answers[1].bytes == Pictures.webp)
        #expect(answers[0].headers["cache-control"] == "public, max-age=604800, immutable")
        #expect(source.requests == ["/emotes/37226/fullsize", face, "/emotes/1/fullsize"])
    }

    @Test func `lists that cannot be had are one line in the log, without a secret`() async throws {
        let (source, twitch) = (try await PictureServer(), try FakePictureLists())
        twitch.isBusy = true
        let server = try Self.server(before: source, twitch)

        let answers = try ["moderator", "vip", "turbo"].map {
            try HTTPExchange.perform("GET", "/img/twitch/badge/global/\($0)/1", port: server.port)
        }

        #expect(answers.allSatisfy { $0.status == 503 && $0.headers["cache-control"] == "no-store" })
        #expect(answers.allSatisfy { !$0.body.contains("127.0.0.1") })
        #expect(Deadline.wait(seconds: 60) { server.logLines(with: "badges cannot be looked up").count == 1 })
        #expect(server.logLines(with: "application-1").isEmpty)
        #expect(server.logLines(with: "client-secret-of-tests").isEmpty)
        #expect(source.requests.isEmpty)
    }

    @Test func `without an application at Twitch nothing is looked up`() async throws {
        let source = try await PictureServer()
        let server = try Self.server(before: source)

        for path in ["badge/global/moderator/1", "cheermote/1234/cheer/100", "avatar/77"] {
            let answer = try HTTPExchange.perform("GET", "/img/twitch/\(path)", port: server.port)
            #expect(answer.status == 404 && answer.headers["cache-control"] == "no-store")
        }
        #expect(source.requests.isEmpty)
    }

    @Test(arguments: [true, false])
    func `an event names what is looked up only where that can be done`(hasApplication: Bool) async throws {
        let (source, twitch) = (try await PictureServer(), try FakePictureLists())
        let server = try Self.server(before: source, hasApplication ? twitch : nil)
        let event: JSONValue = [
            "broadcaster_user_id": "1234", "chatter_user_id": "77", "chatter_user_login": "mira",
            "chatter_user_name": "Mira", "message_id": "line-1", "message": ["text": "hi"], "color": "",
            "badges": [["set_id": "subscriber", "id": "12", "info": "13"]],
        ]

        let status = try SignedDelivery.notification("channel.chat.message", "1", event, in: "1234")
            .post(port: server.port)

        #expect(status == 204)
        let payload = try #require(
            try EventTable(of: server).rows("SELECT payload FROM events WHERE type = 'chat:message'").first
        )
        let user = try JSONValue(parsing: payload)["user"]
        #expect(user?["avatarUrl"]?.stringValue == (hasApplication ? "/img/twitch/avatar/77" : nil))
        let badge = user?["badges"]?.arrayValue?.first?["imageUrl"]?.stringValue
        #expect(badge == (hasApplication ? "/img/twitch/badge/1234/subscriber/12" : nil))
    }

    @Test(arguments: [
        "twitch/badge/global/../1", "twitch/badge/global/a%2Fb/1", "twitch/badge/alice/vip/1",
        "twitch/badge/global/vip", "twitch/cheermote/1234/cheer/7", "twitch/cheermote/global/cheer/1",
        "twitch/avatar/alice", "twitch/avatar/%2e%2e",
        "kick/emote/abc", "kick/emote/..", "kick/avatar/77/a.b", "kick/avatar/77/%2e%2e%2fa", "kick/avatar/x/a",
        "kick/avatar/77/http:%2F%2F127.0.0.1", "elsewhere/emote/25",
    ])
    func `nothing but names reaches anybody`(_ path: String) async throws {
        let (source, twitch) = (try await PictureServer(), try FakePictureLists())
        let server = try Self.server(before: source, twitch)

        let answer = try HTTPExchange.perform("GET", "/img/\(path)", port: server.port)

        #expect(answer.status == 404)
        #expect(source.requests.isEmpty && twitch.requests(to: "/helix/users").isEmpty)
        #expect(twitch.requests(to: "/helix/chat/badges").isEmpty)
    }
}
