import Foundation
import Testing

@testable import Host

/// The archives of backups, beside the program that everybody has.
@Suite struct TarTests {
    private static let cases: [(String, Int64)] = [
        ("a", 0), ("files/0190", 1), (String(repeating: "n", count: 100), 511),
        (String(repeating: "n", count: 101), 512), ("files/" + String(repeating: "d/", count: 90) + "é", 513),
        ("large", TarHeader.plainSizeLimit - 1), ("large", TarHeader.plainSizeLimit),
        (String(repeating: "l", count: 200), 1 << 40),
    ]

    @Test(arguments: cases)
    func `a header says the same after it was read`(name: String, size: Int64) throws {
        let blocks = TarHeader(name: name, size: size, modified: 77).blocks()

        var header = try #require(try TarHeader(Array(blocks.suffix(512))))
        if blocks.count > 512 {
            let records = try #require(try TarHeader(Array(blocks.prefix(512))))
            #expect(records.kind == .records)
            try header.apply(records: Array(blocks[512..<(512 + Int(records.size))]))
        }
        #expect(header == TarHeader(name: name, size: size, modified: 77))
        #expect(blocks.count % 512 == 0)
    }

    @Test func `an entry beyond 8 GiB has its right size for tar, too`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tar-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let size = TarHeader.plainSizeLimit + 513
        let file = try OpenFile.new(folder + "/large.tar")
        let header = TarHeader(name: "files/" + String(repeating: "x", count: 120), size: size).blocks()
        try file.write(header)
        // A hole: it takes no room on the disk.
        truncate(folder + "/large.tar", Int(Int64(header.count) + size) + TarHeader.padding(after: size) + 1024)

        let (status, text) = try BackupPlace.run("tar", ["tvf", "large.tar"], in: folder)

        #expect(status == 0, "\(text)")
        #expect(text.contains(" \(size) ") && text.contains("files/xxx"), "\(text)")
    }

    @Test func `what tar wrote by itself is read, entry by entry`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tar-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let long = String(repeating: "n", count: 120)
        try "one".write(toFile: folder + "/a", atomically: true, encoding: .utf8)
        try "three".write(toFile: folder + "/" + long, atomically: true, encoding: .utf8)
        _ = try BackupPlace.run("tar", ["--format=pax", "-cf", "all.tar", "a", long], in: folder)

        var tar = try TarReader(try OpenFile(folder + "/all.tar", O_RDONLY))
        var entries: [String: String] = [:]
        while let entry = try tar.next() {
            var bytes: [UInt8] = []
            _ = try tar.content { bytes += $0 }
            entries[entry.name] = String(decoding: bytes, as: UTF8.self)
        }

        #expect(entries == ["a": "one", long: "three"])
    }
}
