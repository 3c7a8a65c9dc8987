import Crypto
import Glibc

/// Unpacks a backup beside what is in use and looks at all of it before anything changes.
struct RestoreStage {
    let swap: RestoreSwap
    let plan: RestoreSwap.Plan
    /// The newest schema step that this program knows.
    let knownSchema: Int

    /// The longest name of an entry, and of a part of it (Linux: PATH_MAX, NAME_MAX).
    private static let nameLimit = 4096
    private static let partLimit = 255
    private static let manifestLimit: Int64 = 65_536
    /// How much of two lists of checksums is compared line by line, to name the entry that differs.
    private static let listLimit: Int64 = 1 << 24

    /// Unpacks and checks.
    ///
    /// - Throws: `BackupFault` when the file is no whole backup that this version can use, `FileFault` when the disk
    ///   refuses.
    func fill(from file: OpenFile) throws -> BackupManifest {
        try swap.begin(plan)
        let manifest = try unpack(file)
        try check(manifest)
        for folder in BackupManifest.folders { try FileTree.sync("\(swap.stage)/\(folder)") }
        return manifest
    }

    private func unpack(_ file: OpenFile) throws -> BackupManifest {
        var tar = try TarReader(file)
        guard let first = try tar.next(), first.name == BackupManifest.name, first.size <= Self.manifestLimit else {
            throw BackupFault("its first entry is not \(BackupManifest.name)")
        }
        let list = try OpenFile.new("\(swap.stage)/list")
        var bytes: [UInt8] = []
        let digest = try tar.content { bytes += $0 }
        try list.write(Array(ChecksumLine.text(digest, first.name).utf8))
        let manifest = try BackupManifest(reading: bytes)
        guard manifest.schema <= knownSchema else {
            throw BackupFault("schema \(manifest.schema) seen, schema \(knownSchema) or older wanted by this version")
        }
        while let entry = try tar.next() {
            guard entry.name != TarWriter.checksums else {
                try finish(&tar, list)
                return manifest
            }
            let target = try OpenFile.new(try place(of: entry.name))
            let digest = try tar.content { try target.write($0) }
            try target.sync()
            try list.write(Array(ChecksumLine.text(digest, entry.name).utf8))
        }
        throw BackupFault("it is cut off")
    }

    /// Where an entry is unpacked to; a name that is none of ours is refused.
    private func place(of name: String) throws -> String {
        if name == BackupManifest.database {
            guard FileTree.kind(plan.stagedDatabase) == .nothing else { throw BackupFault("two entries \(name)") }
            return plan.stagedDatabase
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && part.utf8.count <= Self.partLimit
                && part.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        }
        guard isPlain, name.utf8.count <= Self.nameLimit, parts.count >= 2, parts.count <= FileTree.depthLimit,
            BackupManifest.folders.contains(String(parts[0]))
        else { throw BackupFault("an entry that leaves its folders: \(Self.quoted(name))") }
        let folder = parts.dropLast().joined(separator: "/")
        for depth in 1..<parts.count {
            let above = "\(swap.stage)/\(parts[..<depth].joined(separator: "/"))"
            guard FileTree.kind(above) == .file else { continue }
            throw BackupFault("an entry below a file: \(Self.quoted(name))")
        }
        try FileTree.make(folder[...], below: swap.stage)
        guard FileTree.kind("\(swap.stage)/\(name)") == .nothing else {
            throw BackupFault("two entries \(Self.quoted(name))")
        }
        return "\(swap.stage)/\(name)"
    }

    /// Compares the list at the end with what was read.
    private func finish(_ tar: inout TarReader, _ list: OpenFile) throws {
        let said = try OpenFile.new("\(swap.stage)/\(TarWriter.checksums)")
        _ = try tar.content { try said.write($0) }
        guard try tar.next() == nil else { throw BackupFault("an entry after \(TarWriter.checksums)") }
        try list.rewind()
        try said.rewind()
        let (read, wanted) = (try Self.lines(list), try Self.lines(said))
        guard read.digest == wanted.digest else {
            let index = zip(read.lines, wanted.lines).prefix { $0 == $1 }.count
            let line = index < read.lines.count ? read.lines[index] : wanted.lines.dropFirst(index).first ?? ""
            throw BackupFault("checksum of \(Self.quoted(String(line.dropFirst(66)))) does not fit: it was changed")
        }
    }

    /// The checksum of a list and, of one that is not too long, its lines.
    private static func lines(_ file: OpenFile) throws -> (digest: SHA256.Digest, lines: [Substring]) {
        let isShort = try file.status().size <= listLimit
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: OpenFile.pieceSize, alignment: 16)
        defer { buffer.deallocate() }
        var hash = SHA256()
        var bytes: [UInt8] = []
        while case let count = try file.read(into: buffer), count > 0 {
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            hash.update(bufferPointer: piece)
            if isShort { bytes += piece }
        }
        return (hash.finalize(), String(decoding: bytes, as: UTF8.self).split(separator: "\n"))
    }

    /// The database is opened by nobody but us yet; what the copy says of itself is not enough.
    private func check(_ manifest: BackupManifest) throws {
        guard FileTree.kind(plan.stagedDatabase) == .file else {
            throw BackupFault("it has no \(BackupManifest.database)")
        }
        let database = SQLiteFile(path: plan.stagedDatabase)
        do {
            guard let schema = try database.schema() else {
                throw BackupFault("its database is none of streamvibes")
            }
            guard schema <= knownSchema else {
                throw BackupFault("schema \(schema) seen, schema \(knownSchema) or older wanted by this version")
            }
            guard schema == manifest.schema else {
                throw BackupFault("its \(BackupManifest.name) names schema \(manifest.schema), its database \(schema)")
            }
            if let fault = try database.fault() { throw BackupFault(fault) }
        } catch let error as StorageError {
            throw BackupFault("its database cannot be read (\(error.reason))")
        }
        for companion in SQLiteFile.companions { unlink(plan.stagedDatabase + companion) }
    }

    /// A stranger's name on one line, and not all of it.
    private static func quoted(_ name: String) -> String {
        let safe = name.unicodeScalars.prefix(120).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }
        return "\"\(safe.joined())\""
    }
}
