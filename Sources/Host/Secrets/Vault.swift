import Crypto
import Synchronization
import WidgetAPI

/// Seals what must not be readable in the database, and opens it again.
///
/// Secrets are sealed under a data key that stands in the database, itself sealed by the secret key, which does not
/// (envelope encryption). Sealing and opening happen inside the transaction that writes or reads the row, so that a
/// change of keys by another process comes before or after it and never between.
final class Vault: Sendable {
    private let secretKey: SecretKey
    /// Data keys that were opened, by id: the only place where they are readable.
    private let opened = Mutex<[String: SymmetricKey]>([:])

    private init(_ secretKey: SecretKey) {
        self.secretKey = secretKey
    }

    /// Finds the secret key and tries it on what the database keeps; an empty database gets a data key.
    ///
    /// `given` is the operator's key; without one it is that of the data dir, made there when nothing is kept yet. With
    /// `isStarting` a key that was replaced stops working.
    static func open(
        _ database: any Database,
        given: SecretKey?,
        dataDirectory: String,
        isStarting: Bool
    ) async throws -> Vault {
        let known = try await database.hostRead { try DataKeyRow.all($0) }
        let file = SecretKeyFile(dataDirectory: dataDirectory)
        let vault = Vault(try given ?? key(in: file, for: known))
        try await database.hostTransaction { try vault.settle(isStarting: isStarting, sql: $0) }
        return vault
    }

    func seal(_ secret: Secret, for place: SealedPlace, sql: any SQLSession) throws -> String {
        let (id, key) = try currentKey(sql)
        return try SealedText(sealing: Array(secret.exposed.utf8), under: key, id: id, for: place).text
    }

    func open(_ text: String, for place: SealedPlace, sql: any SQLSession) throws -> Secret {
        guard let sealed = SealedText(text) else { throw VaultError.damaged(table: place.table) }
        let bytes = try sealed.opened(with: key(sealed.keyId, sql), for: place)
        return Secret(String(decoding: bytes, as: UTF8.self))
    }

    /// Makes a new data key, seals every secret anew and forgets the old one; all of it or nothing.
    ///
    /// With `newKey` it is that which opens the data key from the next start on, and until then both do.
    /// - Returns: how many secrets there are.
    func rotate(to newKey: SecretKey?, _ database: any Database, now: Timestamp) async throws -> Int {
        guard newKey != secretKey else { throw VaultError.sameKey }
        return try await database.hostTransaction { [self] sql in
            let old = try DataKeyRow.all(sql)
            guard old.allSatisfy({ !$0.isLeaving }) else { throw VaultError.changeUnderWay }
            let (id, key) = (UUIDv7.make(at: now), SymmetricKey(size: .bits256))
            let row = DataKeyRow(id: id, secretKeyId: secretKey.id, isLeaving: newKey != nil)
            try row.insert(key, under: secretKey, at: now, sql: sql)
            if let newKey {
                let row = DataKeyRow(id: id, secretKeyId: newKey.id, isLeaving: false)
                try row.insert(key, under: newKey, at: now, sql: sql)
            }
            var count = 0
            for column in SealedColumn.all {
                for row in try sql.rows(column.select, []) {
                    let place = column.place(row: row.text(1), of: row.text(0))
                    let secret = try open(row.text(2), for: place, sql: sql)
                    let sealed = try SealedText(sealing: Array(secret.exposed.utf8), under: key, id: id, for: place)
                    try sql.run(column.update, [.text(sealed.text), row.values[0], row.values[1]])
                    count += 1
                }
            }
            try sql.run("DELETE FROM data_keys WHERE id <> $1", [.text(id)])
            return count
        }
    }

    // MARK: Keys

