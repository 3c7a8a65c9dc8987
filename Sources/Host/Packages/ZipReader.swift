/// Reads the archive of a package: plain zip with one folder of regular files, and nothing that only a hostile one has.
///
/// Nothing the archive says of itself is trusted: what unpacks is counted while it unpacks, every byte belongs to one
/// entry, and both places that name an entry must agree.
struct ZipReader {
    static let bytesLimit = 2 << 20

    /// An entry of the directory at the archive's end.
    private struct Entry {
        let name: [UInt8]
        let flags: UInt16
        let method: UInt16
        let checksum: UInt32
        let packedSize: Int
        let size: Int
        let mode: UInt32
        let offset: Int

        var isFolder: Bool { name.last == UInt8(ascii: "/") }
        var hasDescriptor: Bool { flags & 8 != 0 }
    }

    private static let endSize = 22
    private static let centralSize = 46
    private static let localSize = 30
    // Files, and the folders that hold them.
    private static let entriesLimit = PackageFiles.countLimit + 100

    private let bytes: [UInt8]
    private let archive: String
    private var faults: [PackageFault] = []
    private var contents: [String: [UInt8]] = [:]
    private var folder: Substring?
    private var seen: Set<String> = []
    private var unpackedBytes = 0
    /// Once an entry has not become what it promised, no other is unpacked: a hundred bombs cost what one does.
    private var isBroken = false

    /// The files of an archive; `name` is what its faults call it.
    static func files(in bytes: [UInt8], named name: String) throws(PackageError) -> PackageFiles {
        var reader = ZipReader(bytes: bytes, archive: name)
        try reader.read()
        guard reader.faults.isEmpty else { throw PackageError(reader.faults) }
        guard let folder = reader.folder, !reader.contents.isEmpty else {
            throw PackageError(PackageFault(name, "an empty archive, one folder with a widget wanted"))
        }
        return PackageFiles(folder: String(folder), contents: reader.contents)
    }

    private init(bytes: [UInt8], archive: String) {
        self.bytes = bytes
        self.archive = archive
    }

    private mutating func read() throws(PackageError) {
        guard bytes.count <= Self.bytesLimit else {
            throw broken("\(bytes.count) bytes given, at most \(Self.bytesLimit) wanted")
        }
        let (entries, directory) = try directory()
        try checkCoverage(entries, until: directory)
        for entry in entries { read(entry, before: directory) }
    }

    // MARK: the directory

    /// Every entry, and where the directory begins.
    private func directory() throws(PackageError) -> ([Entry], Int) {
        let end = try endRecord()
        let count = Int(short(end + 10))
        let size = Int(word(end + 12))
        let start = Int(word(end + 16))
        guard short(end + 4) == 0, short(end + 6) == 0, Int(short(end + 8)) == count else {
            throw broken("an archive in several parts, one file wanted")
        }
        guard count != 0xFFFF, size != 0xFFFF_FFFF, start != 0xFFFF_FFFF else {
            throw broken("a zip64 archive, a plain zip wanted")
        }
        guard count <= Self.entriesLimit else {
            throw broken("\(count) entries given, at most \(PackageFiles.countLimit) files wanted")
        }
        guard start + size == end else { throw broken("its directory does not end where the archive ends") }
        var entries: [Entry] = []
        var position = start
        for _ in 0..<count {
            entries.append(try entry(at: &position, before: end))
        }
        guard position == end else { throw broken("its directory holds more than the \(count) entries it names") }
        return (entries, start)
    }

    private func endRecord() throws(PackageError) -> Int {
        var position = bytes.count - Self.endSize
        let first = max(0, position - 0xFFFF)
        while position >= first {
            let reachesEnd = position + Self.endSize + Int(short(position + 20)) == bytes.count
            if word(position) == 0x0605_4B50, reachesEnd { return position }
            position -= 1
        }
        throw broken("no zip archive, what `streamvibes widget pack` writes wanted")
    }

    private func entry(at position: inout Int, before end: Int) throws(PackageError) -> Entry {
        let start = position
        guard start + Self.centralSize <= end, word(start) == 0x0201_4B50 else {
            throw broken("its directory breaks off at byte \(start)")
        }
        let nameEnd = start + Self.centralSize + Int(short(start + 28))
        let extraEnd = nameEnd + Int(short(start + 30))
        position = extraEnd + Int(short(start + 32))
        guard position <= end else { throw broken("its directory breaks off at byte \(start)") }
        let sizes = [word(start + 20), word(start + 24), word(start + 42)]
        guard !sizes.contains(0xFFFF_FFFF), !hasZip64(nameEnd..<extraEnd) else {
            throw broken("a zip64 archive, a plain zip wanted")
        }
        guard short(start + 34) == 0 else { throw broken("an archive in several parts, one file wanted") }
        return Entry(
            name: Array(bytes[(start + Self.centralSize)..<nameEnd]),
            flags: short(start + 8),
            method: short(start + 10),
            checksum: word(start + 16),
            packedSize: Int(sizes[0]),
            size: Int(sizes[1]),
            mode: word(start + 38) >> 16,
            offset: Int(sizes[2])
        )
    }

    private func hasZip64(_ extra: Range<Int>) -> Bool {
        var position = extra.lowerBound
        while position + 4 <= extra.upperBound {
            if short(position) == 0x0001 { return true }
            position += 4 + Int(short(position + 2))
        }
        return false
    }

