import Foundation
import Logging
import NIOCore
import Synchronization
import Testing

@testable import Host

/// What pages get of a source on loopback, over real sockets.
@Suite struct ImageProxyTests {
    @Test(arguments: [
        (Pictures.png(bytes: 100), RasterImage.Format.png), (Pictures.gif, .gif), (Pictures.olderGIF, .gif),
        (Pictures.webp, .webp), (Pictures.jpeg, .jpeg),
    ])
    func `a picture is what its bytes say, whatever its source calls it`(
        bytes: [UInt8],
        format: RasterImage.Format
    ) async throws {
        try await ImageHouse.open { house in
            house.source.answer("25", with: .content(bytes))

            let picture = try await house.image("25")

            #expect(picture.format == format)
            #expect(Array(picture.bytes.readableBytesView) == bytes)
        }
    }

    @Test(arguments: [
        "<!doctype html><script>alert(1)</script>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "", "GIF88a",
        "RIFF....WAVE",
        " GIF89a", "\u{FF}\u{D8}",
    ])
    func `what is no picture is not served`(_ text: String) async throws {
        try await ImageHouse.open { house in
            house.source.answer("25", with: .content(Array(text.utf8)))

            let failure = await house.failure("25")

            #expect(failure == .unusable(reason: "no format that is served"))
        }
    }

    @Test func `a picture of exactly 1 MiB is served and one of a byte more is not`() async throws {
        let edge = Pictures.png(bytes: 1 << 20)
        try await ImageHouse.open { house in
            house.source.answer("edge", with: .content(edge))
            house.source.answer("beyond", with: .content(edge + [0]))
            house.source.answer("edge-unmeasured", with: .unmeasured(edge))
            house.source.answer("beyond-unmeasured", with: .unmeasured(edge + [0]))
            let tooLarge = ImageFailure.unusable(reason: "more than 1048576 bytes")

            let served = [try await house.image("edge"), try await house.image("edge-unmeasured")]

            #expect(served.map(\.bytes.readableBytes) == [1 << 20, 1 << 20])
            #expect(await house.failure("beyond") == tooLarge)
            #expect(await house.failure("beyond-unmeasured") == tooLarge)
        }
    }

