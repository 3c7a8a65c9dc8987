import Glibc

/// A file held open, read and written in pieces; it is closed with its last holder.
final class OpenFile {
    /// What is held in memory at a time, however large the file is.
    static let pieceSize = 256 * 1024

    let path: String
    private let descriptor: CInt

    init(_ path: String, _ flags: CInt, mode: mode_t = 0o600) throws(FileFault) {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileFault(path) }
    }

    deinit {
        close(descriptor)
    }

    /// A new file, refused where there is one already.
    static func new(_ path: String) throws(FileFault) -> OpenFile {
        try OpenFile(path, O_RDWR | O_CREAT | O_EXCL)
    }

    /// A file without a name, which goes with its holder.
    static func nameless(beside path: String) throws(FileFault) -> OpenFile {
        let name = "\(path).list"
        unlink(name)
        let file = try new(name)
        unlink(name)
        return file
    }

    /// What is known of it besides its bytes.
    func status() throws(FileFault) -> (size: Int64, isPlain: Bool) {
        guard let status = FileStatus(of: descriptor) else { throw FileFault(path) }
        return (Int64(status.size), status.kind == .file)
    }

    /// Whether nobody else holds the file's lock; ours from then on, until the file is closed.
    func lock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Fills the buffer as far as the file goes and returns how many bytes that were.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        var count = 0
        while count < buffer.count {
            let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw FileFault(path) }
            guard got > 0 else { break }
            count += got
        }
        return count
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FileFault) {
        var count = 0
        while count < bytes.count {
            let put = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: count), bytes.count - count)
            if put < 0, errno == EINTR { continue }
            guard put > 0 else { throw FileFault(path) }
            count += put
        }
    }

    func write(_ bytes: [UInt8]) throws(FileFault) {
        do {
            try bytes.withUnsafeBytes { try write($0) }
        } catch let fault as FileFault {
            throw fault
        } catch {
            throw FileFault(path: path, reason: "\(error)")
        }
    }

    func rewind() throws(FileFault) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileFault(path) }
    }

    func empty() throws(FileFault) {
        guard ftruncate(descriptor, 0) == 0 else { throw FileFault(path) }
        try rewind()
    }

    /// Returns when the bytes are on the disk.
    func sync() throws(FileFault) {
        guard fsync(descriptor) == 0 else { throw FileFault(path) }
    }

    /// Returns when the names in a folder are on the disk.
    static func syncFolder(_ path: String) throws(FileFault) {
        try OpenFile(path, O_RDONLY | O_DIRECTORY).sync()
    }
}

/// What the system said about a file.
struct FileFault: Error, Equatable, CustomStringConvertible {
    let path: String
    let reason: String

    init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// The last call's fault.
    init(_ path: String) {
        self.init(path: path, reason: String(cString: strerror(errno)))
    }

    var description: String { "\(path): \(reason)" }
}
