import Synchronization
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A renewal of tokens that comes too late, for the streamer has just signed in anew.
@Suite struct CrossedLoginTests {
    @Test func `a refusal that crosses a fresh login signs nobody out and ends no chat`() async throws {
        let place = try await KeeperPlace(.twitch)
        place.platform.manners.refusesRefresh = true
        let old = try await place.connection()
        let crossed = CrossedLogin(login: place.login) { try? await place.signInAgain() }
        let keeper = ConnectionKeeper(
            [.twitch: crossed],
            store: place.store,
            http: place.http,
            now: place.house.now,
            logger: place.house.logger
        )
        try await place.running(keeper) { _ in
            let sessions = Atomic<Int>(0)

            await FeedSessions.run(of: "chat", .chat, on: .twitch, in: place.scope, keeper, place.house.logger) { _ in
                sessions.add(1, ordering: .relaxed)
                let token = try await keeper.withToken(on: .twitch, in: place.scope) { token in
                    guard token != old.accessToken else { throw PlatformFailure.tokenRefused }
                    return token
                }
                #expect(token != old.accessToken)
                throw LastSession()
            }

            #expect(sessions.load(ordering: .relaxed) == 2 && place.refreshes == 1)
            let fresh = try await place.connection()
            #expect(fresh.status == .connected && fresh.accessToken != old.accessToken)
        }
    }
}

/// A platform that hears a wish for fresh tokens late: the streamer has signed in anew before.
private struct CrossedLogin: LoginPlatform {
    let login: any LoginPlatform
    let signInAgain: @Sendable () async -> Void

    var platform: Platform { login.platform }
    var wantsValidation: Bool { login.wantsValidation }
    var requiredScopes: [String] { login.requiredScopes }

    func authorizeURL(state: String, challenge: String, redirectURI: String) -> String {
        login.authorizeURL(state: state, challenge: challenge, redirectURI: redirectURI)
    }

    func exchange(code: String, verifier: String, redirectURI: String) async throws(PlatformFailure) -> TokenGrant {
        try await login.exchange(code: code, verifier: verifier, redirectURI: redirectURI)
    }

    func refresh(_ refreshToken: Secret) async throws(PlatformFailure) -> TokenGrant {
        await signInAgain()
        return try await login.refresh(refreshToken)
    }

    func revoke(_ accessToken: Secret, _ refreshToken: Secret?) async throws(PlatformFailure) {
        try await login.revoke(accessToken, refreshToken)
    }

    func identity(_ accessToken: Secret) async throws(PlatformFailure) -> PlatformIdentity {
        try await login.identity(accessToken)
    }

    func validate(_ accessToken: Secret) async throws(PlatformFailure) -> Int64? {
        try await login.validate(accessToken)
    }
}
