import WidgetAPI

/// A streamer's channel and how its connection is, without tokens: one of `connectedPlatforms` in `GET /api/session`.
struct ConnectedChannel: Sendable {
    let platform: Platform
    /// The name in addresses, lower case.
    let name: String
    let connectedAt: Timestamp
    /// How many followed before this host counted, by the streamer's word.
    let followersAtStart: Int64?
    /// `nil` where the channel was added by command: it has no tokens that could end.
    let status: Connection.Status?
    /// What the login granted, as far as the platform said.
    let scopes: [String]
}

extension ConnectionStore {
    /// The streamer's channels in the order in which they were added.
    func connectedChannels(in scope: TenantScope) async throws -> [ConnectedChannel] {
        try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT c.platform, c.channel, c.connected_at, c.followers_at_start, n.status, n.scopes FROM channels c
                LEFT JOIN connections n ON n.streamer_id = c.streamer_id AND n.platform = c.platform
                WHERE c.streamer_id = $1 ORDER BY c.connected_at, c.platform
                """,
                [.text(scope.tenant.text)]
            ).compactMap(Self.connectedChannel)
        }
    }

    private static func connectedChannel(_ row: SQLRow) -> ConnectedChannel? {
        guard let platform = Platform(rawValue: row.text(0)) else { return nil }
        return ConnectedChannel(
            platform: platform,
            name: row.text(1),
            connectedAt: Timestamp(milliseconds: row.integer(2)),
            followersAtStart: row.values[3] == .null ? nil : row.integer(3),
            status: row.optionalText(4).map { Connection.Status(rawValue: $0) ?? .needsLogin },
            scopes: (row.optionalText(5) ?? "").split(separator: " ").map(String.init)
        )
    }
}

extension ConnectionKeeper {
    /// How the API writes a channel.
    ///
    /// A login that grants less than this host asks for by now is `needs-login` too, and `missingScopes` says what it
    /// lacks: its tokens work, and what they allow goes on. Of one that has ended that list is empty. `trouble` is what
    /// does not work right now and is mended by itself.
    func json(of channel: ConnectedChannel, in scope: TenantScope) -> JSONValue {
        let missing = missingScopes(of: channel)
        return [
            "platform": .string(channel.platform.rawValue), "channel": .string(channel.name),
            "connectedAt": .string(channel.connectedAt.iso8601),
            "status": .string(status(of: channel, isLacking: !missing.isEmpty, scope)),
            "missingScopes": .array(missing.map { .string($0) }),
            "trouble": .optional(trouble(of: channel, scope)?.rawValue),
            "followersAtStart": channel.followersAtStart.map { .integer($0) } ?? .null,
        ]
    }

    private func missingScopes(of channel: ConnectedChannel) -> [String] {
        // A platform that names no scopes grants those that it was asked for (RFC 6749, 5.1).
        guard channel.status == .connected, !channel.scopes.isEmpty else { return [] }
        return (platforms[channel.platform]?.requiredScopes ?? []).filter { !channel.scopes.contains($0) }
    }

    /// Without a login that works nothing is mended by itself.
    private func trouble(of channel: ConnectedChannel, _ scope: TenantScope) -> ConnectionTrouble? {
        guard channel.status == .connected, platforms[channel.platform] != nil else { return nil }
        return trouble(channel.platform, in: scope)
    }

    /// Deliveries for a channel that was added by command are taken without any tokens.
    private func status(of channel: ConnectedChannel, isLacking: Bool, _ scope: TenantScope) -> String {
        guard let status = channel.status else { return Connection.Status.connected.rawValue }
        guard platforms[channel.platform] != nil else { return "off" }
        guard status == .connected else { return status.rawValue }
        // The platform does not answer: what it gave still stands, and it is asked again by itself.
        if isUnanswered(channel.platform, in: scope) { return "connecting" }
        return (isLacking ? Connection.Status.needsLogin : .connected).rawValue
    }
}
