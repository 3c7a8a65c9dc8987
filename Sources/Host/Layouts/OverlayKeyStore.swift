import WidgetAPI

/// Overlay keys as rows: of each layout at most one that does not end, and those that it has replaced.
///
/// A row has the key's hash, which pages are compared with, and the key itself under seal, for its streamer alone.
struct OverlayKeyStore: Sendable {
    let vault: Vault

    /// Replaced keys of one layout that are remembered; of more rotations the oldest ones end early.
    static let replacedLimit = 20

    /// What a streamer is told of a layout's keys.
    struct Report: Sendable, Equatable {
        /// `nil` for a layout that is open to everybody.
        let key: OverlayKey?
        /// When the last of the replaced keys ends; `nil` when none is left.
        let previousEndsAt: Timestamp?
    }

    static func rings(of tenant: Tenant.ID, sql: any SQLSession) throws -> [Layout.ID: OverlayKeyRing] {
        var rings: [Layout.ID: OverlayKeyRing] = [:]
        let rows = try sql.rows(
            "SELECT layout_id, key_hash, ends_at FROM overlay_keys WHERE streamer_id = $1",
            [.text(tenant.text)]
        )
        for row in rows {
            let ring = Layout.ID(row.text(0))
            rings[ring, default: OverlayKeyRing()].ends.updateValue(end(row, 2), forKey: row.text(1))
        }
        return rings
    }

    func report(
        on layout: Layout.ID,
        of tenant: Tenant.ID,
        at now: Timestamp,
        sql: any SQLSession
    ) throws -> Report {
        let rows = try sql.rows(
            "SELECT sealed_key, ends_at, key_hash FROM overlay_keys WHERE streamer_id = $1 AND layout_id = $2",
            [.text(tenant.text), .text(layout.text)]
        )
        let key = try rows.first { Self.end($0, 1) == nil }.map { row in
            try vault.open(row.text(0), for: Self.place(of: row.text(2), tenant), sql: sql)
        }
        let ends = rows.compactMap { Self.end($0, 1) }.filter { $0 > now }
        return Report(key: key.map { OverlayKey(text: $0.exposed) }, previousEndsAt: ends.max())
    }

    /// Gives a layout a new key; the one before it ends a day later.
    func rotate(
        to key: OverlayKey,
        on layout: Layout.ID,
        of tenant: Tenant.ID,
        at now: Timestamp,
        sql: any SQLSession
    ) throws {
        let values: [SQLValue] = [.text(tenant.text), .text(layout.text)]
        let sealed = try vault.seal(Secret(key.text), for: Self.place(of: key.hash, tenant), sql: sql)
        let end = now.advanced(byMilliseconds: OverlayKey.graceMilliseconds)
        try sql.run(
            "UPDATE overlay_keys SET ends_at = $3 WHERE streamer_id = $1 AND layout_id = $2 AND ends_at IS NULL",
            values + [.integer(end.milliseconds)]
        )
        try sql.run(
            """
            DELETE FROM overlay_keys WHERE streamer_id = $1 AND layout_id = $2 AND key_hash NOT IN (
                SELECT key_hash FROM overlay_keys WHERE streamer_id = $1 AND layout_id = $2
                ORDER BY created_at DESC, key_hash LIMIT $3
            )
            """,
            values + [.integer(Int64(Self.replacedLimit))]
        )
        try sql.run(
            """
            INSERT INTO overlay_keys (layout_id, key_hash, streamer_id, sealed_key, created_at, ends_at)
            VALUES ($2, $3, $1, $4, $5, NULL)
            """,
            values + [.text(key.hash), .text(sealed), .integer(now.milliseconds)]
        )
    }

    /// Takes a layout's keys away; with `replacedOnly` the current one stays.
    static func remove(
        replacedOnly: Bool,
        on layout: Layout.ID,
        of tenant: Tenant.ID,
        sql: any SQLSession
    ) throws {
        let values: [SQLValue] = [.text(tenant.text), .text(layout.text)]
        if replacedOnly {
            try sql.run(
                "DELETE FROM overlay_keys WHERE streamer_id = $1 AND layout_id = $2 AND ends_at IS NOT NULL",
                values
            )
        } else {
            try sql.run("DELETE FROM overlay_keys WHERE streamer_id = $1 AND layout_id = $2", values)
        }
    }

    private static func place(of hash: String, _ tenant: Tenant.ID) -> SealedPlace {
        SealedColumn.overlayKey.place(row: hash, of: tenant.text)
    }

    private static func end(_ row: SQLRow, _ column: Int) -> Timestamp? {
        guard case .integer(let milliseconds) = row.values[column] else { return nil }
        return Timestamp(milliseconds: milliseconds)
    }
}
