import HTTPTypes
import Hummingbird
import NIOCore
import WidgetAPI

/// What operators and their tools ask.
struct OpsRoutes: Sendable {
    let readiness: Readiness
    let probe: StorageProbe
    let log: EventLog
    let runtimes: TenantRuntimes
    let hub: RealtimeHub
    let counters: HostCounters
    let token: OperatorToken?
    let version: String

    /// `GET /health`: 200 once ready, 503 while storage is away and once the host was asked to stop.
    func health() async -> Response {
        guard readiness.isReady else { return Replies.failure(.unavailable, "The host is starting or stopping.") }
        guard await !log.isStorageAway else {
            return Replies.failure(.unavailable, "Events cannot be stored right now.")
        }
        guard await probe.isWell() else {
            return Replies.failure(.unavailable, "Storage is not available right now.")
        }
        return Replies.json(["status": "ok"])
    }

    /// `GET /metrics`: for this machine, and for whoever has the operator's token.
    func metrics(_ request: Request, from peer: IPAddress?) async throws -> Response {
        guard isOperator(request, peer) else { throw OpsError.notAnOperator }
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: await text()))
        )
    }

    /// A proxy on this machine comes from a loopback address too; one that says so speaks for somebody else.
    private func isOperator(_ request: Request, _ peer: IPAddress?) -> Bool {
        if let token, let given = request.headers[.authorization], let space = given.firstIndex(of: " "),
            given[..<space].lowercased() == "bearer", token.matches(given[given.index(after: space)...])
        {
            return true
        }
        let isForwarded = request.headers.contains { field in
            field.name.canonicalName == "forwarded" || field.name.canonicalName.hasPrefix("x-forwarded-")
        }
        return !isForwarded && peer.map(Self.isLoopback) == true
    }

    static func isLoopback(_ peer: IPAddress) -> Bool {
        let text = peer.description
        return text == "::1" || text.hasPrefix("127.")
    }
}

/// Why an operator's question has no answer.
enum OpsError: HostFailure, Equatable {
    case notAnOperator

    var code: FailureCode { .forbidden }

    var publicMessage: String {
        "Metrics are for the operator: ask from the host's own machine, or with the bearer token OPERATOR_TOKEN."
    }
}
