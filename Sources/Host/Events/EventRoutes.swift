import Hummingbird
import WidgetAPI

/// The streamer's log over HTTP.
struct EventRoutes: Sendable {
    let sessions: SessionStore
    let events: EventStore

    /// `GET /api/events?after=&limit=&types=`, or `?before=` for the newest first.
    func list(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let query = try Query(request)
        let head = try await events.head(in: session.scope)
        let (rows, hasMore) = try await rows(query, in: session.scope)
        return Replies.json { writer in
            writer.raw("{\"data\":[")
            for (index, event) in rows.enumerated() {
                if index > 0 { writer.raw(",") }
                EventEnvelope.write(event, of: session.tenant, into: &writer)
            }
            writer.raw("],\"meta\":{\"lastSeq\":")
            // The rows may have been read a moment after the head.
            writer.write(max(head?.seq ?? 0, rows.map(\.seq).max() ?? 0))
            writer.raw(",\"hasMore\":")
            writer.write(.bool(hasMore))
            writer.raw("}}")
        }
    }

    private func rows(_ query: Query, in scope: TenantScope) async throws -> ([Event], hasMore: Bool) {
        // One more than wanted tells whether there are more.
        let limit = query.limit + 1
        let rows =
            if query.patterns.isEmpty {
                switch query.place {
                case .after(let seq): try await events.events(after: seq, limit: limit, in: scope)
                case .before(let seq): try await events.events(before: seq, limit: limit, in: scope)
                }
            } else {
                try await events.events(matching: query.patterns, from: query.place, limit: limit, in: scope)
            }
        return (Array(rows.prefix(query.limit)), rows.count > query.limit)
    }

    /// What was asked for, checked.
    private struct Query {
        let place: EventStore.Place
        let limit: Int
        let patterns: [EventPattern]

        init(_ request: Request) throws(EventQueryError) {
            let parameters = request.uri.queryParameters
            func number(_ name: String) throws(EventQueryError) -> Int64? {
                guard let text = parameters.get(name) else { return nil }
                guard let value = Int64(text), value >= 0 else {
                    throw EventQueryError(field: name, value: text, wanted: "a whole number from 0")
                }
                return value
            }
            let after = try number("after")
            let before = try number("before")
            if let before, after != nil {
                throw EventQueryError(field: "before", value: "\(before)", wanted: "after or before, not both")
            }
            place = before.map(EventStore.Place.before) ?? .after(after ?? 0)
            let limit = try number("limit") ?? 100
            guard (1...500).contains(limit) else {
                throw EventQueryError(field: "limit", value: "\(limit)", wanted: "a whole number from 1 to 500")
            }
            self.limit = Int(limit)
            patterns = (parameters.get("types") ?? "").split(separator: ",").map { EventPattern(String($0)) }
        }
    }
}

/// A parameter of `/api/events` that does not fit.
struct EventQueryError: HostFailure, Equatable {
    let field: String
    let value: String
    let wanted: String

    var code: FailureCode { .validation }
    var publicMessage: String { "\(field): \"\(value.prefix(64))\" given, \(wanted) wanted." }
}
