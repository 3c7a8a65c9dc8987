import Hummingbird
import WidgetAPI

/// The platforms that a streamer has connected.
struct ConnectionRoutes: Sendable {
    let sessions: SessionStore
    let channels: ChannelStore
    let connections: ConnectionStore
    let keeper: ConnectionKeeper
    let deliveries: DeliverySubscriptions
    let counts: CountStore
    let feeds: PlatformFeeds

    /// More followers than anybody has, and far from where sums overflow.
    private static let followersLimit: Int64 = 1_000_000_000

    /// `PUT /api/connections/{platform}`: how many followers there were before this host counted.
    func put(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let channel = try await channel(context, in: session.scope)
        let members = try body.members()
        try members.expectOnly("followersAtStart")
        let count: Int64?
        if let value = members["followersAtStart"], value.isNull {
            count = nil
        } else {
            count = try members.required("followersAtStart") { name throws(InputError) in
                try members.integer(name, 0...Self.followersLimit)
            }
        }
        guard Platform.withoutFollowers.contains(channel.platform) else {
            throw InputError(
                "followersAtStart",
                count.map { .integer($0) } ?? .null,
                wanted: "no value for \(channel.platform.title), which tells the number itself"
            )
        }
        try await channels.setFollowersAtStart(count, on: channel.platform, in: session.scope)
        // Who has typed it in looks at the goal.
        try await counts.writeFollowersAtStart(of: channel, in: session.scope)
        let changed = try await connections.connectedChannels(in: session.scope)
            .first { $0.platform == channel.platform }
        // Somebody may have disconnected it in between.
        guard let changed else { throw ConnectionError.unknown(channel.platform.rawValue) }
        return Replies.data(keeper.json(of: changed, in: session.scope))
    }

    /// `DELETE /api/connections/{platform}`: the channel goes; its subscriptions and tokens end there, soon.
    ///
    /// The last one stays.
    func delete(_ request: Request, _ context: some RequestContext) async throws -> Response {
        _ = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let channel = try await channel(context, in: session.scope)
        let ended = try await connections.disconnect(channel.platform, in: session.scope)
        channels.forget()
        feeds.connectionChanged(session.tenant)
        if let ended { deliveries.leave(ended) }
        return Replies.noContent
    }

    private func channel(_ context: some RequestContext, in scope: TenantScope) async throws -> Channel {
        let name = context.parameters.get("platform") ?? ""
        let found = try await channels.channels(in: scope).first { $0.platform.rawValue == name }
        guard let found else { throw ConnectionError.unknown(String(name.prefix(40))) }
        return found
    }
}
