import WidgetAPI

@testable import Host

/// Reads bytes as a package: an archive, or files as text, each below a line `--- path`, that are packed first.
///
/// Changing a byte of an archive breaks a checksum and ends there; the text reaches every reader of a package's files.
enum PackageReading {
    private static let mark = Array("--- ".utf8)

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        guard bytes.starts(with: mark) else { return try read(bytes) }
        let written = files(bytes)
        let archive = ZipWriter.archive(of: written, folder: written.folder)
        try read(archive)
        // The same files unpacked: what is said of them is the same, and so nothing depends on the archive.
        let packed = Result { () throws(PackageError) in try WidgetPackage(archive: archive, named: "a").hash }
        if case .success(let hash) = packed {
            try FuzzFinding.unless(hash == written.hash, "packing and unpacking changes no byte")
        }
    }

    private static func read(_ archive: [UInt8]) throws(FuzzFinding) {
        switch Result(catching: { () throws(PackageError) in try ZipReader.files(in: archive, named: "a") }) {
        case .failure(let error): try ManifestReading.check(error)
        case .success(let files): try check(files)
        }
    }

    private static func check(_ files: PackageFiles) throws(FuzzFinding) {
        let bytes = files.contents.values.reduce(0) { $0 + $1.count }
        try FuzzFinding.unless(bytes <= PackageFiles.bytesLimit, "no archive unpacks beyond its limit")
        try FuzzFinding.unless((1...PackageFiles.countLimit).contains(files.contents.count), "it has 1 to 200 files")
        for path in files.paths + [files.folder] {
            try FuzzFinding.unless(PackagePath.fault(of: path) == nil, "\(path) is a path inside the package")
        }
        let packed = ZipWriter.archive(of: files, folder: files.folder)
        // Random bytes do not become smaller, so what came in its limit may not go out within it.
        if packed.count <= ZipReader.bytesLimit {
            let again = try? ZipReader.files(in: packed, named: "a")
            try FuzzFinding.unless(again == files, "what is packed again reads as the same files")
        }
        switch Result(catching: { () throws(PackageError) in try WidgetPackage(files) }) {
        case .failure(let error): try ManifestReading.check(error)
        case .success(let package):
            for path in files.paths {
                try FuzzFinding.unless(PackagePath.isKnown(path), "\(path) has a place in a package")
            }
            guard let style = package.style else { break }
            for text in [style.sheet] + style.fonts.map(\.rule) { try checkAddresses(text, of: package) }
        }
        try checkStyle(files)
    }

    /// A sheet is checked also where something else is wrong with the package, and so where it is easy to reach.
    private static func checkStyle(_ files: PackageFiles) throws(FuzzFinding) {
        guard let bytes = files.contents[WidgetStyle.fileName] else { return }
        let package = StyleSheetReader.Package(id: "a", hash: "0", paths: Set(files.contents.keys))
        switch Result(catching: { () throws(PackageError) in try StyleSheetReader.style(bytes, of: package) }) {
        case .failure(let error): try ManifestReading.check(error)
        case .success(let style):
            for text in [style.sheet] + style.fonts.map(\.rule) { try checkAddresses(text, in: "a/0") }
        }
    }

    private static func checkAddresses(_ text: String, of package: WidgetPackage) throws(FuzzFinding) {
        try checkAddresses(text, in: "\(package.manifest.id)/\(package.hash.prefix(16))")
    }

    /// Whether every `url(` outside of comments and texts leads to the package's own folder.
    private static func checkAddresses(_ text: String, in folder: String) throws(FuzzFinding) {
        let bytes = Array(text.utf8).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        var quiet: [UInt8] = []
        let ours = Array("\"/assets/widgets/\(folder)/assets/".utf8)
        var position = 0
        while position < bytes.count {
            if bytes[position...].starts(with: "/*".utf8) {
                let end = bytes[(position + 2)...].firstRange(of: Array("*/".utf8))
                position = end?.upperBound ?? bytes.count
            } else if bytes[position...].starts(with: "url(".utf8), !isName(quiet.last) {
                position += 4
                while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
                try FuzzFinding.unless(
                    bytes[position...].starts(with: ours),
                    "addresses are the package's own: \(text)"
                )
            } else if bytes[position] == 0x22 || bytes[position] == 0x27 {
                let quote = bytes[position]
                position = (bytes[(position + 1)...].firstIndex(of: quote) ?? bytes.count - 1) + 1
            } else {
                quiet.append(bytes[position])
                position += 1
            }
        }
        try FuzzFinding.unless(!quiet.contains(0x5C), "nothing hides behind a backslash: \(text)")
    }

    /// Whether a word goes on after that byte: `my-url(` is another function.
    private static func isName(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return byte >= 0x80 || byte == 0x5F || byte == 0x2D || (0x30...0x39).contains(byte)
            || (0x61...0x7A).contains(byte)
    }

    private static func files(_ bytes: [UInt8]) -> PackageFiles {
        var contents: [String: [UInt8]] = [:]
        var path: String?
        var lines: [ArraySlice<UInt8>] = []
        func finish() {
            guard let path else { return }
            contents[path] = Array(lines.joined(separator: [0x0A]))
        }
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard line.starts(with: mark) else {
                lines.append(line)
                continue
            }
            finish()
            path = String(decoding: line.dropFirst(mark.count), as: UTF8.self)
            lines = []
        }
        finish()
        return PackageFiles(folder: "hype-meter", contents: contents)
    }
}
