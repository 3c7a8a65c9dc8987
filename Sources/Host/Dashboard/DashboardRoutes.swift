import HTTPTypes
import Hummingbird
import WidgetAPI

/// The streamer's own page.
struct DashboardRoutes: Sendable {
    let sessions: SessionStore
    let streamers: StreamerStore
    let channels: ChannelStore
    let connections: ConnectionStore
    /// Those with which people can sign in here.
    let platforms: [Platform]
    let pages: Pages
    let publicURL: PublicAddress
    let demoTenant: Tenant.ID?

    /// Written as `GET /dashboard`.
    func home(_ request: Request) async throws -> Response {
        guard let session = try await sessions.session(of: request),
            let name = try await streamers.displayName(in: session.scope)
        else { return LoginReply.redirect(to: "/auth/login") }
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
        var response = pages.dashboard(
            displayName: name,
            csrfToken: session.csrfToken,
            channels: channels,
            isDemo: session.tenant == demoTenant,
            message: message(of: request, channels.map(\.platform))
        )
        renew(&response, request)
        return response
    }

    /// What came of connecting a platform, in words.
    private func message(of request: Request, _ connected: [String]) -> (text: String, isBad: Bool)? {
        if let problem = LoginProblem.sentence(in: request) { return (problem, true) }
        let name = request.uri.queryParameters.get("connected").flatMap(Platform.init(rawValue:))
        // A link says what it likes.
        guard let name, connected.contains(name.rawValue) else { return nil }
        return ("\(name.title) is connected.", false)
    }

    /// The browser keeps the cookie as long as the session lasts, which is longer with each use.
    private func renew(_ response: inout Response, _ request: Request) {
        guard let token = sessions.cookie.token(in: request.headers[.cookie]) else { return }
        response.headers[.setCookie] = sessions.cookie.setting(token)
    }

    /// Written as `GET /api/session`.
    func session(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let profile = try await streamers.profile(in: session.scope)
        let statuses = try await connections.statuses(in: session.scope)
        let connected = try await channels.channels(in: session.scope).map { channel -> JSONValue in
            [
                "platform": .string(channel.platform.rawValue), "channel": .string(channel.name),
                "connectedAt": .string(channel.connectedAt.iso8601),
                "status": .string(status(of: channel.platform, statuses)),
            ]
        }
        var response = Replies.data([
            "streamerId": .string(session.tenant.text), "email": .optional(profile?.email),
            "displayName": .optional(profile?.displayName), "avatarUrl": .optional(profile?.avatarURL),
            "connectedPlatforms": .array(connected), "csrfToken": .string(session.csrfToken),
        ])
        renew(&response, request)
        return response
    }

    /// A channel that was added by command has no tokens that could end; deliveries for it are taken all the same.
    private func status(of platform: Platform, _ statuses: [Platform: Connection.Status]) -> String {
        guard let status = statuses[platform] else { return Connection.Status.connected.rawValue }
        return platforms.contains(platform) ? status.rawValue : "off"
    }
}
