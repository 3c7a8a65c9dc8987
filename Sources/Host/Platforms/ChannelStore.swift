import Synchronization
import WidgetAPI

/// Which channels this host serves, and whose they are.
final class ChannelStore: Sendable {
    /// How long an answer may be old: a channel added by another process is served within a second.
    static let freshMilliseconds: Int64 = 500
    /// Answers kept at most; then all are forgotten.
    static let rememberedLimit = 20_000

    private struct Key: Hashable {
        let platform: Platform
        let userId: String
    }

    private let database: any Database
    private let now: @Sendable () -> Timestamp
    private let remembered = Mutex<[Key: (channel: Channel, at: Timestamp)]>([:])

    init(database: any Database, now: @escaping @Sendable () -> Timestamp) {
        self.database = database
        self.now = now
    }

    /// The channel of that platform's user, or `nil`; asked for every delivery, so answers are kept for a moment.
    func channel(ofUser userId: String, on platform: Platform) async throws -> Channel? {
        let key = Key(platform: platform, userId: userId)
        let moment = now()
        if let known = remembered.withLock({ $0[key] }),
            moment < known.at.advanced(byMilliseconds: Self.freshMilliseconds)
        {
            return known.channel
        }
        let found = try await database.hostRead { sql in
            try sql.first(
                """
                SELECT platform, channel, platform_user_id, streamer_id, connected_at FROM channels
                WHERE platform = $1 AND platform_user_id = $2
                """,
                [.text(platform.rawValue), .text(userId)]
            ).flatMap(Self.channel)
        }
        remembered.withLock {
            if $0.count >= Self.rememberedLimit { $0.removeAll() }
            $0[key] = found.map { ($0, moment) }
        }
        return found
    }

    /// The channel of that name, or `nil`.
    func channel(named name: String, on platform: Platform) async throws -> Channel? {
        try await database.hostRead { sql in
            try sql.first(
                """
                SELECT platform, channel, platform_user_id, streamer_id, connected_at FROM channels
                WHERE platform = $1 AND channel = $2
                """,
                [.text(platform.rawValue), .text(name.lowercased())]
            ).flatMap(Self.channel)
        }
    }

    /// All channels in the order in which they were added.
    func all() async throws -> [Channel] {
        try await database.hostRead { sql in
            try sql.rows(
                """
                SELECT platform, channel, platform_user_id, streamer_id, connected_at FROM channels
                ORDER BY connected_at, platform, channel
                """,
                []
            ).compactMap(Self.channel)
        }
    }