    /// The key in the data dir that fits; a change that was cut short is ended here.
    private static func key(in file: SecretKeyFile, for known: [DataKeyRow]) throws -> SecretKey {
        let (current, next) = (try file.current, try file.next)
        if let next, known.contains(where: { $0.secretKeyId == next.id && !$0.isLeaving }) {
            try file.takeNext()
            return next
        }
        if next != nil { file.dropNext() }
        if let current { return current }
        if let wanted = known.first(where: { !$0.isLeaving }) {
            throw VaultError.noKey(path: file.path, wanted: wanted.secretKeyId)
        }
        let made = SecretKey()
        try file.create(made)
        return made
    }

    private func settle(isStarting: Bool, sql: any SQLSession) throws {
        let rows = try DataKeyRow.all(sql)
        guard let valid = rows.first(where: { !$0.isLeaving }) else {
            let row = DataKeyRow(id: UUIDv7.make(), secretKeyId: secretKey.id, isLeaving: false)
            return try row.insert(SymmetricKey(size: .bits256), under: secretKey, at: .now, sql: sql)
        }
        guard let ours = rows.first(where: { $0.secretKeyId == secretKey.id }) else {
            throw VaultError.wrongKey(seen: secretKey.id, wanted: valid.secretKeyId)
        }
        guard !ours.isLeaving else {
            throw VaultError.replacedKey(seen: secretKey.id, wanted: valid.secretKeyId)
        }
        _ = try currentKey(sql)
        if isStarting { try sql.run("DELETE FROM data_keys WHERE is_leaving = 1") }
    }

    /// The newest data key; another process may have made it a moment ago.
    private func currentKey(_ sql: any SQLSession) throws -> (id: String, key: SymmetricKey) {
        let row = try sql.first(
            "SELECT id FROM data_keys WHERE secret_key_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1",
            [.text(secretKey.id)]
        )
        guard let id = row?.text(0) else { throw VaultError.wrongKey(seen: secretKey.id, wanted: "of another start") }
        return (id, try key(id, sql))
    }

    private func key(_ id: String, _ sql: any SQLSession) throws -> SymmetricKey {
        if let known = opened.withLock({ $0[id] }) { return known }
        let row = try sql.first(
            "SELECT sealed FROM data_keys WHERE id = $1 AND secret_key_id = $2",
            [.text(id), .text(secretKey.id)]
        )
        guard let row, let sealed = SealedText(row.text(0)) else { throw VaultError.damaged(table: "data_keys") }
        let wrapping = SymmetricKey(data: secretKey.bytes)
        let key = SymmetricKey(data: try sealed.opened(with: wrapping, for: DataKeyRow.place(id)))
        opened.withLock { $0[id] = key }
        return key
    }
}

/// A data key as one secret key sees it.
struct DataKeyRow: Sendable {
    let id: String
    let secretKeyId: String
    /// It opens until the next start and no longer.
    let isLeaving: Bool

    static func all(_ sql: any SQLSession) throws -> [DataKeyRow] {
        try sql.rows("SELECT id, secret_key_id, is_leaving FROM data_keys ORDER BY created_at DESC", []).map {
            DataKeyRow(id: $0.text(0), secretKeyId: $0.text(1), isLeaving: $0.flag(2))
        }
    }

    static func place(_ id: String) -> SealedPlace {
        SealedPlace(table: "data_keys", column: "sealed", row: id, streamer: "")
    }

    func insert(_ key: SymmetricKey, under secretKey: SecretKey, at moment: Timestamp, sql: any SQLSession) throws {
        let bytes = key.withUnsafeBytes { Array($0) }
        let wrapping = SymmetricKey(data: secretKey.bytes)
        let sealed = try SealedText(sealing: bytes, under: wrapping, id: secretKeyId, for: Self.place(id))
        try sql.run(
            """
            INSERT INTO data_keys (id, secret_key_id, sealed, is_leaving, created_at) VALUES ($1, $2, $3, $4, $5)
            """,
            [
                .text(id), .text(secretKeyId), .text(sealed.text), .flag(isLeaving),
                .integer(moment.milliseconds),
            ]
        )
    }
}
