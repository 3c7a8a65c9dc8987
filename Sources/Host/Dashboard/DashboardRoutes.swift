import Hummingbird
import WidgetAPI

/// The streamer's own page.
struct DashboardRoutes: Sendable {
    let sessions: SessionStore
    let streamers: StreamerStore
    let channels: ChannelStore
    let pages: Pages
    let publicURL: PublicAddress
    let demoTenant: Tenant.ID?

    /// Written as `GET /dashboard`.
    func home(_ request: Request) async throws -> Response {
        guard let session = try await sessions.session(of: request),
            let name = try await streamers.displayName(in: session.scope)
        else { return Replies.redirect(to: "/auth/login") }
        let base = publicURL.text
        let channels = try await channels.channels(in: session.scope).map { channel in
            let address = "\(base)/\(channel.platform.rawValue)/\(channel.name)/overlay"
            // OBS makes a source of the right size from a link with these parameters that is dropped on it.
            let name = "StreamVibes%20\(channel.name)"
            return Pages.DashboardChannel(
                platform: channel.platform.rawValue,
                channel: channel.name,
                overlayUrl: address,
                obsUrl: "\(address)?layer-name=\(name)&layer-width=1920&layer-height=1080"
            )
        }
        return pages.dashboard(
            displayName: name,
            csrfToken: session.csrfToken,
            channels: channels,
            isDemo: session.tenant == demoTenant
        )
    }

    /// Written as `GET /api/session`.
    func session(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let name = try await streamers.displayName(in: session.scope)
        let platforms = try await channels.channels(in: session.scope).map { channel -> JSONValue in
            [
                "platform": .string(channel.platform.rawValue), "channel": .string(channel.name),
                "connectedAt": .string(channel.connectedAt.iso8601), "status": "connected",
            ]
        }
        return Replies.data([
            "streamerId": .string(session.tenant.text), "email": .null, "displayName": .optional(name),
            "avatarUrl": .null, "connectedPlatforms": .array(platforms), "csrfToken": .string(session.csrfToken),
        ])
    }
}
