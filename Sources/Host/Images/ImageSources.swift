import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The servers that have pictures; their addresses are the operator's alone.
struct ImageSources: Sendable {
    /// Scheme, host and port of each, without a slash at the end.
    private let bases: [PictureSource: String]

    /// Those of each platform; a server that none of them has is where its platform says it is.
    init(_ bases: [[PictureSource: String]]) {
        self.bases = bases.reduce(into: [:]) { all, own in all.merge(own) { first, _ in first } }
    }

    func base(of source: PictureSource) -> String { bases[source] ?? source.documentedBase }

    /// Lets the body fetch; everything is closed when it ends, however it does.
    func connected(isolation: isolated (any Actor)? = #isolation, _ body: (Connection) async -> Void) async throws {
        var configuration = HTTPClient.Configuration()
        // A redirect would let the source choose an address, also one inside the operator's network.
        configuration.redirectConfiguration = .disallow
        // Nothing is unpacked, so nothing grows beyond what was counted.
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        // A source that refuses is told to the page at once, as a failure that is remembered.
        configuration.connectionPool.retryConnectionEstablishment = false
        try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            await body(Connection(sources: self, client: client))
        }
    }

    /// What fetches from them as long as `connected` lasts.
    struct Connection: Sendable {
        fileprivate let sources: ImageSources
        fileprivate let client: HTTPClient

        /// The bytes of a picture, at most so many and within that time.
        func bytes(
            of key: PictureKey,
            limit: Int,
            within time: Duration
        ) async throws(ImageFailure) -> ByteBuffer {
            do {
                return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
                    group.addTask { try await read(key, limit: limit) }
                    // The client's own deadline ends with the head; a body may come a byte a second.
                    group.addTask {
                        try await Task.sleep(for: time)
                        throw ImageFailure.unreachable(reason: "it takes too long")
                    }
                    defer { group.cancelAll() }
                    guard let bytes = try await group.next() else { throw CancellationError() }
                    return bytes
                }
            } catch let failure as ImageFailure {
                throw failure
            } catch {
                throw .unreachable(reason: "\(error)")
            }
        }

        private func read(_ key: PictureKey, limit: Int) async throws -> ByteBuffer {
            var request = HTTPClientRequest(url: sources.base(of: key.source) + key.path)
            request.headers.add(name: "User-Agent", value: "streamvibes")
            let response = try await client.execute(request, deadline: .distantFuture)
            switch response.status.code {
            case 200: break
            case 404, 410: throw ImageFailure.unknown
            case 408, 429, 500...599: throw ImageFailure.unreachable(reason: "it answers \(response.status.code)")
            // Of this picture alone: storage that nobody may list answers 403 for what it does not have.
            default: throw ImageFailure.unusable(reason: "it answers \(response.status.code)")
            }
            let tooLarge = ImageFailure.unusable(reason: "more than \(limit) bytes")
            let told = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
            guard told <= limit else { throw tooLarge }
            var bytes = ByteBuffer()
            for try await part in response.body {
                // A body that is not read to its end closes its connection.
                guard bytes.readableBytes + part.readableBytes <= limit else { throw tooLarge }
                bytes.writeImmutableBuffer(part)
            }
            return bytes
        }
    }
}