    /// The channels of one streamer.
    func channels(in scope: TenantScope) async throws -> [Channel] {
        try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT platform, channel, platform_user_id, streamer_id, connected_at FROM channels
                WHERE streamer_id = $1 ORDER BY connected_at, platform
                """,
                [.text(scope.tenant.text)]
            ).compactMap(Self.channel)
        }
    }

    /// Adds a channel, and for a new streamer what every streamer starts with.
    ///
    /// Adding it again changes nothing.
    ///
    /// Without an owner it becomes a new streamer's. Throws `ChannelError` when name or user id belong to another.
    func add(_ platform: Platform, _ name: String, userId: String, owner: Tenant.ID? = nil) async throws -> Channel {
        let moment = now()
        return try await database.hostTransaction { sql in
            try Self.add(platform, name, userId: userId, owner: owner, at: moment, sql: sql)
        }
    }

    /// The same inside a transaction.
    static func add(
        _ platform: Platform,
        _ name: String,
        userId: String,
        owner: Tenant.ID?,
        at moment: Timestamp,
        sql: any SQLSession
    ) throws -> Channel {
        let name = name.lowercased()
        let known = try sql.rows(
            """
            SELECT platform, channel, platform_user_id, streamer_id, connected_at FROM channels
            WHERE platform = $1 AND (channel = $2 OR platform_user_id = $3)
            """,
            [.text(platform.rawValue), .text(name), .text(userId)]
        ).compactMap(Self.channel)
        if let same = known.first(where: { $0.name == name && $0.platformUserId == userId }) { return same }
        if let other = known.first { throw ChannelError.taken(by: other) }
        let tenant = owner ?? Tenant.ID(UUIDv7.make(at: moment))
        if owner == nil {
            try sql.run(
                "INSERT INTO streamers (id, display_name, created_at) VALUES ($1, $2, $3)",
                [.text(tenant.text), .text(name), .integer(moment.milliseconds)]
            )
            try LayoutStore.addStarter(for: tenant, now: moment, sql: sql)
        }
        try sql.run(
            """
            INSERT INTO channels (streamer_id, platform, channel, platform_user_id, connected_at)
            VALUES ($1, $2, $3, $4, $5)
            """,
            [
                .text(tenant.text), .text(platform.rawValue), .text(name), .text(userId),
                .integer(moment.milliseconds),
            ]
        )
        return Channel(platform: platform, name: name, platformUserId: userId, tenant: tenant, connectedAt: moment)
    }

    /// Whose that platform's user is, inside a transaction.
    static func owner(of identity: PlatformIdentity, sql: any SQLSession) throws -> Tenant.ID? {
        try sql.first(
            "SELECT streamer_id FROM channels WHERE platform = $1 AND platform_user_id = $2",
            [.text(identity.platform.rawValue), .text(identity.userId)]
        ).map { Tenant.ID($0.text(0)) }
    }

    /// Takes over a name that was changed at the platform, unless another channel has it here.
    static func rename(_ identity: PlatformIdentity, of tenant: Tenant.ID, sql: any SQLSession) throws {
        try sql.run(
            """
            UPDATE channels SET channel = $1 WHERE platform = $2 AND platform_user_id = $3 AND streamer_id = $4
            AND NOT EXISTS (SELECT 1 FROM channels other WHERE other.platform = $2 AND other.channel = $1)
            """,
            [
                .text(identity.channel), .text(identity.platform.rawValue), .text(identity.userId),
                .text(tenant.text),
            ]
        )
    }

    /// Keeps how many followers there were before this host counted, which it does from now on.
    func setFollowersAtStart(_ count: Int64?, on platform: Platform, in scope: TenantScope) async throws {
        _ = try await database.transaction(in: scope) { sql in
            try sql.run(
                """
                UPDATE channels SET followers_at_start = $1, follows_since_start = 0
                WHERE streamer_id = $2 AND platform = $3
                """,
                [count.map { .integer($0) } ?? .null, .text(scope.tenant.text), .text(platform.rawValue)]
            )
        }
    }

    /// Looks everything up anew.
    func forget() {
        remembered.withLock { $0.removeAll() }
    }

    /// Removes a channel, and its streamer with everything of theirs when it was the last one.
    ///
    /// - Returns: whether there was such a channel.
    func remove(_ platform: Platform, _ name: String) async throws -> Bool {
        let removed = try await database.hostTransaction { sql in
            let row = try sql.first(
                "DELETE FROM channels WHERE platform = $1 AND channel = $2 RETURNING streamer_id",
                [.text(platform.rawValue), .text(name.lowercased())]
            )
            guard let owner = row?.values.first else { return false }
            // A layout points at its theme without deleting with it, so layouts go first.
            try sql.run(
                """
                DELETE FROM layouts WHERE streamer_id = $1
                AND NOT EXISTS (SELECT 1 FROM channels WHERE streamer_id = $1)
                """,
                [owner]
            )
            try sql.run(
                """
                DELETE FROM streamers WHERE id = $1
                AND NOT EXISTS (SELECT 1 FROM channels WHERE streamer_id = $1)
                """,
                [owner]
            )
            return true
        }
        remembered.withLock { $0.removeAll() }
        return removed
    }

    private static func channel(_ row: SQLRow) -> Channel? {
        guard let platform = Platform(rawValue: row.text(0)) else { return nil }
        return Channel(
            platform: platform,
            name: row.text(1),
            platformUserId: row.text(2),
            tenant: Tenant.ID(row.text(3)),
            connectedAt: Timestamp(milliseconds: row.integer(4))
        )
    }
}

/// Why a channel could not be added.
enum ChannelError: HostFailure, Equatable {
    case taken(by: Channel)

    var code: FailureCode {
        switch self {
        case .taken: .conflict
        }
    }

    var publicMessage: String {
        switch self {
        case .taken(let other):
            "\(other.platform.rawValue)/\(other.name) is already registered with user id \(other.platformUserId)."
        }
    }
}
