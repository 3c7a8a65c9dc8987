import Foundation
import Glibc
import NIOCore
import Testing

@testable import Host

@Suite struct ImageCacheTests {
    private static let block = ImageCache.blockSize

    private func emote(_ id: String) throws -> PictureKey { try #require(TwitchEmote(id: id)).key }

    private func image(bytes: Int = 100) throws -> RasterImage {
        try #require(RasterImage(ByteBuffer(bytes: Pictures.png(bytes: bytes))))
    }

    /// Gives the body a folder that does not exist yet.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "streamvibes-cache-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func opened(_ folder: String, blocks: Int = 100) throws -> ImageCache {
        let cache = ImageCache(folder: folder, bytesLimit: blocks * Self.block)
        try cache.open()
        return cache
    }

    private func files(_ folder: String) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder))
    }

    @Test func `at the limit the picture that was used longest ago leaves`() throws {
        try withFolder { folder in
            let cache = try opened(folder, blocks: 3)
            for id in ["a", "b", "c"] { try cache.keep(image(), of: emote(id)) }
            #expect(cache.image(of: try emote("a")) != nil)

            try cache.keep(image(), of: emote("d"))

            #expect(try files(folder) == ["twitch-emote-a", "twitch-emote-c", "twitch-emote-d"])
            #expect(cache.image(of: try emote("b")) == nil)
            #expect(cache.bytes == 3 * Self.block)
        }
    }

    @Test func `a large picture takes the place of several small ones, and one that never fits is not kept`() throws {
        try withFolder { folder in
            let cache = try opened(folder, blocks: 3)
            for id in ["a", "b", "c"] { try cache.keep(image(), of: emote(id)) }

            try cache.keep(image(bytes: 4 * Self.block), of: emote("whale"))
            #expect(try files(folder).count == 3)
            try cache.keep(image(bytes: 2 * Self.block), of: emote("seal"))

            #expect(try files(folder) == ["twitch-emote-c", "twitch-emote-seal"])
            #expect(cache.bytes == 3 * Self.block)
        }
    }

    @Test func `a picture that is kept again counts once`() throws {
        try withFolder { folder in
            let cache = try opened(folder, blocks: 3)

            for _ in 0..<10 { try cache.keep(image(), of: emote("a")) }

            #expect(cache.bytes == Self.block)
            #expect(try cache.image(of: emote("a")) == image())
        }
    }

    @Test func `the order of use outlives a restart`() throws {
        try withFolder { folder in
            let before = try opened(folder)
            for (age, id) in ["a", "b", "c"].enumerated() {
                try before.keep(image(), of: emote(id))
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: 1000 + Double(age))],
                    ofItemAtPath: "\(folder)/twitch-emote-\(id)"
                )
            }
            #expect(before.image(of: try emote("a")) != nil)

            let after = try opened(folder, blocks: 2)

            #expect(try files(folder) == ["twitch-emote-a", "twitch-emote-c"])
            #expect(after.bytes == 2 * Self.block)
            try after.keep(image(), of: emote("d"))
            #expect(try files(folder) == ["twitch-emote-a", "twitch-emote-d"])
        }
    }

    @Test func `half a picture of a server that crashed is gone after the next start`() throws {
        try withFolder { folder in
            _ = try opened(folder)
            try "GIF8".write(toFile: folder + "/twitch-emote-25.part", atomically: false, encoding: .utf8)

            let cache = try opened(folder)

            #expect(try files(folder).isEmpty)
            #expect(cache.image(of: try emote("25")) == nil)
            #expect(cache.bytes == 0)
        }
    }

    @Test func `other people's files do no harm and come to none`() throws {
        try withFolder { folder in
            _ = try opened(folder)
            let secret = folder + "-secret"
            defer { try? FileManager.default.removeItem(atPath: secret) }
            try Data(Pictures.gif).write(to: URL(fileURLWithPath: secret))
            for name in ["notes.txt", "twitch-emote-a.b", "twitch-emote-", "notes.part"] {
                try "mine".write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
            }
            mkdir(folder + "/twitch-emote-folder", 0o700)
            symlink(secret, folder + "/twitch-emote-link")
            mkfifo(folder + "/twitch-emote-pipe", 0o600)
            let before = try files(folder)

            let cache = try opened(folder, blocks: 1)
            let found = try ["folder", "link", "pipe"].map { cache.image(of: try emote($0)) }
            try cache.keep(image(), of: emote("25"))
            try cache.keep(image(), of: emote("26"))

            #expect(found == [nil, nil, nil])
            #expect(try files(folder) == before.union(["twitch-emote-26"]))
            #expect(throws: ImageCacheError.self) { try cache.keep(image(), of: emote("folder")) }
            #expect(cache.bytes <= Self.block)
        }
    }

    @Test func `a file that is no picture any more makes room for one`() throws {
        try withFolder { folder in
            let cache = try opened(folder)
            let damaged = ["empty", "html", "pipe", "gone"]
            for id in damaged { try cache.keep(image(), of: emote(id)) }
            truncate(folder + "/twitch-emote-empty", 0)
            try "<script>".write(toFile: folder + "/twitch-emote-html", atomically: false, encoding: .utf8)
            unlink(folder + "/twitch-emote-pipe")
            mkfifo(folder + "/twitch-emote-pipe", 0o600)
            unlink(folder + "/twitch-emote-gone")

            let found = try damaged.map { cache.image(of: try emote($0)) }

            #expect(found == [nil, nil, nil, nil])
            #expect(cache.bytes == 0)
            #expect(try files(folder).isEmpty)
        }
    }

    @Test func `a disk that takes nothing is said and counts nothing`() throws {
        try withFolder { folder in
            let cache = try opened(folder)
            try FileManager.default.removeItem(atPath: folder)

            #expect(throws: ImageCacheError.self) { try cache.keep(image(), of: emote("25")) }
            #expect(cache.bytes == 0)
            #expect(cache.image(of: try emote("25")) == nil)
        }
    }
}

