import Crypto

/// Reads an archive from its beginning to its end, once.
struct TarReader {
    private let file: OpenFile
    private let length: Int64
    private var unread: Int64 = 0
    private var padding = 0

    init(_ file: OpenFile) throws(FileFault) {
        self.file = file
        length = try file.status().size
    }

    /// The next entry; `nil` at the end of the archive, which must be there.
    mutating func next() throws -> TarHeader? {
        try take(Int(unread) + padding) { _ in }
        (unread, padding) = (0, 0)
        guard var header = try TarHeader(try bytes(TarHeader.blockSize)) else {
            try expectEnd()
            return nil
        }
        if header.kind == .records {
            guard header.size <= TarHeader.recordsLimit else { throw BackupFault("pax records that are too long") }
            let records = try bytes(Int(header.size))
            _ = try bytes(TarHeader.padding(after: header.size))
            guard let described = try TarHeader(try bytes(TarHeader.blockSize)), described.kind == .file else {
                throw BackupFault("pax records with no entry after them")
            }
            header = described
            try header.apply(records: records)
        }
        // Whatever a header says, there is not more than the file has.
        guard header.size <= length else { throw BackupFault("it is cut off") }
        (unread, padding) = (header.size, TarHeader.padding(after: header.size))
        return header
    }

    /// Hands out the current entry's bytes in pieces and returns their checksum.
    mutating func content(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> SHA256.Digest {
        var hash = SHA256()
        try take(Int(unread)) { piece in
            hash.update(bufferPointer: piece)
            try body(piece)
        }
        unread = 0
        return hash.finalize()
    }

    /// After the first empty block there is another, and nothing else.
    private func expectEnd() throws {
        var blocks = 1
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: TarHeader.blockSize, alignment: 16)
        defer { buffer.deallocate() }
        while case let count = try file.read(into: buffer), count > 0 {
            guard count == buffer.count, buffer.allSatisfy({ $0 == 0 }) else {
                throw BackupFault("something after the end of the archive")
            }
            blocks += 1
        }
        guard blocks >= 2 else { throw BackupFault("it is cut off") }
    }

    private func bytes(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try take(count) { bytes += $0 }
        return bytes
    }

    private func take(_ count: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard count > 0 else { return }
        let size = min(count, OpenFile.pieceSize)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        var left = count
        while left > 0 {
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(left, size)])
            guard try file.read(into: piece) == piece.count else { throw BackupFault("it is cut off") }
            try body(UnsafeRawBufferPointer(piece))
            left -= piece.count
        }
    }
}

/// Why a file is no backup that can be restored.
struct BackupFault: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