    @Test func `a body without an end is cut off`() async throws {
        try await ImageHouse.open { house in
            house.source.answer("25", with: .endless)

            let failure = await house.failure("25")

            #expect(failure == .unusable(reason: "more than 1048576 bytes"))
            let isClosed = await Deadline.comes { house.source.openConnections == 0 }
            #expect(isClosed)
            // What was sent and not read stands in the kernel's buffers.
            #expect(house.source.bytesSent < 32 << 20)
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is not followed`(_ status: Int) async throws {
        try await ImageHouse.open { house in
            house.source.answer("there", with: .content(Pictures.gif))
            house.source.answer("25", with: .status(status, location: house.source.base + PictureServer.path("there")))

            let failure = await house.failure("25")

            #expect(failure == .unusable(reason: "it answers \(status)"))
            #expect(house.source.requests == [PictureServer.path("25")])
        }
    }

    @Test(arguments: [400, 401, 403, 451])
    func `a source that refuses a picture is not away`(_ status: Int) async throws {
        try await ImageHouse.open { house in
            house.source.answer("25", with: .status(status))

            #expect(await house.failure("25") == .unusable(reason: "it answers \(status)"))
        }
    }

    @Test(arguments: [408, 429, 500, 503, 599])
    func `a source that has too much to do is away`(_ status: Int) async throws {
        try await ImageHouse.open { house in
            house.source.answer("25", with: .status(status))

            #expect(await house.failure("25") == .unreachable(reason: "it answers \(status)"))
        }
    }

    @Test func `a picture that its source does not know is unknown, and a source in trouble is away`() async throws {
        try await ImageHouse.open { house in
            house.source.answer("gone", with: .status(410))
            house.source.answer("broken", with: .status(500))

            #expect(await house.failure("nosuch") == .unknown)
            #expect(await house.failure("gone") == .unknown)
            #expect(await house.failure("broken") == .unreachable(reason: "it answers 500"))
        }
    }

    @Test(arguments: [PictureServer.Answer.silence, .trickle])
    func `a source that does not come to an end is left`(_ answer: PictureServer.Answer) async throws {
        var limits = ImageProxy.Limits()
        limits.patience = .milliseconds(200)
        // Time stands still until the fetch begins, so that a busy machine takes nothing of it.
        let clock = HandClock()
        try await ImageHouse.open(limits: limits, now: { clock.now }) { house in
            house.source.answer("25", with: answer)

            let failure = await house.failure("25")

            #expect(failure == .unreachable(reason: "it takes too long"))
            let isClosed = await Deadline.comes { house.source.openConnections == 0 }
            #expect(isClosed)
        }
    }

    @Test func `a picture comes from the server that has it, also while another is away`() async throws {
        let (cheermotes, kick) = (try await PictureServer(), try await PictureServer())
        let cheer = try #require(PictureKey(.cheermote, path: "/actions/cheer/dark/animated/1/4.gif"))
        let emote = try #require(KickEmote(id: "37226")).key
        cheermotes.answer(path: cheer.path, with: .content(Pictures.gif))
        kick.answer(path: "/emotes/37226/fullsize", with: .content(Pictures.png(bytes: 100)))
        try await ImageHouse.open(cheermotes: cheermotes, kick: kick) { house async throws in
            house.source.close()

            #expect(await house.failure("25")?.code == .unavailable)
            #expect(try await house.proxy.image(of: emote).format == .png)
            #expect(try await house.proxy.image(of: cheer).format == .gif)
            #expect(kick.requests == ["/emotes/37226/fullsize"])
            #expect(cheermotes.requests == ["/actions/cheer/dark/animated/1/4.gif"])
        }
    }

    @Test func `a source that is not there is a failure at once`() async throws {
        try await ImageHouse.open { house in
            house.source.close()

            let failure = await house.failure("25")

            guard case .unreachable = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }
}

/// A proxy on a folder of its own, before a source on loopback.
struct ImageHouse: Sendable {
    let source: PictureServer
    let proxy: ImageProxy
    let folder: String

    /// Opens one, and closes it when the body ends.
    static func open<Result>(
        limits: ImageProxy.Limits = .patient,
        folder: String? = nil,
        cacheBytes: Int = 256 << 20,
        source: PictureServer? = nil,
        cheermotes: PictureServer? = nil,
        kick: PictureServer? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        _ body: (ImageHouse) async throws -> Result
    ) async throws -> Result {
        let place = folder ?? NSTemporaryDirectory() + "streamvibes-images-\(UUID().uuidString)"
        defer { if folder == nil { try? FileManager.default.removeItem(atPath: place) } }
        var server = source
        if server == nil { server = try await PictureServer() }
        let ready = try #require(server)
        let proxy = ImageProxy(
            sources: ImageSources([
                [.twitch: ready.base, .cheermote: cheermotes?.base ?? ready.base],
                [.kick: kick?.base ?? ready.base],
            ]),
            cache: ImageCache(folder: place, bytesLimit: cacheBytes),
            limits: limits,
            now: now,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let running = Task { try await proxy.run() }
        defer { running.cancel() }
        let result = try await body(ImageHouse(source: ready, proxy: proxy, folder: place))
        running.cancel()
        try await running.value
        return result
    }

    func image(_ id: String) async throws -> RasterImage {
        try await proxy.image(of: try #require(TwitchEmote(id: id)).key)
    }

    /// How asking for that picture failed; `nil` when it did not.
    func failure(_ id: String) async -> ImageFailure? {
        guard let emote = TwitchEmote(id: id)?.key else { return .unknown }
        do throws(ImageFailure) {
            _ = try await proxy.image(of: emote)
            return nil
        } catch {
            return error
        }
    }

    /// Waits until so many wait for that picture.
    func waiters(of id: String, count: Int) async -> Bool {
        guard let emote = TwitchEmote(id: id)?.key else { return false }
        return await Deadline.comes { await proxy.flights[emote]?.count == count }
    }
}

extension ImageProxy.Limits {
    /// Those of the host with more time, for machines that have much to do.
    static var patient: Self {
        var limits = Self()
        limits.patience = .seconds(1800)
        return limits
    }
}
