import HTTPTypes
import Hummingbird

/// Who asks, seen past the proxies that the operator trusts.
struct Visitor: Sendable, Equatable {
    /// `nil` where the connection has no address.
    let address: IPAddress?
    /// How the visitor reached the outermost proxy; `nil` where nobody trusted says.
    let scheme: Scheme?

    enum Scheme: String, Sendable {
        case http, https
    }

    /// Reads what trusted proxies have added; of everybody else's headers nothing is believed.
    ///
    /// The last address of `X-Forwarded-For` was written by the proxy that connected to us, the one before by its own
    /// peer: the first that is no proxy of ours, from the right, is the visitor.
    init(peer: IPAddress?, headers: HTTPFields, trusting proxies: TrustedProxies) {
        guard let peer, proxies.contains(peer) else {
            (address, scheme) = (peer, nil)
            return
        }
        var visitor = peer
        for field in headers[values: HeaderNames.forwardedFor].reversed() {
            for part in field.split(separator: ",").reversed() {
                guard proxies.contains(visitor), let next = IPAddress(part.filter { $0 != " " }) else { break }
                visitor = next
            }
        }
        address = visitor
        let said = headers[values: HeaderNames.forwardedProto].last?.split(separator: ",").last?.filter { $0 != " " }
        scheme = said.flatMap { Scheme(rawValue: $0.lowercased()) }
    }
}

/// Finds out who asks before anybody else looks at a request.
struct VisitorReading: RouterMiddleware {
    typealias Context = HostRequestContext

    let proxies: TrustedProxies

    func handle(
        _ request: Request,
        context: HostRequestContext,
        next: (Request, HostRequestContext) async throws -> Response
    ) async throws -> Response {
        guard !proxies.isEmpty else { return try await next(request, context) }
        var context = context
        context.forwarded = Visitor(peer: context.peer, headers: request.headers, trusting: proxies)
        return try await next(request, context)
    }
}