@Suite struct CacheIndexTests {
    @Test func `the oldest use is found after any number of uses`() throws {
        let emotes = try (0..<5).map { try #require(TwitchEmote(id: "\($0)")).key }
        var index = CacheIndex()
        for emote in emotes { index.add(emote, bytes: 10) }

        for _ in 0..<5000 { index.use(emotes[0]) }
        index.use(emotes[2])
        index.remove(emotes[3])

        let order = (0..<5).map { _ in index.removeOldest() }
        #expect(order == [emotes[1], emotes[4], emotes[0], emotes[2], nil])
        #expect(index.bytes == 0 && index.count == 0)
    }
}

@Suite struct RecentFailuresTests {
    @Test func `beyond the limit the oldest failure is forgotten`() throws {
        let emotes = try (0..<4).map { try #require(TwitchEmote(id: "\($0)")).key }
        var failures = RecentFailures(memory: .seconds(60), limit: 3)
        let start = ContinuousClock.now

        for emote in emotes { failures.remember(.unknown, of: emote, at: start) }

        #expect(failures.count == 3)
        #expect(emotes.map { failures.failure(of: $0, at: start) } == [nil, .unknown, .unknown, .unknown])
    }

    @Test func `failures that are over take no room`() throws {
        let emotes = try (0..<100).map { try #require(TwitchEmote(id: "\($0)")).key }
        var failures = RecentFailures(memory: .seconds(60), limit: 1000)
        let start = ContinuousClock.now

        for (second, emote) in emotes.enumerated() {
            failures.remember(.unknown, of: emote, at: start + .seconds(second))
        }

        #expect(failures.count == 60)
        #expect(failures.failure(of: emotes[40], at: start + .seconds(99)) == .unknown)
        #expect(failures.failure(of: emotes[40], at: start + .seconds(100)) == nil)
    }
}
