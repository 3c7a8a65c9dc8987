import Glibc

/// Reads the folder of a package from the disk.
///
/// Names that begin with a dot are an editor's or a version control's business and are left out. Links are refused: in
/// a folder that a stranger sent, one could make any file of this machine a part of the package.
struct PackageFolder {
    private var faults: [PackageFault] = []
    private var contents: [String: [UInt8]] = [:]
    private var bytesRead = 0

    /// The files of a folder.
    static func files(at path: String) throws(PackageError) -> PackageFiles {
        let name = lastName(of: path)
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PackageError(PackageFault(name, "a folder that can be read wanted")) }
        var folder = PackageFolder()
        folder.read(descriptor, prefix: "")
        guard folder.faults.isEmpty else { throw PackageError(folder.faults) }
        return PackageFiles(folder: name, contents: folder.contents)
    }

    /// The bytes of one file, or `nil` where it cannot be read or is larger than allowed.
    static func bytes(ofFile path: String, limit: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return read(descriptor, limit: limit)
    }

    static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        }
    }

    /// The folder's own name, also when it is given as `.`.
    private static func lastName(of path: String) -> String {
        guard let whole = realpath(path, nil) else { return path }
        defer { free(whole) }
        return String(cString: whole).split(separator: "/").last.map(String.init) ?? path
    }

    /// Takes the descriptor over.
    private mutating func read(_ descriptor: Int32, prefix: String) {
        guard let folder = fdopendir(descriptor) else {
            close(descriptor)
            return refuse(prefix, "a folder that can be read wanted")
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = Self.name(of: entry)
            if !name.hasPrefix(".") { names.append(name) }
        }
        for name in names.sorted() { read(name, in: dirfd(folder), path: prefix + name) }
    }

    private mutating func read(_ name: String, in folder: Int32, path: String) {
        if let fault = PackagePath.fault(of: path) { return refuse(path, fault) }
        guard let status = FileStatus(named: name, in: folder) else {
            return refuse(path, "a file that can be read wanted")
        }
        // Neither a link nor a pipe is opened: the one leads elsewhere, the other waits for ever.
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        switch status.kind {
        case .folder:
            let descriptor = openat(folder, name, flags | O_DIRECTORY)
            guard descriptor >= 0 else { return refuse(path, "a folder that can be read wanted") }
            read(descriptor, prefix: path + "/")
        case .file:
            let descriptor = openat(folder, name, flags)
            guard descriptor >= 0 else { return refuse(path, "a file that can be read wanted") }
            defer { close(descriptor) }
            take(descriptor, path)
        case .link, .other: refuse(path, "a link or a special file, a regular one wanted")
        }
    }

    private mutating func take(_ descriptor: Int32, _ path: String) {
        guard contents.count < PackageFiles.countLimit else {
            if !faults.contains(where: { $0.file == "." }) {
                refuse(".", "more than \(PackageFiles.countLimit) files given, at most that many wanted")
            }
            return
        }
        guard let bytes = Self.read(descriptor, limit: PackageFiles.bytesLimit - bytesRead) else {
            return refuse(path, "with it the package has more than \(PackageFiles.bytesLimit) bytes")
        }
        bytesRead += bytes.count
        contents[path] = bytes
    }

    private mutating func refuse(_ path: String, _ message: String) {
        faults.append(PackageFault(path.isEmpty ? "." : ShownText.of(path), message))
    }

    private static func read(_ descriptor: Int32, limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0, bytes.count + count <= limit else { return nil }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}
