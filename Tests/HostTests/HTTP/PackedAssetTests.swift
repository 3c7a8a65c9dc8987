import HTTPTypes
import HummingbirdCore
import NIOCore
import Testing

@testable import Host

/// Page files as browsers are sent them.
@Suite struct PackedAssetTests {
    private static let long = String(repeating: "a sheet of some length {}\n", count: 100)
    private static let assets = WebAssets([
        ("a/long.css", ByteBuffer(string: long)), ("a/short.css", ByteBuffer(string: "b{}")),
        ("a/sound.wav", ByteBuffer(string: long)),
    ])

    @Test(arguments: [
        ("gzip", true), ("gzip, deflate, br, zstd", true), ("br;q=1.0, GZIP ; q=0.5", true), ("*", true), ("br", false),
        ("gzip;q=0", false), ("gzip; q=0.000", false), ("", false), ("x-gzip", false),
    ])
    func `a long text is packed for those who unpack it`(encodings: String, isPacked: Bool) throws {
        let response = try #require(Self.assets.response("a/long.css", encodings: encodings))

        #expect((response.headers[.contentEncoding] == "gzip") == isPacked)
        #expect(response.headers[.vary] == "Accept-Encoding")
        #expect(((response.body.contentLength ?? 0) < 500) == isPacked)
    }

    @Test func `what is short or no text goes as it is`() throws {
        for path in ["a/short.css", "a/sound.wav"] {
            let response = try #require(Self.assets.response(path, encodings: "gzip"))
            #expect(response.headers[.contentEncoding] == nil && response.headers[.vary] == nil, "\(path)")
        }
        #expect(Self.assets.response("a/long.css")?.headers[.contentEncoding] == nil)
    }

    @Test func `what is packed unpacks to the same`() throws {
        let packed = ContentCoding.gzip(Array(Self.long.utf8))

        // Ten bytes of header and eight of trailer around a bare stream (RFC 1952 section 2.3).
        let stream = packed[10..<(packed.count - 8)]
        #expect(try Deflate.inflate(stream, limit: 100_000) == Array(Self.long.utf8))
        #expect(packed.starts(with: [0x1F, 0x8B, 8]))
    }
}
