import Glibc
import WidgetAPI

/// Uploaded files on the disk, each named by its id.
///
/// A file is there whole or not at all, also after a power cut: it is written under another name, flushed, and renamed.
/// Calls block on the disk, so they stay off the threads that everybody shares.
struct FileFolder: Sendable {
    private static let unfinished = ".part"

    let path: String

    /// Makes the folder when it is missing.
    func open() throws(FileError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last }
    }

    /// Keeps the bytes under that id.
    func write(_ bytes: [UInt8], as id: StoredFile.ID) throws(FileError) {
        try open()
        let draft = place(of: id) + Self.unfinished
        do throws(FileError) {
            try Self.write(bytes, to: draft)
            guard rename(draft, place(of: id)) == 0 else { throw .last }
            try flush()
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// The file of that id, to be read in pieces, or `nil`.
    func file(_ id: StoredFile.ID) -> SentFile? {
        SentFile(at: place(of: id))
    }

    /// The bytes of that id, or `nil`.
    func read(_ id: StoredFile.ID) -> [UInt8]? {
        let descriptor = Glibc.open(place(of: id), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard let size = FileStatus(of: descriptor)?.size, size <= StoredFile.sizeLimit else { return nil }
        var isWhole = true
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { break }
                count += got
            }
            isWhole = count == size
        }
        return isWhole ? bytes : nil
    }

    /// Frees the place of that id; nothing happens when it is free.
    func remove(_ id: StoredFile.ID) {
        unlink(place(of: id))
    }

    /// Removes whatever is not named by one of these ids: what an earlier server began, or did not finish deleting.
    ///
    /// - Returns: how many there were.
    func sweep(keeping ids: Set<String>) -> Int {
        guard let listing = opendir(path) else { return 0 }
        defer { closedir(listing) }
        var strays: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != "..", !ids.contains(name) { strays.append(name) }
        }
        for name in strays { unlink("\(path)/\(name)") }
        return strays.count
    }

    // MARK: Steps

    /// Ids come from our own rows alone, so they name no other folder.
    private func place(of id: StoredFile.ID) -> String { "\(path)/\(id.text)" }

    private static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw .last }
    }

    /// A new name is on the disk when its folder is.
    private func flush() throws(FileError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last }
    }
}

extension FileError {
    /// What the last call to the system said.
    fileprivate static var last: FileError { .unwritable(String(cString: strerror(errno))) }
}
