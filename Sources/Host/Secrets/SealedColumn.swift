/// A column that holds secrets; `rotate-keys` seals every row of each anew.
struct SealedColumn: Sendable {
    let table: String
    let column: String
    /// Gives streamer, row and sealed text of every row that has one.
    let select: String
    /// Takes the sealed text, the streamer and the row.
    let update: String

    func place(row: String, of streamer: String) -> SealedPlace {
        SealedPlace(table: table, column: column, row: row, streamer: streamer)
    }

    static let accessToken = SealedColumn(
        table: "connections",
        column: "access_token",
        select: "SELECT streamer_id, platform, access_token FROM connections",
        update: "UPDATE connections SET access_token = $1 WHERE streamer_id = $2 AND platform = $3"
    )

    static let refreshToken = SealedColumn(
        table: "connections",
        column: "refresh_token",
        select: "SELECT streamer_id, platform, refresh_token FROM connections WHERE refresh_token IS NOT NULL",
        update: "UPDATE connections SET refresh_token = $1 WHERE streamer_id = $2 AND platform = $3"
    )

    static let overlayKey = SealedColumn(
        table: "overlay_keys",
        column: "sealed_key",
        select: "SELECT streamer_id, key_hash, sealed_key FROM overlay_keys",
        update: "UPDATE overlay_keys SET sealed_key = $1 WHERE streamer_id = $2 AND key_hash = $3"
    )

    static let tipSourceKey = SealedColumn(
        table: "tip_sources",
        column: "sealed_key",
        select: "SELECT streamer_id, id, sealed_key FROM tip_sources",
        update: "UPDATE tip_sources SET sealed_key = $1 WHERE streamer_id = $2 AND id = $3"
    )

    static let tipSourceSecret = SealedColumn(
        table: "tip_sources",
        column: "sealed_secret",
        select: "SELECT streamer_id, id, sealed_secret FROM tip_sources",
        update: "UPDATE tip_sources SET sealed_secret = $1 WHERE streamer_id = $2 AND id = $3"
    )

    /// A table of secrets that is not named here keeps its rows under a data key that is gone.
    static let all = [accessToken, refreshToken, overlayKey, tipSourceKey, tipSourceSecret]
}
