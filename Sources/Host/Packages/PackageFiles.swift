import Crypto

/// The files of a package as they came, before anybody has looked into them.
struct PackageFiles: Sendable, Equatable {
    static let countLimit = 200
    static let bytesLimit = 10 << 20

    /// The folder they stood in; in an archive it is the package's id.
    let folder: String
    /// By path inside the package.
    let contents: [String: [UInt8]]

    /// Every path, in the order of its bytes.
    var paths: [String] { contents.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// SHA-256 over paths and bytes, in hexadecimal digits.
    ///
    /// Lengths go in too: otherwise the end of one file could pass for the name of the next.
    var hash: String {
        var hash = SHA256()
        for path in paths {
            let bytes = contents[path] ?? []
            for part in [Array(path.utf8), bytes] {
                withUnsafeBytes(of: UInt64(part.count).littleEndian) { hash.update(bufferPointer: $0) }
                hash.update(data: part)
            }
        }
        return hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
