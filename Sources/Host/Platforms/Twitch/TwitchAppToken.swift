import NIOHTTP1
import WidgetAPI

/// The token of the operator's own Twitch application, which stands for no streamer.
///
/// Twitch gives none to refresh it with: a new one is asked for when the old one has ended, once for all who wait.
/// Source: https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#client-credentials-grant-flow
actor TwitchAppToken {
    private let application: PlatformApplication
    private let http: PlatformHTTP
    private var token: Secret?
    private var question: Task<Result<Secret, PlatformFailure>, Never>?

    init(application: PlatformApplication, http: PlatformHTTP) {
        self.application = application
        self.http = http
    }

    /// Calls the body with the token; once more with a new one when it throws `PlatformFailure.tokenRefused`.
    nonisolated func with<Answer: Sendable>(
        _ body: (Secret) async throws(PlatformFailure) -> Answer
    ) async throws(PlatformFailure) -> Answer {
        let token = try await current(besides: nil)
        do {
            return try await body(token)
        } catch .tokenRefused {
            return try await body(current(besides: token))
        }
    }

    /// A token, but not the one that was refused.
    private func current(besides refused: Secret?) async throws(PlatformFailure) -> Secret {
        if let token, token.exposed != refused?.exposed { return token }
        let question = question ?? Task { await ask() }
        self.question = question
        return try await question.value.get()
    }

    private func ask() async -> Result<Secret, PlatformFailure> {
        defer { question = nil }
        let form = [
            (name: "client_id", value: application.clientId),
            (name: "client_secret", value: application.clientSecret.exposed),
            (name: "grant_type", value: "client_credentials"),
        ]
        let url = "\(application.authURL)/oauth2/token"
        do throws(PlatformFailure) {
            let answer = try await http.send(
                PlatformRequest(method: .POST, url: url, form: form, patience: .seconds(60))
            )
            guard answer.status == 200 else { throw .grantRefused(reason: "\(answer.status) \(answer.complaint)") }
            let granted = try TokenGrant(answer.json).accessToken
            token = granted
            return .success(granted)
        } catch {
            return .failure(error)
        }
    }
}
