import HTTPTypes
import Hummingbird

/// Keeps browsers on HTTPS where the host's public address is under it and a trusted proxy says how they came.
struct SecureTransport: RouterMiddleware {
    typealias Context = HostRequestContext

    let publicAddress: PublicAddress

    /// A year, as browsers' preload list wants it at least; the names below the host's are not ours to promise.
    private static let policy = "max-age=31536000"

    func handle(
        _ request: Request,
        context: HostRequestContext,
        next: (Request, HostRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let scheme = context.forwarded?.scheme, publicAddress.isSecure else {
            return try await next(request, context)
        }
        switch scheme {
        case .http:
            // 308 keeps the method and the body (RFC 9110 section 15.4.9).
            // A request may name a whole address (RFC 9112 section 3.2.2), which behind ours would be another host's.
            let path = request.head.path.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/"
            return Response(status: .permanentRedirect, headers: [.location: publicAddress.text + path])
        case .https:
            var response = try await next(request, context)
            response.headers[.strictTransportSecurity] = Self.policy
            return response
        }
    }
}
