// C's `stat` belongs to the module that was loaded first, and which one that is depends on what is compiled beside it.
// This is the one file that names it, and it imports both.
import CDispatch
import Glibc

/// What the kernel knows of a file besides its bytes (stat(2)).
///
/// An initializer that gives `nil` leaves the reason in `errno`.
struct FileStatus {
    enum Kind {
        case file
        case folder
        case link
        /// A pipe, a socket, a device.
        case other
    }

    let kind: Kind
    /// Bytes.
    let size: Int
    /// Who may do what; the lowest nine bits.
    let permissions: UInt32
    /// The last change of its bytes, nanoseconds since 1970.
    let changedAt: Int

    /// Of an open file.
    init?(of descriptor: CInt) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Of what stands at a path; of where it leads when it is a link and links are followed.
    init?(at path: String, followingLinks: Bool) {
        var status = stat()
        guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        self.init(status)
    }

    /// Of what has that name in an open folder; a link is not followed.
    init?(named name: String, in folder: CInt) {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        size = Int(status.st_size)
        permissions = UInt32(status.st_mode & 0o777)
        changedAt = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }
}