    /// Every byte before the directory belongs to exactly one entry: two that share bytes are how a small archive
    /// unpacks to petabytes, and bytes of nobody are where another archive hides.
    private func checkCoverage(_ entries: [Entry], until directory: Int) throws(PackageError) {
        var position = 0
        for entry in entries.sorted(by: { $0.offset < $1.offset }) {
            guard entry.offset == position else {
                throw broken("\(shown(entry)): it begins at byte \(entry.offset), byte \(position) wanted")
            }
            guard let data = data(of: entry, before: directory) else {
                throw broken("\(shown(entry)): it does not agree with the archive's directory")
            }
            position = data.endIndex
            if entry.hasDescriptor {
                position += word(position) == 0x0807_4B50 ? 16 : 12
            }
        }
        guard position == directory else { throw broken("bytes that belong to no file, at byte \(position)") }
    }

    /// The packed bytes of an entry, where its own header says the same as the directory.
    private func data(of entry: Entry, before directory: Int) -> ArraySlice<UInt8>? {
        let start = entry.offset
        let nameStart = start + Self.localSize
        guard nameStart <= directory, word(start) == 0x0403_4B50, short(start + 6) == entry.flags,
            short(start + 8) == entry.method, Int(short(start + 26)) == entry.name.count
        else { return nil }
        let dataStart = nameStart + entry.name.count + Int(short(start + 28))
        let dataEnd = dataStart + entry.packedSize
        guard dataEnd <= directory, bytes[nameStart...].starts(with: entry.name) else { return nil }
        if !entry.hasDescriptor {
            guard word(start + 14) == entry.checksum, Int(word(start + 18)) == entry.packedSize,
                Int(word(start + 22)) == entry.size
            else { return nil }
        }
        return bytes[dataStart..<dataEnd]
    }

    // MARK: entries

    private mutating func read(_ entry: Entry, before directory: Int) {
        let shown = shown(entry)
        guard let name = String(validating: entry.name, as: UTF8.self),
            let path = path(of: name, isFolder: entry.isFolder, shown: shown)
        else { return }
        if entry.flags & 0x2041 != 0 { return refuse(shown, "an encrypted entry, a plain one wanted") }
        // The kind of file, as Unix writes it into a mode; archives of other systems have none.
        let kind = entry.mode & 0o170000
        guard kind == 0 || kind == (entry.isFolder ? 0o040000 : 0o100000) else {
            return refuse(shown, "a link or a special file, a regular one wanted")
        }
        if entry.isFolder {
            if entry.size != 0 { refuse(shown, "a folder with bytes of its own, an empty one wanted") }
            return
        }
        guard contents.count < PackageFiles.countLimit else {
            if contents.count == PackageFiles.countLimit, !faults.contains(where: { $0.file == archive }) {
                refuse(archive, "more than \(PackageFiles.countLimit) files given, at most that many wanted")
            }
            return
        }
        guard !isBroken, let data = data(of: entry, before: directory) else { return }
        contents[path] = unpack(entry, data, shown: shown)
        isBroken = contents[path] == nil
    }

    /// The path below the top folder; notes what is wrong with it.
    private mutating func path(of name: String, isFolder: Bool, shown: String) -> String? {
        let whole = isFolder ? String(name.dropLast()) : name
        if let fault = PackagePath.fault(of: whole) {
            refuse(shown, fault)
            return nil
        }
        let parts = whole.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 || isFolder else {
            refuse(shown, "a file beside the top folder, everything in one folder wanted")
            return nil
        }
        if folder == nil { folder = parts.first }
        guard parts.first == folder else {
            refuse(shown, "a second top folder, everything in \"\(folder ?? "")/\" wanted")
            return nil
        }
        // Names that differ in case alone are one file on some systems, and which of them wins is a guess.
        guard seen.insert(whole.lowercased()).inserted else {
            refuse(shown, "a name that is there already, each file once wanted")
            return nil
        }
        return parts.count == 2 ? String(parts[1]) : ""
    }

    private mutating func unpack(_ entry: Entry, _ data: ArraySlice<UInt8>, shown: String) -> [UInt8]? {
        // What an entry says of its size may only make the limit smaller.
        let left = PackageFiles.bytesLimit - unpackedBytes
        let content: [UInt8]
        switch entry.method {
        case 0:
            guard data.count <= left else { return tooLarge() }
            content = Array(data)
        case 8:
            do throws(Deflate.Failure) {
                content = try Deflate.inflate(data, limit: min(left, entry.size))
            } catch {
                switch error {
                case .tooLarge where entry.size > left: return tooLarge()
                case .tooLarge: refuse(shown, "it unpacks to more than the \(entry.size) bytes that the archive names")
                case .broken: refuse(shown, "its bytes cannot be unpacked")
                }
                return nil
            }
        default:
            refuse(shown, "packing method \(entry.method) given, stored or deflated wanted")
            return nil
        }
        unpackedBytes += content.count
        guard content.count == entry.size else {
            refuse(shown, "\(content.count) bytes found, the \(entry.size) that the archive names wanted")
            return nil
        }
        guard Deflate.checksum(content) == entry.checksum else {
            refuse(shown, "its bytes do not have the checksum that the archive names")
            return nil
        }
        return content
    }

    private mutating func tooLarge() -> [UInt8]? {
        refuse(archive, "it unpacks to more than \(PackageFiles.bytesLimit) bytes")
        return nil
    }

    private mutating func refuse(_ file: String, _ message: String) {
        faults.append(PackageFault(file, message))
    }

    private func broken(_ message: String) -> PackageError {
        PackageError(PackageFault(archive, message))
    }

    private func shown(_ entry: Entry) -> String { ShownText.of(entry.name) }

    // MARK: numbers

    /// Two bytes, the small one first; 0 beyond the end, which no header's mark is.
    private func short(_ position: Int) -> UInt16 {
        guard position >= 0, position + 2 <= bytes.count else { return 0 }
        return UInt16(bytes[position]) | UInt16(bytes[position + 1]) << 8
    }

    private func word(_ position: Int) -> UInt32 {
        UInt32(short(position)) | UInt32(short(position + 2)) << 16
    }
}
