import HTTPTypes
import Hummingbird
import WidgetAPI

/// What a streamer may do with all that is theirs: take it along, or have it deleted.
struct AccountRoutes: Sendable {
    let sessions: SessionStore
    let removal: AccountRemoval
    let data: AccountExport
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
