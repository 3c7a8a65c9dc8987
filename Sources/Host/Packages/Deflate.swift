import CZlib

/// The compression of zip archives and of what browsers are sent, by the system's zlib.
enum Deflate {
    enum Failure: Error {
        /// It unpacks to more than was allowed; nothing beyond that was kept.
        case tooLarge
        /// It is no deflate stream, or bytes follow its end.
        case broken
    }

    private static let chunkBytes = 65_536
    // Negative: a bare stream, as archives hold it, without zlib's own header.
    private static let rawWindowBits: Int32 = -15
    // 16 more: with the header and the checksum of gzip (RFC 1952).
    private static let gzipWindowBits: Int32 = 15 + 16

    /// Unpacks at most so many bytes.
    static func inflate(_ input: ArraySlice<UInt8>, limit: Int) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, rawWindowBits, ZLIB_VERSION, size) == Z_OK else { throw .broken }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        let result = input.withUnsafeBufferPointer { input in
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(input.count)
            return run(&output, limit: limit, of: &stream) { CZlib.inflate(&$0, Z_NO_FLUSH) }
        }
        guard output.count <= limit else { throw .tooLarge }
        guard result == Z_STREAM_END, stream.avail_in == 0 else { throw .broken }
        return output
    }

    /// Packs as tightly as zlib can.
    static func deflate(_ input: [UInt8]) -> [UInt8] {
        pack(input, Z_BEST_COMPRESSION, rawWindowBits)
    }

    /// Packs as browsers unpack it, `Content-Encoding: gzip`.
    static func gzip(_ input: [UInt8]) -> [UInt8] {
        pack(input, Z_DEFAULT_COMPRESSION, gzipWindowBits)
    }

    private static func pack(_ input: [UInt8], _ level: Int32, _ bits: Int32) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard
            deflateInit2_(&stream, level, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
        else { preconditionFailure("zlib has no memory") }
        defer { deflateEnd(&stream) }
        var output: [UInt8] = []
        _ = input.withUnsafeBufferPointer { input in
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(input.count)
            return run(&output, limit: .max, of: &stream) { CZlib.deflate(&$0, Z_FINISH) }
        }
        return output
    }

    static func checksum(_ bytes: some Collection<UInt8>) -> UInt32 {
        let sum = bytes.withContiguousStorageIfAvailable {
            UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
        }
        return sum ?? checksum(Array(bytes))
    }

    /// Steps until the stream ends, errs or passes the limit; a step that yields nothing is the end of the input.
    private static func run(
        _ output: inout [UInt8],
        limit: Int,
        of stream: inout z_stream,
        step: (inout z_stream) -> Int32
    ) -> Int32 {
        var chunk = [UInt8](repeating: 0, count: chunkBytes)
        while true {
            let (result, written) = chunk.withUnsafeMutableBufferPointer { chunk in
                stream.next_out = chunk.baseAddress
                stream.avail_out = UInt32(chunk.count)
                let result = step(&stream)
                return (result, chunk.count - Int(stream.avail_out))
            }
            output += chunk[..<written]
            guard result == Z_OK, output.count <= limit, written > 0 else { return result }
        }
    }
}
