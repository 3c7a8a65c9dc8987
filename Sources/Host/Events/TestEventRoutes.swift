import Hummingbird
import WidgetAPI

/// Events that a streamer sends to see them on screen.
struct TestEventRoutes: Sendable {
    let sessions: SessionStore
    let channels: ChannelStore
    let log: EventLog
    let now: @Sendable () -> Timestamp

    /// Bytes of a payload at most; everything that platforms send is far smaller.
    private static let payloadLimit = 65_536
    private static let idLength = 1...128

    /// `POST /api/events/test {type,payload?,platform?}`: takes the way of a real event and is counted nowhere.
    ///
    /// The payload is laid over the type's sample; without a platform it seems to come from the first channel.
    func send(_ request: Request) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let members = try body.members()
        try members.expectOnly("type", "payload", "platform")
        let type = try Self.type(members)
        let owned = try await channels.channels(in: session.scope)
        let platform = try members.choice("platform", Platform.self) ?? owned.first?.platform ?? .streamvibes
        let moment = now()
        let draft = EventDraft(
            id: Event.ID(UUIDv7.make(at: moment)),
            type: type,
            platform: platform,
            channelId: owned.first { $0.platform == platform }?.platformUserId,
            occurredAt: moment,
            isTest: true,
            payload: .null
        )
        let rows = try await log.append([try Self.filled(draft, with: members)], in: session.scope)
        guard let event = rows.first else { throw TestEventError.known }
        return Replies.json(status: .created) { writer in
            writer.raw("{\"data\":")
            EventEnvelope.write(event, of: session.tenant, into: &writer)
            writer.raw("}")
        }
    }

    private static func type(_ members: InputMembers) throws(InputError) -> EventType {
        let name = try members.required("type") { name throws(InputError) in try members.text(name, 1...64) }
        let types = CoreSamples.types.map(\.name)
        guard types.contains(name) else {
            throw InputError("type", .string(name), wanted: "one of \(types.joined(separator: ", "))")
        }
        return EventType(name)
    }

    /// The draft with the sample's payload and what was given laid over it.
    private static func filled(_ draft: EventDraft, with members: InputMembers) throws(InputError) -> EventDraft {
        var draft = draft
        let given = members["payload"] ?? [:]
        guard given.objectValue != nil else { throw InputError("payload", given, wanted: "an object") }
        guard given.text.utf8.count <= payloadLimit else {
            throw InputError("payload", given, wanted: "an object of at most \(payloadLimit) bytes")
        }
        if let id = given["messageId"]?.stringValue, !id.isEmpty, !id.isKeepable(idLength) {
            let wanted = "an id of at most \(idLength.upperBound) characters"
            throw InputError("payload.messageId", .string(id), wanted: wanted)
        }
        draft.id = SampledPayload.id(of: draft.type, with: given) ?? draft.id
        guard let payload = SampledPayload.of(draft.type, with: given, id: draft.id) else {
            let sample = (CoreSamples.payload(of: draft.type) ?? [:]).text
            throw InputError("payload", given, wanted: "what \(draft.type) carries, such as \(sample)")
        }
        draft.payload = .object(payload)
        return draft
    }
}

/// Why a test event is not sent.
enum TestEventError: HostFailure, Equatable {
    /// The log has an event of that id.
    case known

    var code: FailureCode { .conflict }
    var publicMessage: String { "payload.messageId: the log has an event of this id, a new one wanted." }
}
