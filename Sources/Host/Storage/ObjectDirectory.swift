import WidgetAPI

/// Whether an id belongs to anybody, and nothing else about it.
///
/// Asked only when a streamer's own rows do not have the id: it decides between "not yours" (403) and "not there"
/// (404), and it is the only statement that looks at rows of every tenant.
struct ObjectDirectory: Sendable {
    let database: any Database

    /// Whether another streamer has a layout, a widget, on air or in a draft, a theme, a file, a session or tip source
    /// of that id.
    func isForeign(_ id: String, in scope: TenantScope) async throws -> Bool {
        let tenant = scope.tenant
        return try await database.hostRead { sql in
            try sql.first(
                """
                SELECT 1 FROM layouts WHERE id = $1 AND streamer_id <> $2
                UNION ALL SELECT 1 FROM widgets WHERE id = $1 AND streamer_id <> $2
                UNION ALL SELECT 1 FROM draft_widgets WHERE id = $1 AND streamer_id <> $2
                UNION ALL SELECT 1 FROM themes WHERE id = $1 AND streamer_id <> $2
                UNION ALL SELECT 1 FROM files WHERE id = $1 AND streamer_id <> $2
                UNION ALL SELECT 1 FROM sessions WHERE id = $1 AND streamer_id <> $2
                UNION ALL SELECT 1 FROM tip_sources WHERE id = $1 AND streamer_id <> $2
                LIMIT 1
                """,
                [.text(id), .text(tenant.text)]
            ) != nil
        }
    }

    /// Why an id that names nothing of the streamer's here is refused.
    func refusal(of id: String, in scope: TenantScope) async throws -> ObjectError {
        try await isForeign(id, in: scope) ? .foreign : .unknown
    }
}

/// An id that is not the streamer's.
enum ObjectError: HostFailure, Equatable {
    /// Another streamer's object.
    case foreign
    /// Nobody's.
    case unknown

    var code: FailureCode {
        switch self {
        case .foreign: .forbidden
        case .unknown: .notFound
        }
    }

    var publicMessage: String {
        switch self {
        case .foreign: "This is not yours."
        case .unknown: "There is nothing of this id."
        }
    }
}
