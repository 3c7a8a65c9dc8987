import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing

@testable import Host

/// What a browser sees of the pictures, from the program itself.
@Suite(.serialized, .withProcesses) struct ImageRoutesTests {
    private static func server(before source: PictureServer, dataDirectory: String? = nil) throws -> ServerProcess {
        var environment = ServerProcess.environment
        environment["TWITCH_CDN_URL"] = source.base
        let server = try ServerProcess(dataDirectory: dataDirectory, environment: environment)
        try server.start()
        return server
    }

    @Test func `a picture comes with its own type and may neither be guessed at nor run`() async throws {
        let source = try await PictureServer()
        source.answer("emotesv2_1", with: .content(Pictures.webp))
        let server = try Self.server(before: source)

        let answer = try HTTPExchange.perform("GET", "/img/twitch/emote/emotesv2_1", port: server.port)

        #expect(answer.status == 200)
        #expect(answer.bytes == Pictures.webp)
        #expect(answer.headers["content-type"] == "image/webp")
        #expect(answer.headers["cache-control"] == "public, max-age=604800, immutable")
        #expect(answer.headers["x-content-type-options"] == "nosniff")
        #expect(answer.headers["content-security-policy"] == "default-src 'none'; sandbox")
    }

    @Test func `a failure is told in the contract's words and kept by no browser`() async throws {
        let source = try await PictureServer()
        source.answer("html", with: .content(Array("<script>".utf8)))
        source.answer("away", with: .status(503))
        let server = try Self.server(before: source)

        let answers = try ["nosuch", "html", "away"].map {
            try HTTPExchange.perform("GET", "/img/twitch/emote/\($0)", port: server.port)
        }

        #expect(answers.map(\.status) == [404, 503, 503])
        #expect(answers.map(\.failureCode) == ["NOT_FOUND", "UNAVAILABLE", "UNAVAILABLE"])
        #expect(answers.allSatisfy { $0.headers["cache-control"] == "no-store" && !$0.body.contains("127.0.0.1") })
    }

    @Test(arguments: [
        "..", "%2e%2e", "%2E%2E%2Fsecret", "a%2Fb", "a/b", "a/../../b", "a%3Fb", "a%23b", "a@b", "a%40b", "@127.0.0.1",
        "http:%2F%2F127.0.0.1", "a;b", "a%00", "a%0d%0aHost:x", String(repeating: "a", count: 101), "",
    ])
    func `nothing but an id reaches the source`(_ text: String) async throws {
        let source = try await PictureServer()
        let server = try Self.server(before: source)

        let answer = try HTTPExchange.perform("GET", "/img/twitch/emote/\(text)", port: server.port)

        #expect(answer.status == 404)
        #expect(source.requests.isEmpty)
    }

    @Test func `what follows an id stays here`() async throws {
        let source = try await PictureServer()
        source.answer("25", with: .content(Pictures.gif))
        source.answer("26", with: .content(Pictures.gif))
        let server = try Self.server(before: source)

        let queried = try HTTPExchange.perform("GET", "/img/twitch/emote/25?host=127.0.0.1&x=/../y", port: server.port)
        let marked = try HTTPExchange.perform("GET", "/img/twitch/emote/26#/../y", port: server.port)

        #expect(queried.status == 200)
        #expect(marked.status == 200 || marked.status == 404)
        #expect(Set(source.requests).isSubset(of: [PictureServer.path("25"), PictureServer.path("26")]))
    }

    @Test func `pictures outlive the program and their source`() async throws {
        let source = try await PictureServer()
        source.answer("25", with: .content(Pictures.gif))
        let server = try Self.server(before: source)
        _ = try HTTPExchange.perform("GET", "/img/twitch/emote/25", port: server.port)
        server.kill()
        source.close()
        try server.start()

        let answer = try HTTPExchange.perform("GET", "/img/twitch/emote/25", port: server.port)

        #expect(answer.bytes == Pictures.gif)
        #expect(source.requests.count == 1)
    }

    @Test func `the program ends well while a source is slow`() async throws {
        let source = try await PictureServer()
        source.answer("25", with: .silence)
        let server = try Self.server(before: source)
        let page = try Socket(port: server.port)
        try page.send(HTTPExchange.request("GET", "/img/twitch/emote/25"))
        let isAsked = Deadline.wait(seconds: 30) { source.requests.count == 1 }
        try #require(isAsked)

        let ending = try server.beginToStop()

        #expect(try HTTPExchange.read(from: page, withinMilliseconds: 30_000).status == 503)
        #expect(ending.status(withinSeconds: 30) == 0)
        #expect(server.logLines(with: " error ").isEmpty)
    }

    @Test func `a source that is away is one line in the log, and one that refuses a picture is none`() async throws {
        let source = try await PictureServer()
        for id in ["here", "back"] { source.answer(id, with: .content(Pictures.gif)) }
        source.answer("refused", with: .status(403))
        for number in 1...5 { source.answer("\(number)", with: .status(500)) }
        let server = try Self.server(before: source)

        for id in ["refused", "here", "1", "2", "3", "4", "back", "5"] {
            _ = try HTTPExchange.perform("GET", "/img/twitch/emote/\(id)", port: server.port)
        }

        #expect(server.logLines(with: "pictures cannot be fetched").count == 2)
        #expect(server.logLines(with: "pictures can be fetched again").count == 1)
    }

    @Test func `a picture of ours is a drawing that may run nothing`() throws {
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><circle cx='4' cy='4' r='4'/></svg>"
        let routes = ImageRoutes(
            proxy: ImageProxy(
                sources: ImageSources([]),
                cache: ImageCache(folder: NSTemporaryDirectory() + "streamvibes-none"),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ),
            assets: WebAssets([("demo/emotes/wave.svg", ByteBuffer(string: drawing))])
        )

        let answer = try routes.demo(.emote, named: "wave")

        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "image/svg+xml")
        #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        #expect(answer.body.contentLength == drawing.utf8.count)
        for name in ["unheard-of", "../emotes/wave", nil] {
            #expect(throws: ImageFailure.unknown) { try routes.demo(.emote, named: name) }
        }
        #expect(throws: ImageFailure.unknown) { try routes.demo(.avatar, named: "wave") }
    }
}
