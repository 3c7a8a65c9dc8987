import HTTPTypes
import Hummingbird
import WidgetAPI

/// The host's limits of requests a minute (contract section 2); signed deliveries have none.
struct RateLimits: RouterMiddleware {
    typealias Context = HostRequestContext

    private let cookie: SessionCookie
    /// `/auth/login/{platform}`, by address.
    private let logins: RateLimit
    /// `/api`, by session; by address where there is none.
    private let requests: RateLimit
    /// `/api/events/test`, by session.
    private let testEvents: RateLimit

    init(cookie: SessionCookie, now: @escaping @Sendable () -> Timestamp) {
        self.cookie = cookie
        logins = RateLimit(perMinute: 10, now: now)
        requests = RateLimit(perMinute: 1200, now: now)
        testEvents = RateLimit(perMinute: 240, now: now)
    }

    func handle(
        _ request: Request,
        context: HostRequestContext,
        next: (Request, HostRequestContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        let household = context.visitor.address?.household ?? []
        if path.hasPrefix("/api/"), !path.hasPrefix("/api/webhooks/") {
            let token = cookie.token(in: request.headers[.cookie])
            let person = token.map { Array($0.hash.utf8) } ?? household
            try Self.pass(requests, person, request)
            if path == "/api/events/test" { try Self.pass(testEvents, person, request) }
        } else if path.hasPrefix("/auth/login/") {
            try Self.pass(logins, household, request)
        }
        return try await next(request, context)
    }

    private static func pass(_ limit: RateLimit, _ person: [UInt8], _ request: Request) throws(RateLimitError) {
        // Too much at once is said before too often.
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > RequestBody.limit { return }
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
