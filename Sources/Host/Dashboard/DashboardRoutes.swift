import HTTPTypes
import Hummingbird
import WidgetAPI

/// The streamer's own pages.
struct DashboardRoutes: Sendable {
    let sessions: SessionStore
    let streamers: StreamerStore
    let channels: ChannelStore
    let connections: ConnectionStore
    let keeper: ConnectionKeeper
    let settings: StreamerSettingsStore
    let runtimes: TenantRuntimes
    /// Those with which people can sign in here.
    let platforms: [Platform]
    /// Those whose events come over a socket.
    let socketPlatforms: [Platform]
    let adapters: [any PlatformAdapter]
    let pages: Pages
    let publicURL: PublicAddress
    let demoTenant: Tenant.ID?

    /// `GET /dashboard` and the pages below it; without a session the way to the login page, and from there back.
    func page(_ page: DashboardPage, _ request: Request) async throws -> Response {
        guard let session = try await sessions.session(of: request),
            let settings = try await settings.settings(in: session.scope)
        else {
            let cookie = ReturnCookie(isSecure: sessions.cookie.isSecure)
            return Replies.redirect(to: "/auth/login", cookies: [cookie.setting(page)])
        }
        let locale = try await self.settings.chosenLocale(in: session.scope)
        let words = pages.words(for: request, chosen: locale)
        let channels = try await channels.channels(in: session.scope)
        let places = channels.map(place)
        let cookie = PlatformCookie(isSecure: sessions.cookie.isSecure)
        let asked = request.uri.queryParameters.get("platform").flatMap(Platform.init(rawValue:))
            .flatMap { platform in places.contains { $0.platform == platform.rawValue } ? platform : nil }
        var response = pages.dashboard(
            DashboardView(
                page: page,
                streamer: session.tenant.text,
                displayName: settings.displayName,
                csrfToken: session.csrfToken,
                places: places,
                platform: asked ?? cookie.platform(in: request.headers[.cookie]),
                hasShortcuts: settings.shortcuts,
                locale: locale,
                // A zone may be chosen without a language; UTC alone is what stands where nothing was.
                timeZone: locale == nil && settings.timeZone == "UTC" ? nil : settings.timeZone,
                look: cookie.look(in: request.headers[.cookie]),
                isDemo: session.tenant == demoTenant,
                offered: platforms,
                deliversEvents: publicURL.isSecure,
                listenedTo: socketPlatforms,
                chatsRead: chatsRead(of: channels),
                notice: page == .settings ? notice(of: request, places.map(\.platform), words) : nil
            ),
            words
        )
        renew(&response, request)
        if let asked { response.headers.append(HTTPField(name: .setCookie, value: cookie.setting(asked))) }
        return response
    }

    /// Platforms whose chat alone is read of these channels; of one that is not connected yet it may be.
    private func chatsRead(of channels: [Channel]) -> [Platform] {
        adapters.filter { adapter in
            adapter.readsChatAlone(of: channels.first { $0.platform == adapter.login.platform }?.name)
        }.map(\.login.platform)
    }

    private func place(_ channel: Channel) -> DashboardView.Place {
        let address = "\(publicURL.text)/\(channel.platform.rawValue)/\(channel.name)/overlay"
        // OBS makes a source of the right size from a link with these parameters that is dropped on it.
        let name = "StreamVibes%20\(channel.name)"
        return DashboardView.Place(
            platform: channel.platform.rawValue,
            platformTitle: channel.platform.title,
            channel: channel.name,
            overlayUrl: address,
            obsUrl: "\(address)?layer-name=\(name)&layer-width=1920&layer-height=1080"
        )
    }

    /// What came of connecting a platform, in words.
    private func notice(of request: Request, _ connected: [String], _ words: Words) -> (text: String, isBad: Bool)? {
        if let problem = LoginProblem.sentence(in: request, words) { return (problem, true) }
        let name = request.uri.queryParameters.get("connected").flatMap(Platform.init(rawValue:))
        // A link says what it likes.
        guard let name, connected.contains(name.rawValue) else { return nil }
        return (words.sentence("settings.connected", ["platform": name.title]), false)
    }

    /// The browser keeps the cookie as long as the session lasts, which is longer with each use.
    private func renew(_ response: inout Response, _ request: Request) {
        guard let token = sessions.cookie.token(in: request.headers[.cookie]) else { return }
        response.headers[.setCookie] = sessions.cookie.setting(token)
    }

    /// `GET /dashboard/goal`: `{label,text}` of the first goal as the overlay shows it, or `null`.
    func goal(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        guard let goal = await runtimes.goalReport(in: session.scope) else { return Replies.data(.null) }
        return Replies.data(["label": .string(goal.label), "text": .string(goal.text)])
    }

    /// Written as `GET /api/session`.
    func session(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let profile = try await streamers.profile(in: session.scope)
        let connected = try await connections.connectedChannels(in: session.scope).map { channel in
            keeper.json(of: channel, in: session.scope)
        }
        var response = Replies.data([
            "streamerId": .string(session.tenant.text), "email": .optional(profile?.email),
            "displayName": .optional(profile?.displayName), "avatarUrl": .optional(profile?.avatarURL),
            "connectedPlatforms": .array(connected), "csrfToken": .string(session.csrfToken),
        ])
        renew(&response, request)
        return response
    }
}
