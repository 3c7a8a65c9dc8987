import HTTPTypes
import Hummingbird
import Logging
import WidgetAPI

/// Signing in with a platform, and connecting a second one.
struct LoginRoutes: Sendable {
    let platforms: [Platform: any LoginPlatform]
    let states: LoginStateStore
    let accounts: AccountStore
    let channels: ChannelStore
    let sessions: SessionStore
    let keeper: ConnectionKeeper
    let deliveries: DeliverySubscriptions
    let feeds: PlatformFeeds
    let publicURL: PublicAddress
    let now: @Sendable () -> Timestamp
    let logger: Logger

    /// Longest code or state that is looked at.
    private static let parameterLimit = 2048

    /// `GET /auth/login/{platform}`: sends the browser to the platform.
    func begin(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let name = try platformName(context)
        let isConnecting = request.uri.queryParameters.get("intent") == "connect"
        guard let platform = platforms[name] else { return back(.notOffered, name, isConnecting) }
        if let address = addressToMoveTo(request, name, isConnecting) {
            return Replies.redirect(to: address)
        }
        var tenant: Tenant.ID?
        if isConnecting {
            guard let session = try await sessions.session(of: request) else {
                return back(.signedOut, name, false)
            }
            tenant = session.tenant
        }
        let ticket = try await states.begin(name, connecting: tenant)
        let address = platform.authorizeURL(
            state: ticket.state,
            challenge: ticket.browser.challenge,
            redirectURI: redirectURI(name)
        )
        return Replies.redirect(to: address, cookies: [cookie.setting(ticket.browser)])
    }

    /// `GET /auth/callback/{platform}`: the browser comes back with a code, or with an error.
    func finish(_ request: Request, _ context: HostRequestContext) async throws -> Response {
        let name = try platformName(context)
        let query = request.uri.queryParameters
        guard let platform = platforms[name] else { return back(.notOffered, name, false) }
        guard let state = parameter("state", query), let browser = cookie.secret(in: request.headers[.cookie]),
            let begun = try await states.take(state, browser, name)
        else { return back(.expired, name, false) }
        let isConnecting = begun.connecting != nil
        do {
            if let error = query.get("error") { throw error == "access_denied" ? LoginProblem.denied : .refused }
            guard let code = parameter("code", query) else { throw LoginProblem.refused }
            let proof = try await prove(code, browser, platform)
            if let tenant = begun.connecting {
                try await connect(proof, to: tenant, request, platform)
                let address = "/dashboard/settings?connected=\(name.rawValue)"
                return Replies.redirect(to: address, cookies: [cookie.ending])
            }
            return try await signIn(proof, request, context)
        } catch let problem as LoginProblem {
            return back(problem, name, isConnecting)
        }
    }

    // MARK: Steps

    /// What the platform said about who is in front of the browser.
    private struct Proof {
        let identity: PlatformIdentity
        let grant: TokenGrant
        let schedule: ConnectionSchedule
    }

    private func prove(
        _ code: String,
        _ browser: BrowserSecret,
        _ platform: any LoginPlatform
    ) async throws(LoginProblem) -> Proof {
        do {
            let grant = try await platform.exchange(
                code: code,
                verifier: browser.verifier,
                redirectURI: redirectURI(platform.platform)
            )
            let schedule = ConnectionSchedule(
                lifetimeSeconds: grant.lifetimeSeconds,
                wantsValidation: platform.wantsValidation,
                now: now(),
                jitter: .random(in: 0...1)
            )
            return Proof(identity: try await platform.identity(grant.accessToken), grant: grant, schedule: schedule)
        } catch {
            let metadata: Logger.Metadata = ["platform": "\(platform.platform.rawValue)", "reason": "\(error)"]
            logger.warning("a sign-in failed at the platform", metadata: metadata)
            switch error {
            case .unreachable: throw .unavailable
            case .tokenRefused, .grantRefused, .questionRefused, .unusable, .needsLogin, .notConnected: throw .refused
            }
        }
    }

