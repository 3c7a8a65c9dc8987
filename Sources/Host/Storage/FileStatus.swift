import CKernel

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

    private let status: kernel_file_status

    /// Of an open file.
    init?(of descriptor: CInt) {
        var status = kernel_file_status()
        guard kernel_status_of(descriptor, &status) == 0 else { return nil }
        self.status = status
    }

    /// Of what stands at a path; of where it leads when it is a link and links are followed.
    init?(at path: String, followingLinks: Bool) {
        var status = kernel_file_status()
        guard kernel_status_at(path, followingLinks, &status) == 0 else { return nil }
        self.status = status
    }

    /// Of what has that name in an open folder; a link is not followed.
    init?(named name: String, in folder: CInt) {
        var status = kernel_file_status()
        guard kernel_status_in(folder, name, &status) == 0 else { return nil }
        self.status = status
    }

    var kind: Kind {
        switch status.kind {
        case KERNEL_FILE: .file
        case KERNEL_FOLDER: .folder
        case KERNEL_LINK: .link
        default: .other
        }
    }

    /// Bytes.
    var size: Int { Int(status.size) }

    /// Who may do what; the lowest nine bits.
    var permissions: UInt32 { status.permissions }

    /// The last change of its bytes, nanoseconds since 1970.
    var changedAt: Int64 { status.changed_at }

    /// Whether nobody, root neither, can give what stands at a path another name: a mount point, or marked immutable.
    ///
    /// A mount of a folder on its own disk is one too. `false` where nothing is, or where the kernel does not tell
    /// (mount points: Linux before 5.8).
    static func isPinned(_ path: String) -> Bool { kernel_is_pinned(path) }
}
