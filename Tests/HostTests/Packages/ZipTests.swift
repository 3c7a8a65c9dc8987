import Foundation
import Testing

@testable import Host

@Suite struct ZipTests {
    @Test func `the same files give the same archive, and it holds them`() throws {
        let files = PackageExample.files([:])

        let archive = ZipWriter.archive(of: files, folder: "hype-meter")

        #expect(archive == ZipWriter.archive(of: files, folder: "hype-meter"))
        #expect(try ZipReader.files(in: archive, named: "a") == files)
        #expect(archive.count < files.contents.values.map(\.count).reduce(0, +) + 1_500)
    }

    @Test func `an archive of another program is read, folders and all`() throws {
        let folder = try TemporaryFolder()
        try folder.write(PackageExample.files, in: "hype-meter")
        // The archiver of Python is on every machine that runs these tests, for the old browser's sake.
        _ = try CommandResult.run(
            ["-c", Self.pack, folder.path],
            environment: ServerProcess.environment,
            executable: "/usr/bin/python3"
        )

        let files = try ZipReader.files(in: folder.bytes("a.zip"), named: "a.zip")

        #expect(files == PackageExample.files([:]))
    }

    private static let pack = """
        import os, sys, shutil
        os.chdir(sys.argv[1])
        shutil.make_archive("a", "zip", ".", "hype-meter")
        """

    @Test func `an archive whose sizes follow the bytes is read`() throws {
        var zip = ForgedZip()
        zip.entries = [.init(flags: 8)]
        zip.beforeDirectory = ForgedZip.word(0x0807_4B50) + ForgedZip.word(1) + ForgedZip.word(8) + ForgedZip.word(8)

        let files = try ZipReader.files(in: zip.bytes, named: "a")

        #expect(files.contents == ["main.lua": Array("return 1".utf8)])
    }

    @Test(
        arguments: [
            (ForgedZip.Entry(name: "/etc/passwd"), "an absolute path"),
            (.init(name: "c:/a.lua"), "an absolute path"),
            (.init(name: "hype-meter/../../a.lua"), "a path that leaves its folder"),
            (.init(name: "hype-meter\\main.lua"), "a backslash"),
            (.init(name: "hype-meter/a\0.lua"), "a name of letters"),
            (.init(name: "hype-meter/.htaccess"), "a name of letters"),
            (.init(name: "hype-meter//a.lua"), "a name of letters"),
            (.init(name: "hype-meter/\u{202E}aul.nip"), "a name of letters"),
            (.init(name: "hype-meter/a/b/c/d/e.lua"), "a path of at most"),
            (.init(name: "main.lua"), "a file beside the top folder"),
            (.init(name: "other/main.lua"), "a second top folder"),
            (.init(name: "hype-meter/MAIN.lua"), "a name that is there already"),
            (.init(name: "hype-meter/link.lua", mode: 0o120777), "a link or a special file"),
            (.init(name: "hype-meter/pipe.lua", mode: 0o010644), "a link or a special file"),
            (.init(name: "hype-meter/folder.lua", mode: 0o040755), "a link or a special file"),
            (.init(name: "hype-meter/a.lua", flags: 1), "an encrypted entry"),
            (.init(name: "hype-meter/a.lua", method: 12), "packing method 12 given"),
            (.init(name: "hype-meter/a.lua", size: 5), "8 bytes found, the 5"),
            (.init(name: "hype-meter/a.lua", checksum: 5), "its bytes do not have the checksum"),
            (.init(name: "hype-meter/a.lua", packed: [1, 2, 3], method: 8), "its bytes cannot be unpacked"),
            (.init(name: "hype-meter/a.lua", extra: [1, 0, 0, 0]), "a zip64 archive"),
            (.init(name: "hype-meter/a.lua", localName: "hype-meter/b.lua"), "it does not agree"),
            (.init(name: "hype-meter/a.lua", offset: 0), "it begins at byte 0"),
        ] as [(ForgedZip.Entry, String)]
    )
    func `what only a hostile archive has is refused`(entry: ForgedZip.Entry, fault: String) {
        var zip = ForgedZip()
        zip.entries = [.init(), entry]

        let faults = Self.faults(zip.bytes)

        #expect(faults.count == 1 && faults[0].contains(fault), "\(faults)")
    }

    @Test func `bytes that belong to no file are refused wherever they stand`() {
        var first = ForgedZip(entries: [.init()])
        first.before = Array("#!/bin/sh".utf8)
        var middle = ForgedZip(entries: [.init()])
        middle.beforeDirectory = [0]
        let last = ForgedZip(entries: [.init()]).bytes + [0]
        var fewer = ForgedZip(entries: [.init(), .init(name: "hype-meter/b.lua")])
        fewer.count = 1

        for bytes in [first.bytes, middle.bytes, last, fewer.bytes] { #expect(Self.faults(bytes).count == 1) }
    }

    @Test func `a bomb is found while it unpacks, whatever the archive says of its size`() {
        let bomb = Deflate.deflate([UInt8](repeating: 0, count: 12 << 20))
        var honest = ForgedZip.Entry(packed: bomb, method: 8)
        honest.size = 12 << 20
        var lying = honest
        lying.size = 100

        var other = lying
        other.name = "hype-meter/other.lua"

        #expect(bomb.count < 20_000)
        #expect(Self.faults(ForgedZip(entries: [honest]).bytes) == ["a: it unpacks to more than 10485760 bytes"])
        #expect(
            Self.faults(ForgedZip(entries: [lying, other]).bytes) == [
                "hype-meter/main.lua: it unpacks to more than the 100 bytes that the archive names"
            ]
        )
    }

    @Test func `many files that are small each may not be large together`() {
        let content = [UInt8](repeating: 0, count: 3 << 20)
        let packed = Deflate.deflate(content)
        var zip = ForgedZip()
        zip.entries = (0..<4).map { .init(name: "hype-meter/\($0).lua", content: content, packed: packed, method: 8) }

        #expect(Self.faults(zip.bytes) == ["a: it unpacks to more than 10485760 bytes"])
    }

    @Test func `200 files are read and 201 are refused`() throws {
        var zip = ForgedZip()
        zip.entries = (0..<200).map { .init(name: "hype-meter/\($0).lua") }

        #expect(try ZipReader.files(in: zip.bytes, named: "a").contents.count == 200)

        zip.entries.append(.init(name: "hype-meter/201.lua"))
        #expect(Self.faults(zip.bytes) == ["a: more than 200 files given, at most that many wanted"])
    }

    @Test func `2 MiB are read and a byte more is refused`() throws {
        var zip = ForgedZip(entries: [.init(content: [])])
        let room = ZipReader.bytesLimit - zip.bytes.count
        zip.entries[0].content = [UInt8](repeating: 1, count: room)

        #expect(try ZipReader.files(in: zip.bytes, named: "a").contents.count == 1)

        zip.entries[0].content.append(1)
        #expect(Self.faults(zip.bytes) == ["a: 2097153 bytes given, at most 2097152 wanted"])
    }

    @Test func `what is no archive is refused at every length`() {
        let whole = PackageExample.archive()

        for length in 0..<whole.count { #expect(!Self.faults(Array(whole[..<length])).isEmpty) }
        #expect(Self.faults([]) == ["a: no zip archive, what `streamvibes widget pack` writes wanted"])
        #expect(Self.faults(ForgedZip().bytes) == ["a: an empty archive, one folder with a widget wanted"])
    }

    private static func faults(_ bytes: [UInt8]) -> [String] {
        do throws(PackageError) {
            _ = try ZipReader.files(in: bytes, named: "a")
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }
}