    private func signIn(
        _ proof: Proof,
        _ request: Request,
        _ context: HostRequestContext
    ) async throws -> Response {
        let tenant = try await revokingOnRefusal(proof) {
            try await accounts.signIn(proof.identity, proof.grant, proof.schedule)
        }
        began(proof.identity.platform, tenant)
        // Whoever used this browser before is signed out of it.
        if let old = sessions.cookie.token(in: request.headers[.cookie]) { try await sessions.end(old) }
        let token = try await sessions.begin(for: tenant, from: SessionOrigin(request, context))
        logger.info(
            "a streamer signed in",
            metadata: ["platform": "\(proof.identity.platform.rawValue)", "streamer": "\(tenant)"]
        )
        let (address, cookies) = sessions.welcome(token, request)
        return Replies.redirect(to: address, cookies: cookies + [cookie.ending])
    }

    private func connect(
        _ proof: Proof,
        to tenant: Tenant.ID,
        _ request: Request,
        _ platform: any LoginPlatform
    ) async throws {
        try await revokingOnRefusal(proof) {
            // The account is that of the click, and its owner must still be the one in front of the browser.
            guard let session = try await sessions.session(of: request), session.tenant == tenant else {
                throw LoginProblem.signedOut
            }
            try await accounts.connect(proof.identity, proof.grant, proof.schedule, in: session.scope)
            began(platform.platform, tenant)
        }
        logger.info(
            "a platform was connected",
            metadata: ["platform": "\(proof.identity.platform.rawValue)", "streamer": "\(tenant)"]
        )
    }

    /// A connection works, or works again.
    private func began(_ platform: Platform, _ tenant: Tenant.ID) {
        keeper.answered(platform, keeper.scope(tenant), ConnectionTrouble.allCases)
        deliveries.changed(tenant, on: platform)
        feeds.connectionChanged(tenant)
    }

    /// Tokens that are kept for nobody are ended where they came from.
    private func revokingOnRefusal<Value>(_ proof: Proof, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            keeper.revoke(proof.grant.accessToken, proof.grant.refreshToken, on: proof.identity.platform)
            throw error
        }
    }

    // MARK: Addresses

    private var cookie: LoginCookie { LoginCookie(isSecure: sessions.cookie.isSecure) }

    private func redirectURI(_ platform: Platform) -> String {
        "\(publicURL.text)/auth/callback/\(platform.rawValue)"
    }

    /// The same login at the address that the platform knows, when it was begun at another.
    ///
    /// It moves once: behind a proxy that names itself in `Host`, no request ever comes under the public address.
    private func addressToMoveTo(_ request: Request, _ platform: Platform, _ isConnecting: Bool) -> String? {
        guard request.uri.queryParameters.get("moved") == nil, !publicURL.isReached(by: request.head.authority) else {
            return nil
        }
        let intent = isConnecting ? "&intent=connect" : ""
        return "\(publicURL.text)/auth/login/\(platform.rawValue)?moved=1\(intent)"
    }

    private func platformName(_ context: some RequestContext) throws -> Platform {
        let name = context.parameters.get("platform").flatMap(Platform.init(rawValue:))
        guard let name, Platform.ofChannels.contains(name) else { throw AuthError.noDemo }
        return name
    }

    private func parameter(_ name: String, _ query: some Sequence<(key: Substring, value: Substring)>) -> String? {
        let found = query.filter { $0.key == name[...] }
        guard found.count == 1, let text = found.first?.value, (1...Self.parameterLimit).contains(text.utf8.count)
        else { return nil }
        return String(text)
    }

    /// Back to where the login was begun, which says in words what went wrong.
    private func back(_ problem: LoginProblem, _ platform: Platform, _ isConnecting: Bool) -> Response {
        let page = isConnecting ? "/dashboard/settings" : "/auth/login"
        let address = "\(page)?problem=\(problem.rawValue)&platform=\(platform.rawValue)"
        return Replies.redirect(to: address, cookies: [cookie.ending])
    }
}
