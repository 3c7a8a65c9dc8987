@testable import Host

/// Archives as no honest program writes them.
struct ForgedZip {
    struct Entry {
        var name = "hype-meter/main.lua"
        var content: [UInt8] = Array("return 1".utf8)
        var packed: [UInt8]?
        var flags: UInt16 = 0
        var method: UInt16 = 0
        var mode: UInt32 = 0o100644
        /// What the archive says of the size where that is not the truth.
        var size: Int?
        var checksum: UInt32?
        var extra: [UInt8] = []
        /// The name in the entry's own header where that is another.
        var localName: String?
        /// The place of the header where that is another.
        var offset: Int?
    }

    var entries: [Entry] = []
    var before: [UInt8] = []
    var beforeDirectory: [UInt8] = []
    var count: Int?

    var bytes: [UInt8] {
        var body = before
        var directory: [UInt8] = []
        for entry in entries {
            let data = entry.packed ?? entry.content
            let offset = body.count
            let fixed =
                Self.short(20) + Self.short(entry.flags) + Self.short(entry.method) + Self.word(0x0021_0000)
                + Self.word(entry.checksum ?? Deflate.checksum(entry.content)) + Self.word(UInt32(data.count))
                + Self.word(UInt32(entry.size ?? entry.content.count))
            let localName = Array((entry.localName ?? entry.name).utf8)
            body += Self.word(0x0403_4B50) + fixed + Self.short(UInt16(localName.count)) + Self.short(0)
            body += localName + data
            let name = Array(entry.name.utf8)
            directory += Self.word(0x0201_4B50) + Self.short(3 << 8 | 20) + fixed
            directory += Self.short(UInt16(name.count)) + Self.short(UInt16(entry.extra.count))
            directory += Self.short(0) + Self.short(0) + Self.short(0) + Self.word(entry.mode << 16)
            directory += Self.word(UInt32(entry.offset ?? offset)) + name + entry.extra
        }
        body += beforeDirectory
        let start = body.count
        let count = Self.short(UInt16(self.count ?? entries.count))
        return body + directory + Self.word(0x0605_4B50) + Self.word(0) + count + count
            + Self.word(UInt32(directory.count)) + Self.word(UInt32(start)) + Self.short(0)
    }

    static func short(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }

    static func word(_ value: UInt32) -> [UInt8] {
        short(UInt16(value & 0xFFFF)) + short(UInt16(value >> 16))
    }
}
