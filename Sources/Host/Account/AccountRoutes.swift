import HTTPTypes
import Hummingbird
import WidgetAPI

/// What a streamer may do with all that is theirs: take it along, or have it deleted.
struct AccountRoutes: Sendable {
    let sessions: SessionStore
    let removal: AccountRemoval
    let data: AccountExport
    let erasure: ViewerErasure
    let demoTenant: Tenant.ID?

    /// `DELETE /api/account`: at once and for ever.
    func remove(_ request: Request) async throws -> Response {
        _ = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        guard session.tenant != demoTenant else { throw AccountError.demo }
        try await removal.remove(in: session.scope)
        var response = Replies.noContent
        response.headers[.setCookie] = sessions.cookie.ending
        return response
    }

    /// `POST /api/viewers/erase {platform,userId}`: answered with how many rows of the log have changed.
    func erase(_ request: Request) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let members = try body.members()
        try members.expectOnly("platform", "userId")
        let platform = try members.required("platform") { name throws(InputError) in
            try members.choice(name, Platform.self)
        }
        let userId = try members.required("userId") { name throws(InputError) in try members.text(name, 1...100) }
        let changed = try await erasure.erase(userId, on: platform, in: session.scope)
        return Replies.data(["eventsChanged": .integer(Int64(changed))])
    }

    /// `GET /api/account/export`: a file, read while it is sent.
    func export(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let (data, scope) = (data, session.scope)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"streamvibes-export.json\"",
            ],
            body: ResponseBody { writer in
                var pieces: any ResponseBodyWriter = writer
                try await data.write(in: scope, to: &pieces)
                try await pieces.finish(nil)
            }
        )
    }
}

/// Why an account stays.
enum AccountError: HostFailure, Equatable {
    /// The demo's streamer is made anew at the next start anyhow.
    case demo

    var code: FailureCode { .conflict }
    var publicMessage: String { "The demo's account cannot be deleted; it belongs to nobody." }
}
