import Crypto
import Glibc

/// Writes an archive entry by entry and keeps the checksums, which end it.
///
/// The last entry has a line per entry before it, as `sha256sum --check` reads them: whoever has nothing but `tar` can
/// see that all of it is whole.
struct TarWriter {
    /// The name of the last entry.
    static let checksums = "SHA256SUMS"

    private let file: OpenFile
    /// Many files make a long list, so it is not kept in memory.
    private let list: OpenFile
    private let modified: Int64
    private(set) var entries = 0

    init(_ file: OpenFile, modified: Int64) throws {
        (self.file, self.modified) = (file, modified)
        list = try OpenFile.nameless(beside: file.path)
    }

    mutating func append(_ name: String, _ bytes: [UInt8]) throws {
        try file.write(TarHeader(name: name, size: Int64(bytes.count), modified: modified).blocks())
        try file.write(bytes)
        try end(name, size: Int64(bytes.count), SHA256.hash(data: bytes))
    }

    /// Copies a file that nobody makes shorter meanwhile.
    mutating func append(_ name: String, from source: OpenFile) throws {
        let size = try source.status().size
        try file.write(TarHeader(name: name, size: size, modified: modified).blocks())
        let digest = try copy(source, size)
        try end(name, size: size, digest)
    }

    /// Writes the checksums and the two empty blocks that end an archive.
    mutating func finish() throws {
        let size = try list.status().size
        try list.rewind()
        try file.write(TarHeader(name: Self.checksums, size: size, modified: modified).blocks())
        _ = try copy(list, size)
        try file.write([UInt8](repeating: 0, count: TarHeader.padding(after: size) + 2 * TarHeader.blockSize))
    }

    private func copy(_ source: OpenFile, _ size: Int64) throws -> SHA256.Digest {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: OpenFile.pieceSize, alignment: 16)
        defer { buffer.deallocate() }
        var hash = SHA256()
        var left = size
        while left > 0 {
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(left, Int64(buffer.count)))])
            let count = try source.read(into: piece)
            guard count == piece.count else {
                throw FileFault(path: source.path, reason: "it became shorter while it was copied")
            }
            hash.update(bufferPointer: UnsafeRawBufferPointer(piece))
            try file.write(UnsafeRawBufferPointer(piece))
            left -= Int64(count)
        }
        return hash.finalize()
    }

    private mutating func end(_ name: String, size: Int64, _ digest: SHA256.Digest) throws {
        try file.write([UInt8](repeating: 0, count: TarHeader.padding(after: size)))
        try list.write(Array(ChecksumLine.text(digest, name).utf8))
        entries += 1
    }
}

/// One line of the list of checksums.
enum ChecksumLine {
    static func text(_ digest: SHA256.Digest, _ name: String) -> String {
        let digits = digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return "\(digits)  \(name)\n"
    }
}
