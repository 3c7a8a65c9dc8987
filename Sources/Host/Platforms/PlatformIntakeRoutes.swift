import Hummingbird

/// Where platforms post (contract section 2).
extension PlatformIntake {
    /// `POST /api/webhooks/{platform}`: 204 once it is in the log, 200 with the text that was asked for.
    func deliver(_ request: Request, _ context: some RequestContext) async throws -> Response {
        switch try await take(request, context.logger) {
        case .taken: Replies.noContent
        case .text(let text): Replies.text(text)
        }
    }
}
