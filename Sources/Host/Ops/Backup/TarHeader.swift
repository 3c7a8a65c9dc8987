/// The block of 512 bytes before each entry of an archive (POSIX.1-2017 "pax", section "ustar Interchange Format").
struct TarHeader: Equatable {
    static let blockSize = 512
    /// What eleven octal digits can say; a larger size stands in a record before the header.
    static let plainSizeLimit: Int64 = 1 << 33
    /// The largest set of records that is read; ours hold a size and a name.
    static let recordsLimit: Int64 = 65_536

    enum Kind: UInt8 {
        case file = 0x30
        /// Records that say more about the next entry than its header can.
        case records = 0x78
    }

    var name: String
    var size: Int64
    var kind = Kind.file
    /// Seconds since 1970.
    var modified: Int64 = 0

    /// The blocks that announce an entry: one, or three where name or size do not fit.
    func blocks() -> [UInt8] {
        guard kind == .file, size >= Self.plainSizeLimit || !fits(name) else { return block() }
        var records = ""
        if size >= Self.plainSizeLimit { records += Self.record("size", "\(size)") }
        if !fits(name) { records += Self.record("path", name) }
        var bytes = Array(records.utf8)
        let before = TarHeader(name: "records", size: Int64(bytes.count), kind: .records, modified: modified).block()
        bytes += [UInt8](repeating: 0, count: Self.padding(after: Int64(bytes.count)))
        var plain = self
        if !fits(name) { plain.name = "long-name" }
        if size >= Self.plainSizeLimit { plain.size = 0 }
        return before + bytes + plain.block()
    }

    /// Zeros that fill an entry's last block.
    static func padding(after size: Int64) -> Int {
        Int((Int64(blockSize) - size % Int64(blockSize)) % Int64(blockSize))
    }

    private func fits(_ name: String) -> Bool { name.utf8.count <= 100 && name.utf8.allSatisfy { $0 < 0x80 } }

    /// Written as `length keyword=value\n`, the length counting itself.
    private static func record(_ keyword: String, _ value: String) -> String {
        let rest = " \(keyword)=\(value)\n"
        var length = rest.utf8.count
        while "\(length)".utf8.count + rest.utf8.count != length {
            length = "\(length)".utf8.count + rest.utf8.count
        }
        return "\(length)\(rest)"
    }

    private func block() -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: String, at offset: Int) {
            block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        func octal(_ value: Int64, digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        put(name, at: 0)
        put("0000600", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(octal(size, digits: 11), at: 124)
        put(octal(max(0, min(modified, Self.plainSizeLimit - 1)), digits: 11), at: 136)
        block[156] = kind.rawValue
        put("ustar\u{0}00", at: 257)
        put(octal(Self.checksum(block), digits: 6) + "\0 ", at: 148)
        return block
    }

    /// Reads a header; `nil` for a block of zeros, which ends an archive.
    init?(_ block: [UInt8]) throws(BackupFault) {
        if block.allSatisfy({ $0 == 0 }) { return nil }
        guard Self.octal(block[148..<156]) == Self.checksum(block) else {
            throw BackupFault("no tar header where one must be, or a broken one")
        }
        guard block[257..<265].elementsEqual("ustar\u{0}00".utf8) else {
            throw BackupFault("a tar archive of another kind than POSIX ustar or pax")
        }
        guard let kind = Kind(rawValue: block[156] == 0 ? Kind.file.rawValue : block[156]) else {
            throw BackupFault("an entry that is no file (type \(block[156]))")
        }
        guard let size = Self.octal(block[124..<136]), let modified = Self.octal(block[136..<148]) else {
            throw BackupFault("an entry whose size or date is no number")
        }
        let last = block[0..<100].prefix { $0 != 0 }
        let first = block[345..<500].prefix { $0 != 0 }
        let bytes = first.isEmpty ? Array(last) : Array(first) + [0x2F] + Array(last)
        guard let name = String(validating: bytes, as: UTF8.self) else {
            throw BackupFault("an entry whose name is no UTF-8")
        }
        (self.name, self.size, self.kind, self.modified) = (name, size, kind, modified)
    }

    init(name: String, size: Int64, kind: Kind = .file, modified: Int64 = 0) {
        (self.name, self.size, self.kind, self.modified) = (name, size, kind, modified)
    }

    /// Takes over what records say about this entry.
    mutating func apply(records: [UInt8]) throws(BackupFault) {
        var rest = records[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: 0x20),
                let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
                length > space - rest.startIndex + 2, length <= rest.count,
                rest[rest.startIndex + length - 1] == 0x0A,
                case let body = rest[(space + 1)..<(rest.startIndex + length - 1)],
                let sign = body.firstIndex(of: 0x3D),
                let value = String(validating: body[(sign + 1)...], as: UTF8.self)
            else { throw BackupFault("a broken pax record") }
            switch String(decoding: body[..<sign], as: UTF8.self) {
            case "size":
                guard let number = Int64(value), number >= 0 else { throw BackupFault("a pax size that is no number") }
                size = number
            case "path": name = value
            default: break
            }
            rest = rest[(rest.startIndex + length)...]
        }
    }

    /// The sum of all bytes, those of the sum itself taken for spaces.
    private static func checksum(_ block: [UInt8]) -> Int64 {
        block.enumerated().reduce(0) { $0 + Int64((148..<156).contains($1.offset) ? 0x20 : $1.element) }
    }

    private static func octal(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let digits = bytes.filter { $0 != 0 && $0 != 0x20 }
        guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
        return digits.isEmpty ? 0 : Int64(String(decoding: digits, as: UTF8.self), radix: 8)
    }
}
