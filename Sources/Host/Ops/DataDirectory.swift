import Glibc

/// The folder that holds everything the host keeps.
struct DataDirectory: Sendable {
    /// The reason when another server has the folder.
    static let inUse = "another server uses it"

    let path: String

    /// Makes the folder, for this user alone, when it is missing.
    init(path: String) throws(DataDirectoryError) {
        self.path = path
        var partial = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            partial += partial.isEmpty || partial.hasSuffix("/") ? String(part) : "/\(part)"
            if mkdir(partial, 0o700) != 0, errno != EEXIST {
                throw DataDirectoryError(path: path, reason: String(cString: strerror(errno)))
            }
        }
    }

    var databasePath: String { "\(path)/streamvibes.sqlite" }

    /// Where installed widget packages are.
    var widgetsPath: String { "\(path)/widgets" }

    /// What one process at a time may do with the folder.
    enum Purpose: String {
        case server, backup, upgrade
    }

    /// Holds the folder until what is returned is let go of; `nil` when another process has it.
    ///
    /// - Throws: when nothing can be written there.
    func lock(for purpose: Purpose) throws(FileFault) -> OpenFile? {
        let file = try OpenFile("\(path)/\(purpose.rawValue).lock", O_RDWR | O_CREAT)
        return file.lock() ? file : nil
    }

    /// Holds the folder for one server; the lock goes with the process, however it ends.
    ///
    /// - Returns: `false` when another server has it.
    /// - Throws: when nothing can be written there.
    func lock() throws(DataDirectoryError) -> Bool {
        let descriptor = open("\(path)/server.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw DataDirectoryError(path: path, reason: String(cString: strerror(errno)))
        }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }
}

/// Why the data dir cannot be used.
struct DataDirectoryError: Error, Equatable, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "data_dir: \"\(path)\" seen, a folder of this server's own wanted (\(reason))" }
}
