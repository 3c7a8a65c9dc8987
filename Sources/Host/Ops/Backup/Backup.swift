import Glibc
import WidgetAPI

/// Writes everything that a host keeps into one file, while it runs.
struct Backup {
    let directory: DataDirectory
    let databasePath: String
    let program: String

    /// What became of it.
    struct Result: Equatable {
        var entries: Int
        var bytes: Int64
        var schema: Int
        /// Places in the data dir that are neither file nor folder, and were left out.
        var leftOut: [String]
    }

    private var stage: String { "\(directory.path)/backup.staging" }

    /// Writes the file; it is there whole and on the disk, or not at all.
    ///
    /// - Throws: `FileFault` when the disk refuses, `StorageError` when the database does, `BackupRefusal` when the
    ///   file or another backup is there already.
    func write(to target: String, now: Timestamp) throws -> Result {
        // Looked at now because it takes long to find out at the end; what counts is the look at the end.
        guard FileTree.kind(target) == .nothing else { throw BackupRefusal.exists }
        guard let folder = try directory.lock(for: .backup) else { throw BackupRefusal.running }
        // Held to the end: what is written meanwhile has one place in the data dir.
        defer { withExtendedLifetime(folder) {} }
        let lock = try OpenFile("\(target).part", O_RDWR | O_CREAT)
        guard lock.lock() else { throw BackupRefusal.running }
        try lock.empty()
        defer {
            unlink("\(target).part")
            try? FileTree.remove("\(target).database")
            try? FileTree.remove(stage)
        }
        try FileTree.remove(stage)
        try FileTree.remove("\(target).database")
        guard mkdir(stage, 0o700) == 0 else { throw FileFault(stage) }

        // A file that is linked here stays whatever is deleted meanwhile; those that came with the newest rows are
        // linked after the copy of the rows.
        var leftOut = try link()
        try SQLiteFile(path: databasePath).copy(to: "\(target).database")
        leftOut = try link()

        let result = try pack(into: lock, rows: "\(target).database", now: now)
        try publish(target)
        return Result(
            entries: result.entries,
            bytes: try lock.status().size,
            schema: result.schema,
            leftOut: leftOut
        )
    }

    private func link() throws -> [String] {
        var leftOut: [String] = []
        for folder in BackupManifest.folders {
            let (source, target) = ("\(directory.path)/\(folder)", "\(stage)/\(folder)")
            leftOut += try FileTree.eachFile(below: source) { place in
                if let slash = place.lastIndex(of: "/") {
                    try FileTree.make("\(folder)/\(place[..<slash])"[...], below: stage)
                } else {
                    try FileTree.make(folder[...], below: stage)
                }
                try Self.link("\(source)/\(place)", "\(target)/\(place)")
            }.map { "\(folder)/\($0)" }
        }
        return leftOut
    }

    private static func link(_ source: String, _ target: String) throws {
        if linkat(AT_FDCWD, source, AT_FDCWD, target, AT_SYMLINK_FOLLOW) == 0 { return }
        switch errno {
        // Linked before, or deleted since its name was read.
        case EEXIST, ENOENT: return
        // A disk that knows no links, or a package that lies on another one: a copy does as well.
        case EXDEV, EPERM, EMLINK, EOPNOTSUPP: try copy(source, target)
        default: throw FileFault(source)
        }
    }

    private static func copy(_ source: String, _ target: String) throws {
        guard let from = try? OpenFile(source, O_RDONLY) else { return }
        let to = try OpenFile.new(target)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: OpenFile.pieceSize, alignment: 16)
        defer { buffer.deallocate() }
        while case let count = try from.read(into: buffer), count > 0 {
            try to.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private func pack(into file: OpenFile, rows: String, now: Timestamp) throws -> (entries: Int, schema: Int) {
        guard let schema = try SQLiteFile(path: rows).schema() else { throw BackupRefusal.noDatabase }
        var tar = try TarWriter(file, modified: now.milliseconds / 1000)
        let manifest = BackupManifest(schema: schema, createdAt: now.iso8601, program: program)
        try tar.append(BackupManifest.name, manifest.bytes)
        try tar.append(BackupManifest.database, from: OpenFile(rows, O_RDONLY))
        for folder in BackupManifest.folders {
            try FileTree.eachFile(below: "\(stage)/\(folder)") { place in
                try tar.append("\(folder)/\(place)", from: OpenFile("\(stage)/\(folder)/\(place)", O_RDONLY))
            }
        }
        try tar.finish()
        try file.sync()
        return (tar.entries, schema)
    }

    /// Gives the finished file its name; never another's.
    private func publish(_ target: String) throws {
        // Unlike a rename, a link replaces nothing.
        if Glibc.link("\(target).part", target) != 0 {
            guard errno != EEXIST else { throw BackupRefusal.exists }
            // Not every file system knows links; one more look has to do there.
            guard errno == EPERM || errno == EOPNOTSUPP, FileTree.kind(target) == .nothing,
                rename("\(target).part", target) == 0
            else { throw FileFault(target) }
        }
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "."
        try OpenFile.syncFolder(folder)
    }
}

/// Why a backup is not begun.
enum BackupRefusal: Error, Equatable {
    /// There is something under that name.
    case exists
    /// Another backup of this folder, or into this file, is being written.
    case running
    /// Nothing has been kept here yet.
    case noDatabase
}
