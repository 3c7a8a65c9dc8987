import HTTPTypes
import Hummingbird
import WidgetAPI

/// Signing in and out.
struct AuthRoutes: Sendable {
    let sessions: SessionStore
    let pages: Pages
    /// The streamer of `serve --demo`, or `nil`.
    let demoTenant: Tenant.ID?
    /// Those with which people can sign in here.
    let platforms: [Platform]
    /// Those of them that cannot reach this host.
    let quiet: [Pages.QuietPlatform]

    /// Written as `GET /`.
    func landingPage(_ request: Request) async throws -> Response {
        let isSignedIn = try await sessions.session(of: request) != nil
        let words = pages.words(for: request)
        return pages.landing(choices, isSignedIn: isSignedIn, words)
    }

    /// `GET /sample`: the frame on the first page in which a recorded overlay plays.
    func samplePage(_ request: Request) -> Response {
        pages.sample(pages.words(for: request))
    }

    /// Written as `GET /auth/login`.
    func loginPage(_ request: Request) -> Response {
        let words = pages.words(for: request)
        let problem = LoginProblem.sentence(in: request, words)
        return pages.login(choices, problem: problem, words)
    }

    private var choices: Pages.LoginChoices {
        Pages.LoginChoices(
            isDemo: demoTenant != nil,
            platforms: platforms,
            quiet: quiet
        )
    }

    /// Written as `POST /auth/demo`.
    func demoLogin(_ request: Request, _ context: HostRequestContext) async throws -> Response {
        guard let demoTenant else { throw AuthError.noDemo }
        let token = try await sessions.begin(for: demoTenant, from: SessionOrigin(request, context))
        let (address, cookies) = sessions.welcome(token, request)
        return Replies.redirect(to: address, cookies: cookies, status: .seeOther)
    }

    /// `POST /auth/logout`, a plain form.
    func logout(_ request: Request, _ context: some RequestContext) async throws -> Response {
        guard let token = sessions.cookie.token(in: request.headers[.cookie]),
            let session = try await sessions.session(token)
        else { return Replies.redirect(to: "/auth/login", cookies: [sessions.cookie.ending], status: .seeOther) }
        let form = String(buffer: try await request.body.collect(upTo: 4096))
        let sent = request.headers[HeaderNames.csrfToken] ?? Self.field("csrfToken", of: form)
        guard sent == session.csrfToken else { throw AuthError.wrongCSRFToken }
        try await sessions.end(token)
        return Replies.redirect(to: "/auth/login", cookies: [sessions.cookie.ending], status: .seeOther)
    }

    /// A field of a plain form; our tokens need no decoding.
    private static func field(_ name: String, of form: String) -> String? {
        form.split(separator: "&").first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
}

/// Why a request is not let in.
enum AuthError: HostFailure, Equatable {
    case noSession
    case wrongCSRFToken
    case noDemo

    var code: FailureCode {
        switch self {
        case .noSession: .unauthorized
        case .wrongCSRFToken: .forbidden
        case .noDemo: .notFound
        }
    }

    var publicMessage: String {
        switch self {
        case .noSession: "Sign in first."
        case .wrongCSRFToken: "The request did not come from this dashboard. Reload the page and try again."
        case .noDemo: "There is nothing at this address."
        }
    }
}

extension SessionOrigin {
    init(_ request: Request, _ context: HostRequestContext) {
        let address = context.visitor.address?.description ?? ""
        self.init(userAgent: request.headers[.userAgent] ?? "", address: address)
    }
}

extension LoginProblem {
    /// What `?problem=` of an address stands for, in words; `nil` for anything else.
    static func sentence(in request: Request, _ words: Words) -> String? {
        let query = request.uri.queryParameters
        guard let problem = query.get("problem").flatMap(LoginProblem.init(rawValue:)) else { return nil }
        let platform = query.get("platform").flatMap(Platform.init(rawValue:))
        let title = platform?.title ?? words.sentence("problem.platform")
        return words.sentence("problem.\(problem.rawValue)", ["platform": title])
    }
}

extension SessionStore {
    var cookie: SessionCookie { SessionCookie(isSecure: isSecure) }

    /// Where a browser goes that has just signed in, and what it keeps: to the page it wanted, or else to Home.
    func welcome(_ token: SessionToken, _ request: Request) -> (address: String, cookies: [String]) {
        let wanted = ReturnCookie(isSecure: isSecure)
        guard let page = wanted.page(in: request.headers[.cookie]) else {
            return (DashboardPage.home.path, [cookie.setting(token)])
        }
        return (page.path, [cookie.setting(token), wanted.ending])
    }

    /// The session of a request's cookie, or `nil`.
    func session(of request: Request) async throws -> Session? {
        guard let token = cookie.token(in: request.headers[.cookie]) else { return nil }
        return try await session(token)
    }

    /// The session of a request's cookie; there must be one.
    func requiredSession(of request: Request) async throws -> Session {
        guard let session = try await session(of: request) else { throw AuthError.noSession }
        return session
    }

    /// The session of a request that changes something: it must also carry the session's `X-CSRF-Token`.
    func changingSession(of request: Request) async throws -> Session {
        let session = try await requiredSession(of: request)
        guard request.headers[HeaderNames.csrfToken] == session.csrfToken else { throw AuthError.wrongCSRFToken }
        return session
    }
}
