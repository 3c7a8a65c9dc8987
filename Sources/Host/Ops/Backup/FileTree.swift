import Glibc

/// A folder with everything below it, walked entry by entry.
enum FileTree {
    /// Folders inside one another; nothing of ours goes so deep, and a loop of mounts would never end.
    static let depthLimit = 16
    /// The end of the names of files that are still being written.
    private static let unfinished = ".part"

    /// What stands under a name.
    enum Kind {
        case file
        case folder
        /// A link to a folder, a socket, a pipe: none of ours.
        case other
        case nothing
    }

    static func kind(_ path: String) -> Kind {
        switch FileStatus(at: path, followingLinks: false)?.kind {
        case .file?: .file
        case .folder?: .folder
        // A package may be a link to where its author keeps it; a linked folder could lead in a circle.
        case .link?: FileStatus(at: path, followingLinks: true)?.kind == .file ? .file : .other
        case .other?: .other
        case nil: .nothing
        }
    }

    /// Calls `visit` with each file below a folder, its place told from there; a missing folder has none.
    ///
    /// - Returns: the places of what is neither file nor folder.
    @discardableResult
    static func eachFile(
        below folder: String,
        at place: String = "",
        depth: Int = 0,
        _ visit: (String) throws -> Void
    ) throws -> [String] {
        guard depth <= depthLimit else { return [place] }
        guard let listing = opendir(place.isEmpty ? folder : "\(folder)/\(place)") else {
            guard errno == ENOENT else { throw FileFault("\(folder)/\(place)") }
            return []
        }
        defer { closedir(listing) }
        var strange: [String] = []
        while let entry = readdir(listing) {
            let name = name(of: entry)
            guard name != ".", name != "..", !name.hasSuffix(unfinished) else { continue }
            let below = place.isEmpty ? name : "\(place)/\(name)"
            switch kind("\(folder)/\(below)") {
            case .file: try visit(below)
            case .folder: strange += try eachFile(below: folder, at: below, depth: depth + 1, visit)
            case .other: strange.append(below)
            case .nothing: break
            }
        }
        return strange
    }

    /// Makes a folder and those above it that are missing, below one that is there.
    static func make(_ place: Substring, below folder: String) throws(FileFault) {
        var path = folder
        for part in place.split(separator: "/") {
            path += "/\(part)"
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileFault(path) }
        }
    }

    /// Removes a folder with everything in it, or a file; nothing happens when it is not there.
    static func remove(_ path: String) throws {
        guard let status = FileStatus(at: path, followingLinks: false) else { return }
        guard status.kind == .folder else {
            guard unlink(path) == 0 || errno == ENOENT else { throw FileFault(path) }
            return
        }
        guard let listing = opendir(path) else { throw FileFault(path) }
        defer { closedir(listing) }
        while let entry = readdir(listing) {
            let name = name(of: entry)
            if name != ".", name != ".." { try remove("\(path)/\(name)") }
        }
        guard rmdir(path) == 0 || errno == ENOENT else { throw FileFault(path) }
    }

    /// The names of everything in a folder, in no order.
    static func names(in folder: String) throws(FileFault) -> [String] {
        guard let listing = opendir(folder) else { throw FileFault(folder) }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = name(of: entry)
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Brings the names in a folder and in all below it to the disk.
    static func sync(_ path: String) throws {
        guard let listing = opendir(path) else { throw FileFault(path) }
        defer { closedir(listing) }
        while let entry = readdir(listing) {
            let name = name(of: entry)
            if name != ".", name != "..", kind("\(path)/\(name)") == .folder { try sync("\(path)/\(name)") }
        }
        try OpenFile.syncFolder(path)
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
