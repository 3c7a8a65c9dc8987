import Glibc
import NIOCore
import Synchronization

/// Pictures in a folder, within a limit; what was used longest ago leaves first.
///
/// Calls block on the disk, so they stay off the threads that everybody shares. What else lies in the folder is neither
/// read nor counted nor removed.
final class ImageCache: Sendable {
    /// What a file takes at least, so that a limit in bytes is one in files too.
    static let blockSize = 4096

    let folder: String
    let bytesLimit: Int
    private let index = Mutex(CacheIndex())

    init(folder: String, bytesLimit: Int = 256 << 20) {
        self.folder = folder
        self.bytesLimit = bytesLimit
    }

    /// What the pictures take on the disk.
    var bytes: Int { index.withLock { $0.bytes } }

    /// Makes the folder, or finds what an earlier server left in it.
    func open() throws(ImageCacheError) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw .last(folder) }
        guard let listing = opendir(folder) else { throw .last(folder) }
        defer { closedir(listing) }
        var found: [(key: PictureKey, size: Int, lastUse: Int64)] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            // Half a picture: the last server ended while it wrote.
            if name.hasSuffix(PictureKey.unfinished),
                PictureKey(fileName: String(name.dropLast(PictureKey.unfinished.count))) != nil
            {
                unlink("\(folder)/\(name)")
            }
            guard let key = PictureKey(fileName: name), let status = status(of: key) else { continue }
            found.append((key, status.size, lastUse: status.changedAt))
        }
        found.sort { $0.lastUse < $1.lastUse }
        index.withLock { index in
            for file in found { index.add(file.key, bytes: Self.bytesOnDisk(file.size)) }
            makeRoom(for: 0, in: &index)
        }
    }

    /// A picture that is kept, which is its newest use now.
    ///
    /// `nil` when it is not kept or is no picture any more; then its place is free.
    func image(of key: PictureKey) -> RasterImage? {
        let isKept = index.withLock { index in
            index.use(key)
            return index.has(key)
        }
        guard isKept else { return nil }
        guard let picture = content(of: key).flatMap({ RasterImage($0) }) else {
            index.withLock { index in
                index.remove(key)
                unlink(path(of: key))
            }
            return nil
        }
        return picture
    }

    /// Keeps a picture, whole or not at all.
    ///
    /// Two writers of the same one must not meet.
    func keep(_ picture: RasterImage, of key: PictureKey) throws(ImageCacheError) {
        let size = Self.bytesOnDisk(picture.bytes.readableBytes)
        guard size <= bytesLimit else { return }
        // Counted before it is written, so that the folder never holds more than the limit.
        index.withLock { index in
            index.remove(key)
            makeRoom(for: size, in: &index)
            index.reserve(size)
        }
        let draft = path(of: key) + PictureKey.unfinished
        do throws(ImageCacheError) {
            try Self.write(picture.bytes.readableBytesView, to: draft)
            guard rename(draft, path(of: key)) == 0 else { throw .last(folder) }
        } catch {
            unlink(draft)
            index.withLock { $0.release(size) }
            throw error
        }
        index.withLock { index in
            index.release(size)
            index.add(key, bytes: size)
        }
    }

    // MARK: Steps

    private func path(of key: PictureKey) -> String { "\(folder)/\(key.fileName)" }

    private static func bytesOnDisk(_ size: Int) -> Int { (max(size, 1) + blockSize - 1) / blockSize * blockSize }

    private func makeRoom(for added: Int, in index: inout CacheIndex) {
        while index.bytes + added > bytesLimit, let oldest = index.removeOldest() {
            unlink(path(of: oldest))
        }
    }

    /// What the disk says about a picture's file; `nil` where something else has its name.
    private func status(of key: PictureKey) -> FileStatus? {
        // A link is not followed: what lies elsewhere is not ours.
        let status = FileStatus(at: path(of: key), followingLinks: false)
        return status?.kind == .file ? status : nil
    }

    private func content(of key: PictureKey) -> ByteBuffer? {
        // Somebody may have put a pipe in the file's place, and opening one waits.
        let descriptor = Glibc.open(path(of: key), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard let status = FileStatus(of: descriptor), status.kind == .file,
            (1...RasterImage.sizeLimit).contains(status.size)
        else { return nil }
        // After a restart the file's date is the order.
        futimens(descriptor, nil)
        let size = status.size
        var content = ByteBufferAllocator().buffer(capacity: size)
        while content.readableBytes < size {
            let left = size - content.readableBytes
            let count = content.writeWithUnsafeMutableBytes(minimumWritableBytes: left) { space in
                max(0, read(descriptor, space.baseAddress, left))
            }
            guard count > 0 else { return nil }
        }
        return content
    }

    private static func write(_ content: ByteBufferView, to path: String) throws(ImageCacheError) {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .last(path) }
        defer { close(descriptor) }
        var rest = content
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw .last(path) }
            rest = rest.dropFirst(count)
        }
        // A name must not reach the disk before its bytes do.
        guard fsync(descriptor) == 0 else { throw .last(path) }
    }
}

/// Why pictures are not kept; they are served all the same.
struct ImageCacheError: Error, Equatable, CustomStringConvertible {
    let path: String
    let reason: String

    /// What the last system call said.
    static func last(_ path: String) -> ImageCacheError {
        ImageCacheError(path: path, reason: String(cString: strerror(errno)))
    }

    var description: String { "\(path): \(reason)" }
}
