import Glibc

/// The secret key in the data dir, for hosts whose operator gives none.
///
/// A change of keys is first written beside it: whatever moment the machine stops at, one of the two files fits the
/// database.
struct SecretKeyFile: Sendable {
    let path: String
    /// The key that takes over once the database knows it.
    private var nextPath: String { "\(path).next" }

    init(dataDirectory: String) {
        path = "\(dataDirectory)/secret.key"
    }

    var current: SecretKey? {
        get throws(VaultError) { try read(path) }
    }

    var next: SecretKey? {
        get throws(VaultError) { try read(nextPath) }
    }

    /// Makes the file; an existing one is an error.
    func create(_ key: SecretKey) throws(VaultError) {
        try write(key, "\(path).part")
        // Unlike a rename, a link replaces nothing.
        guard link("\(path).part", path) == 0 else { throw fault(path) }
        unlink("\(path).part")
    }

    func prepare(_ key: SecretKey) throws(VaultError) {
        try write(key, nextPath)
    }

    func takeNext() throws(VaultError) {
        guard rename(nextPath, path) == 0 else { throw fault(path) }
    }

    func dropNext() {
        unlink(nextPath)
    }

    private func read(_ path: String) throws(VaultError) -> SecretKey? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw fault(path)
        }
        defer { close(descriptor) }
        guard let status = FileStatus(of: descriptor) else { throw fault(path) }
        guard status.permissions & 0o077 == 0 else {
            throw .unusableFile(path: path, reason: "others may read it; chmod 600 helps")
        }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw fault(path) }
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        guard let key = SecretKey(String(text.prefix { !$0.isNewline })) else {
            throw .unusableFile(path: path, reason: "something else stands in it")
        }
        return key
    }

    private func write(_ key: SecretKey, _ path: String) throws(VaultError) {
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fault(path) }
        defer { close(descriptor) }
        let bytes = Array("\(key.exposed)\n".utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw fault(path)
        }
    }

    private func fault(_ path: String) -> VaultError {
        .unusableFile(path: path, reason: String(cString: strerror(errno)))
    }
}
