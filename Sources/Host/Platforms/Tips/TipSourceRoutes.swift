import Hummingbird
import WidgetAPI

/// A streamer's tip services, over HTTP.
struct TipSourceRoutes: Sendable {
    let sessions: SessionStore
    let sources: TipSourceStore
    let objects: ObjectDirectory
    let publicURL: PublicAddress
    let now: @Sendable () -> Timestamp

    /// Written as `GET /api/tip-sources`.
    func list(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let page = try ListPage(request)
        let publicURL = publicURL.text
        let all = try await sources.sources(in: session.scope)
        return page.reply(all, hasSecrets: true) { $0.json(under: publicURL) }
    }

    /// `POST /api/tip-sources {service,secret}`: answered with the address that the service is to be given.
    func add(_ request: Request) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let members = try body.members()
        try members.expectOnly("service", "secret")
        let service = try members.required("service") { name throws(InputError) in
            try members.choice(name, TipService.self)
        }
        let secret = try Self.secret(of: service, in: members)
        let moment = now()
        let source = TipSource(id: TipSource.ID(UUIDv7.make(at: moment)), service: service, key: .random())
        try await sources.add(source, secret: secret, at: moment, in: session.scope)
        return Replies.data(source.json(under: publicURL.text), status: .created)
    }

    /// `DELETE /api/tip-sources/{sourceId}`: what the service still delivers is refused.
    func remove(_ request: Request, _ context: some RequestContext) async throws -> Response {
        _ = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let id = context.parameters.get("sourceId") ?? ""
        guard try await sources.remove(TipSource.ID(id), in: session.scope) else {
            throw try await objects.refusal(of: id, in: session.scope)
        }
        return Replies.noContent
    }

    /// What is refused is told by its length: a secret with a typing error is nearly the secret.
    private static func secret(of service: TipService, in members: InputMembers) throws(InputError) -> Secret {
        let value = try members.required("secret") { members[$0] }
        guard let text = value.stringValue, service.admits(secret: text) else {
            let seen = value.stringValue.map { "a text of \($0.count) characters" } ?? "no text"
            throw InputError(message: "secret: \(seen) given, \(service.secretWanted) wanted.")
        }
        return Secret(text)
    }
}
