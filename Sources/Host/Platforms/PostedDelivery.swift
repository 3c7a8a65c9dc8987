import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// What a platform has posted: its body, and its headers by name.
struct PostedDelivery: Sendable {
    /// Bytes of the largest body that is read.
    static let bodyLimit = 1 << 20
    /// Names that intakes ask for, a dozen in all; they are looked up for every delivery, so each is made once.
    private static let names = Mutex<[String: HTTPField.Name]>([:])

    let body: ByteBuffer
    private let headers: HTTPFields

    /// - Throws: an `HTTPResponseError` with 413 when the body is too large, which is logged.
    init(_ request: Request, from platform: Platform, _ logger: Logger) async throws {
        headers = request.headers
        do {
            body = try await request.body.collect(upTo: Self.bodyLimit)
        } catch let error as any HTTPResponseError {
            Self.logRefusal("larger than 1 MiB", of: platform, logger)
            throw error
        }
    }

    /// The value of the header of that name, whatever its case.
    func header(_ name: String) -> String? {
        let known = Self.names.withLock { names in
            if names[name] == nil { names[name] = HTTPField.Name(name) }
            return names[name]
        }
        return known.flatMap { headers[$0] }
    }

    /// Says once, in the log, that a delivery was not what it should be; of storage and platforms that are away their
    /// own places speak.
    static func logRefusal(_ reason: String, of platform: Platform, _ logger: Logger) {
        logger.warning("a \(platform.title) delivery was refused", metadata: ["reason": "\(reason)"])
    }
}
