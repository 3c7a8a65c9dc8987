import Hummingbird
import WidgetAPI

/// The streamer's control over the alerts: what is shown and what waits, and a say in it.
struct AlertRoutes: Sendable {
    let sessions: SessionStore
    let events: EventStore
    let runtimes: TenantRuntimes
    let log: EventLog
    let now: @Sendable () -> Timestamp

    /// What a streamer can do to the whole queue.
    enum Control: String, CaseIterable {
        case pause, resume, skip, clear

        var type: EventType {
            switch self {
            case .pause: .alertPause
            case .resume: .alertResume
            case .skip: .alertSkip
            case .clear: .alertClear
            }
        }
    }

    /// Types of which a widget makes alerts; another event cannot be replayed.
    private static let replayable: [EventType] = [.follow, .subscribe, .tip, .raid, .redemption]

    /// Written as `GET /api/alerts`: `{paused,current,waiting}`.
    func status(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let report = try await runtimes.alertReport(in: session.scope)
        let waiting = try await originals(at: report?.waiting ?? [], in: session.scope)
        let current = try await originals(at: report?.current.map { [$0] } ?? [], in: session.scope).first
        return Replies.json { writer in
            writer.raw("{\"data\":{\"paused\":")
            writer.write(.bool(report?.isPaused ?? false))
            writer.raw(",\"current\":")
            if let current {
                EventEnvelope.write(current, of: session.tenant, into: &writer)
            } else {
                writer.raw("null")
            }
            writer.raw(",\"waiting\":[")
            for (index, event) in waiting.enumerated() {
                if index > 0 { writer.raw(",") }
                EventEnvelope.write(event, of: session.tenant, into: &writer)
            }
            writer.raw("]}}")
        }
    }

    /// `POST /api/alerts/{pause|resume|skip|clear}`: a row of the log, answered with it.
    func control(_ control: Control, _ request: Request) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        return try await append(control.type, [:], for: session)
    }

    /// `POST /api/alerts/{seq}/replay`: the alert of that row comes again, before all others.
    func replay(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let text = context.parameters.get("seq") ?? ""
        guard let seq = Int64(text), seq > 0,
            let event = try await originals(at: [seq], in: session.scope).first
        else { throw ObjectError.unknown }
        guard Self.replayable.contains(event.type) else {
            let wanted = "the place of an alert: \(Self.replayable.map(\.name).joined(separator: ", "))"
            throw InputError("seq", .integer(seq), wanted: wanted)
        }
        return try await append(.alertReplay, AlertReplay(event).json, for: session)
    }

    /// The events at these places; where one is a replay, what it replays.
    private func originals(at places: [Int64], in scope: TenantScope) async throws -> [Event] {
        try await events.events(at: places, in: scope).map { event in
            event.type == .alertReplay ? AlertReplay(json: event.payload)?.event ?? event : event
        }
    }

    private func append(_ type: EventType, _ payload: JSONValue, for session: Session) async throws -> Response {
        let moment = now()
        let draft = EventDraft(
            id: Event.ID(UUIDv7.make(at: moment)),
            type: type,
            platform: .streamvibes,
            occurredAt: moment,
            payload: payload
        )
        guard let event = try await log.append([draft], in: session.scope).first else { throw ObjectError.unknown }
        return Replies.json { writer in
            writer.raw("{\"data\":")
            EventEnvelope.write(event, of: session.tenant, into: &writer)
            writer.raw("}")
        }
    }
}
