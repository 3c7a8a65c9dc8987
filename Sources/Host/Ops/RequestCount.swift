import Hummingbird

/// Counts every request by what was asked and how it was answered; who asked is in no number.
struct RequestCount<Context: RequestContext>: RouterMiddleware {
    let counters: HostCounters

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let begun = ContinuousClock.now
        let group = HostCounters.RouteGroup(path: request.uri.path)
        do {
            let response = try await next(request, context)
            count(request, group, response.status.code, since: begun)
            return response
        } catch {
            count(request, group, (error as? any HTTPResponseError)?.status.code ?? 500, since: begun)
            throw error
        }
    }

    private func count(
        _ request: Request,
        _ group: HostCounters.RouteGroup,
        _ status: Int,
        since begun: ContinuousClock.Instant
    ) {
        counters.count(group, status)
        counters.requestSeconds.record(.now - begun)
        guard group == .webhook, request.method == .post else { return }
        let parts = request.uri.path.split(separator: "/")
        counters.count(deliveryFrom: parts.count > 2 ? parts[2] : "", .init(status: status))
    }
}

extension HostCounters.RouteGroup {
    private static let byFirstPart: [Substring: HostCounters.RouteGroup] = [
        "api": .api, "auth": .auth, "dashboard": .dashboard, "assets": .asset, "schemas": .asset, "img": .image,
        "files": .file, "fonts": .asset, "licences": .asset, "health": .ops, "metrics": .ops, "openapi.json": .ops,
    ]

    /// The kind of an address; names that strangers made up are all one kind.
    init(path: String) {
        if path.hasPrefix("/api/webhooks/") {
            self = .webhook
            return
        }
        let parts = path.split(separator: "/", maxSplits: 3)
        if let first = parts.first, let group = Self.byFirstPart[first] {
            self = group
        } else {
            self = parts.count == 3 && OverlayView(rawValue: String(parts[2])) != nil ? .overlay : .other
        }
    }
}
