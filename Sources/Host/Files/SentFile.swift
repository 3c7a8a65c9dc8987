import Glibc
import NIOCore

/// An uploaded file that is being sent; who reads slowly holds this and not its bytes.
final class SentFile: Sendable {
    /// Bytes that are read at a time.
    static let pieceSize = 65_536

    private let descriptor: CInt
    let size: Int

    /// Opens the file at that path, or nothing.
    init?(at path: String) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        guard let size = FileStatus(of: descriptor)?.size, size <= StoredFile.sizeLimit else {
            close(descriptor)
            return nil
        }
        (self.descriptor, self.size) = (descriptor, size)
    }

    deinit {
        close(descriptor)
    }

    /// The bytes from that place on, at most a piece; `nil` when they cannot be read.
    func piece(at offset: Int) -> ByteBuffer? {
        let wanted = min(Self.pieceSize, size - offset)
        var buffer = ByteBufferAllocator().buffer(capacity: wanted)
        while buffer.readableBytes < wanted {
            let place = offset + buffer.readableBytes
            let got = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted - buffer.readableBytes) { room in
                max(0, pread(descriptor, room.baseAddress, min(room.count, offset + wanted - place), off_t(place)))
            }
            guard got > 0 else { return nil }
        }
        return buffer
    }
}
