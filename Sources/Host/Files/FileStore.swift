import NIOPosix
import WidgetAPI

/// Uploaded files: rows that say whose they are, and a folder with their bytes.
///
/// The bytes come before the row and leave after it, so a row always has its bytes. Bytes without a row, of a server
/// that ended between the two, are removed at the next start.
struct FileStore: Sendable {
    let database: any Database
    let folder: FileFolder

    /// Makes the folder and removes what belongs to nobody.
    ///
    /// - Returns: how many such files there were.
    @discardableResult
    func open() async throws -> Int {
        let folder = folder
        let ids = try await database.hostRead { sql in
            Set(try sql.rows("SELECT id FROM files", []).map { $0.text(0) })
        }
        return try await NIOThreadPool.singleton.runIfActive {
            try folder.open()
            return folder.sweep(keeping: ids)
        }
    }

    /// All files of the streamer, the newest first.
    func files(in scope: TenantScope) async throws -> [StoredFile] {
        let tenant = scope.tenant
        return try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT id, name, type, size, created_at FROM files WHERE streamer_id = $1
                ORDER BY created_at DESC, id DESC
                """,
                [.text(tenant.text)]
            ).compactMap(Self.file)
        }
    }

    /// A file of the streamer inside a transaction, or `nil`.
    static func file(_ id: StoredFile.ID, of tenant: Tenant.ID, sql: any SQLSession) throws -> StoredFile? {
        try sql.first(
            "SELECT id, name, type, size, created_at FROM files WHERE streamer_id = $1 AND id = $2",
            [.text(tenant.text), .text(id.text)]
        ).flatMap(file)
    }

    /// Keeps bytes as a file, whole or not at all.
    func add(_ bytes: [UInt8], as file: StoredFile, in scope: TenantScope) async throws {
        let (folder, tenant) = (folder, scope.tenant)
        // Nobody who has no room left makes the disk write.
        try await database.read(in: scope) { sql in try Self.checkRoom(for: file, of: tenant, sql: sql) }
        try await NIOThreadPool.singleton.runIfActive { try folder.write(bytes, as: file.id) }
        do {
            try await database.transaction(in: scope) { sql in
                // Writing the streamer's row takes its lock in both engines, so nobody else adds one meanwhile.
                try sql.run("UPDATE streamers SET last_seq = last_seq WHERE id = $1", [.text(tenant.text)])
                try Self.checkRoom(for: file, of: tenant, sql: sql)
                try sql.run(
                    """
                    INSERT INTO files (id, streamer_id, name, type, size, created_at) VALUES ($1, $2, $3, $4, $5, $6)
                    """,
                    [
                        .text(file.id.text), .text(tenant.text), .text(file.name), .text(file.type.name),
                        .integer(file.size), .integer(file.createdAt.milliseconds),
                    ]
                )
            }
        } catch {
            try? await NIOThreadPool.singleton.runIfActive { folder.remove(file.id) }
            throw error
        }
    }

    /// Removes a file of the streamer.
    ///
    /// - Returns: whether there was one.
    func remove(_ id: StoredFile.ID, in scope: TenantScope) async throws -> Bool {
        let (folder, tenant) = (folder, scope.tenant)
        let isRemoved = try await database.transaction(in: scope) { sql in
            try sql.run(
                "DELETE FROM files WHERE streamer_id = $1 AND id = $2",
                [.text(tenant.text), .text(id.text)]
            ) > 0
        }
        if isRemoved { try await NIOThreadPool.singleton.runIfActive { folder.remove(id) } }
        return isRemoved
    }

    /// What anybody gets who knows a file's address; `nil` when there is none.
    func open(_ id: StoredFile.ID) async throws -> (type: AssetType, file: SentFile)? {
        let row = try await database.hostRead { sql in
            try sql.first("SELECT id, type, streamer_id FROM files WHERE id = $1", [.text(id.text)])
        }
        guard let row, let type = AssetType(name: row.text(1)) else { return nil }
        let (folder, known) = (folder, StoredFile.ID(row.text(0)))
        guard let file = try await NIOThreadPool.singleton.runIfActive({ folder.file(known) }) else { return nil }
        return (type, file)
    }

    /// All bytes of one of the streamer's files; `nil` when it has gone.
    func bytes(of file: StoredFile) async throws -> [UInt8]? {
        let folder = folder
        return try await NIOThreadPool.singleton.runIfActive { folder.read(file.id) }
    }

    private static func checkRoom(for file: StoredFile, of tenant: Tenant.ID, sql: any SQLSession) throws {
        let sizes = try sql.rows("SELECT size FROM files WHERE streamer_id = $1", [.text(tenant.text)])
        guard sizes.count < StoredFile.countLimit else { throw FileError.tooMany }
        let left = StoredFile.totalLimit - sizes.reduce(0) { $0 + $1.integer(0) }
        guard file.size <= left else { throw FileError.full(left: max(0, left)) }
    }

    private static func file(_ row: SQLRow) -> StoredFile? {
        AssetType(name: row.text(2)).map { type in
            StoredFile(
                id: StoredFile.ID(row.text(0)),
                name: row.text(1),
                type: type,
                size: row.integer(3),
                createdAt: Timestamp(milliseconds: row.integer(4))
            )
        }
    }
}
