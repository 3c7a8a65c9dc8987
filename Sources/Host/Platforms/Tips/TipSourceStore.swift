import WidgetAPI

/// Tip sources as rows.
///
/// A row has the hash of its address's key, by which deliveries find it. Key and secret stand there under seal: the
/// streamer is shown the address again, and the secret proves deliveries.
struct TipSourceStore: Sendable {
    let database: any Database
    let vault: Vault

    /// What a delivery is held against.
    struct Recipient: Sendable {
        let id: TipSource.ID
        let tenant: Tenant.ID
        let secret: Secret
    }

    /// All sources of the streamer, the oldest first.
    func sources(in scope: TenantScope) async throws -> [TipSource] {
        let (tenant, vault) = (scope.tenant, vault)
        return try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT id, service, sealed_key, last_delivery_at FROM tip_sources WHERE streamer_id = $1
                ORDER BY created_at, id
                """,
                [.text(tenant.text)]
            ).compactMap { row in
                guard let service = TipService(rawValue: row.text(1)) else { return nil }
                let place = SealedColumn.tipSourceKey.place(row: row.text(0), of: tenant.text)
                return TipSource(
                    id: TipSource.ID(row.text(0)),
                    service: service,
                    key: TipSourceKey(text: try vault.open(row.text(2), for: place, sql: sql).exposed),
                    lastDeliveryAt: row.values[3] == .null ? nil : Timestamp(milliseconds: row.integer(3))
                )
            }
        }
    }

    /// Keeps a new source.
    ///
    /// - Throws: `TipSourceError.tooMany` beyond the limit.
    func add(_ source: TipSource, secret: Secret, at moment: Timestamp, in scope: TenantScope) async throws {
        let (tenant, vault) = (scope.tenant, vault)
        try await database.transaction(in: scope) { sql in
            // Writing the streamer's row takes its lock in both engines, so nobody else adds one meanwhile.
            try sql.run("UPDATE streamers SET last_seq = last_seq WHERE id = $1", [.text(tenant.text)])
            let count = try sql.first(
                "SELECT count(*) FROM tip_sources WHERE streamer_id = $1",
                [.text(tenant.text)]
            )
            guard count?.integer(0) ?? 0 < TipSource.limit else { throw TipSourceError.tooMany }
            let (keyPlace, secretPlace) = (
                SealedColumn.tipSourceKey.place(row: source.id.text, of: tenant.text),
                SealedColumn.tipSourceSecret.place(row: source.id.text, of: tenant.text)
            )
            try sql.run(
                """
                INSERT INTO tip_sources (id, streamer_id, service, key_hash, sealed_key, sealed_secret, created_at,
                    last_delivery_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)
                """,
                [
                    .text(source.id.text), .text(tenant.text), .text(source.service.rawValue),
                    .text(source.key.hash), .text(try vault.seal(Secret(source.key.text), for: keyPlace, sql: sql)),
                    .text(try vault.seal(secret, for: secretPlace, sql: sql)), .integer(moment.milliseconds),
                ]
            )
        }
    }

    /// Removes a source of the streamer; its address is nobody's from then on.
    ///
    /// - Returns: whether there was one.
    func remove(_ id: TipSource.ID, in scope: TenantScope) async throws -> Bool {
        let tenant = scope.tenant
        return try await database.transaction(in: scope) { sql in
            try sql.run(
                "DELETE FROM tip_sources WHERE streamer_id = $1 AND id = $2",
                [.text(tenant.text), .text(id.text)]
            ) > 0
        }
    }

    /// Whose address that is, or `nil`.
    func recipient(of key: TipSourceKey, from service: TipService) async throws -> Recipient? {
        let vault = vault
        return try await database.hostRead { sql in
            let row = try sql.first(
                "SELECT id, streamer_id, sealed_secret FROM tip_sources WHERE key_hash = $1 AND service = $2",
                [.text(key.hash), .text(service.rawValue)]
            )
            guard let row else { return nil }
            let place = SealedColumn.tipSourceSecret.place(row: row.text(0), of: row.text(1))
            return Recipient(
                id: TipSource.ID(row.text(0)),
                tenant: Tenant.ID(row.text(1)),
                secret: try vault.open(row.text(2), for: place, sql: sql)
            )
        }
    }

    /// Notes that the service has delivered, in the transaction that writes what it told.
    ///
    /// - Returns: whether the source is still there.
    static func noteDelivery(
        to id: TipSource.ID,
        of tenant: Tenant.ID,
        at moment: Timestamp,
        sql: any SQLSession
    ) throws -> Bool {
        try sql.run(
            "UPDATE tip_sources SET last_delivery_at = $3 WHERE streamer_id = $1 AND id = $2",
            [.text(tenant.text), .text(id.text), .integer(moment.milliseconds)]
        ) > 0
    }
}
