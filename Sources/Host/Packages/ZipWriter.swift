/// Writes the archive of a package: the same files always give the same bytes.
struct ZipWriter {
    // 1 January 1980, where a zip's calendar begins: when somebody packed is nobody's business.
    private static let date: UInt16 = 0x0021
    private static let regularFile: UInt32 = 0o100644

    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []

    static func archive(of files: PackageFiles, folder: String) -> [UInt8] {
        var writer = ZipWriter()
        for path in files.paths {
            writer.add("\(folder)/\(path)", files.contents[path] ?? [])
        }
        return writer.finished(count: files.contents.count)
    }

    private mutating func add(_ name: String, _ content: [UInt8]) {
        let packed = Deflate.deflate(content)
        let isSmaller = packed.count < content.count
        let data = isSmaller ? packed : content
        let offset = bytes.count
        var header: [UInt8] = []
        Self.append(20, to: &header)
        Self.append(0, to: &header)
        Self.append(isSmaller ? 8 : 0, to: &header)
        Self.append(0, to: &header)
        Self.append(Self.date, to: &header)
        Self.append(word: Deflate.checksum(content), to: &header)
        Self.append(word: UInt32(data.count), to: &header)
        Self.append(word: UInt32(content.count), to: &header)
        Self.append(UInt16(name.utf8.count), to: &header)
        Self.append(0, to: &header)

        Self.append(word: 0x0403_4B50, to: &bytes)
        bytes += header + Array(name.utf8) + data

        Self.append(word: 0x0201_4B50, to: &directory)
        // Written by Unix, so that the mode below counts.
        Self.append(3 << 8 | 20, to: &directory)
        directory += header
        for _ in 0..<3 { Self.append(0, to: &directory) }
        Self.append(word: Self.regularFile << 16, to: &directory)
        Self.append(word: UInt32(offset), to: &directory)
        directory += Array(name.utf8)
    }

    private mutating func finished(count: Int) -> [UInt8] {
        var result = bytes + directory
        Self.append(word: 0x0605_4B50, to: &result)
        Self.append(word: 0, to: &result)
        Self.append(UInt16(count), to: &result)
        Self.append(UInt16(count), to: &result)
        Self.append(word: UInt32(directory.count), to: &result)
        Self.append(word: UInt32(bytes.count), to: &result)
        Self.append(0, to: &result)
        return result
    }

    private static func append(_ value: UInt16, to bytes: inout [UInt8]) {
        bytes += [UInt8(value & 0xFF), UInt8(value >> 8)]
    }

    private static func append(word value: UInt32, to bytes: inout [UInt8]) {
        append(UInt16(value & 0xFFFF), to: &bytes)
        append(UInt16(value >> 16), to: &bytes)
    }
}
