import HTTPTypes
import Hummingbird
import WidgetAPI

/// The host's limits of requests a minute (contract section 2); signed deliveries have none.
///
/// The route decides, and not how its address is written: an address with empty steps in it leads to the same place.
struct RateLimits: RouterMiddleware {
    typealias Context = HostRequestContext

    private let cookie: SessionCookie
    /// `/auth/login/{platform}` and `/auth/callback/{platform}`, each by address.
    private let logins: RateLimit
    private let callbacks: RateLimit
    /// `/api`, by session.
    private let requests: RateLimit
    /// `/api` by address, of those whose session is not known: anybody can invent a cookie.
    private let strangers: RateLimit
    /// `/api/events/test`, by session.
    private let testEvents: RateLimit

    init(cookie: SessionCookie, now: @escaping @Sendable () -> Timestamp) {
        self.cookie = cookie
        logins = RateLimit(perMinute: 10, now: now)
        callbacks = RateLimit(perMinute: 30, now: now)
        requests = RateLimit(perMinute: 1200, now: now)
        strangers = RateLimit(perMinute: 1200, now: now)
        testEvents = RateLimit(perMinute: 240, now: now)
    }

    func handle(
        _ request: Request,
        context: HostRequestContext,
        next: (Request, HostRequestContext) async throws -> Response
    ) async throws -> Response {
        switch context.route {
        case "/auth/login/{platform}": try Self.pass(logins, context.household)
        case "/auth/callback/{platform}": try Self.pass(callbacks, context.household)
        case let route where route.hasPrefix("/api/") && !route.hasPrefix("/api/webhooks/"):
            // Too much at once is said before too often, and to everybody alike.
            try RequestBody.checkLength(of: request, limit: route == "/api/files" ? StoredFile.sizeLimit : nil)
            return try await limited(request, context, to: route, next)
        default: break
        }
        return try await next(request, context)
    }

    /// A session that has been answered is known from then on; until then its requests are those of its address.
    private func limited(
        _ request: Request,
        _ context: HostRequestContext,
        to route: String,
        _ next: (Request, HostRequestContext) async throws -> Response
    ) async throws -> Response {
        let session = cookie.token(in: request.headers[.cookie]).map { Array($0.hash.utf8) }
        guard let session, requests.knows(session) else {
            let household = context.household
            try Self.pass(strangers, household)
            if route == "/api/events/test" { try Self.pass(testEvents, session ?? household) }
            let response = try await next(request, context)
            if let session { _ = requests.admit(session) }
            return response
        }
        try Self.pass(requests, session)
        if route == "/api/events/test" { try Self.pass(testEvents, session) }
        return try await next(request, context)
    }

    private static func pass(_ limit: RateLimit, _ person: [UInt8]) throws(RateLimitError) {
        if let seconds = limit.admit(person) {
            throw RateLimitError(perMinute: limit.perMinute, retryAfterSeconds: seconds)
        }
    }
}

/// Somebody asks more often than they may.
struct RateLimitError: HostFailure, Equatable {
    let perMinute: Int
    let retryAfterSeconds: Int64

    var code: FailureCode { .rateLimited }

    var publicMessage: String {
        "More than \(perMinute) requests within a minute. Try again in \(retryAfterSeconds) seconds."
    }
}

extension HostRequestContext {
    /// The route that was found, with the names of its ids in braces; empty where there is none.
    var route: String { endpointPath ?? "" }

    /// Whose requests are counted together where nobody is signed in.
    fileprivate var household: [UInt8] { visitor.address?.household ?? [] }
}
