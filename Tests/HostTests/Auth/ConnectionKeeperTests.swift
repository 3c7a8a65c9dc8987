import Synchronization
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Tokens in one process, with a clock that the test moves and a platform on loopback.
@Suite struct ConnectionKeeperTests {
    @Test func `many who need a fresh token at once cause one refresh, and all get it`() async throws {
        let place = try await KeeperPlace(.twitch)
        try await place.running { keeper in
            place.platform.endAccessTokens()

            let first = try await place.connection().generation
            let names = await withTaskGroup(of: String?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try? await keeper.withToken(on: .twitch, in: place.scope) { token in
                            try await place.login.identity(token).displayName
                        }
                    }
                }
                return await group.reduce(into: [String?]()) { $0.append($1) }
            }

            #expect(names == Array(repeating: "Alice", count: 20))
            #expect(place.refreshes == 1)
            // Stored before it was used.
            let generation = try await place.connection().generation
            #expect(generation == first + 1)
        }
    }

    @Test func `a token that ends before its time is renewed once, not for ever`() async throws {
        let place = try await KeeperPlace(.kick)
        try await place.running { keeper in
            let calls = Atomic<Int>(0)

            await #expect(throws: PlatformFailure.tokenRefused) {
                try await keeper.withToken(on: .kick, in: place.scope) { _ in
                    calls.add(1, ordering: .relaxed)
                    throw PlatformFailure.tokenRefused
                }
            }

            #expect(calls.load(ordering: .relaxed) == 2 && place.refreshes == 1)
        }
    }

    @Test func `a token that has ended is not even tried`() async throws {
        let place = try await KeeperPlace(.kick)
        try await place.running { keeper in
            let old = try await place.connection()
            place.house.clock = 14_124_000

            let used = try await keeper.withToken(on: .kick, in: place.scope) { $0 }

            #expect(used != old.accessToken)
            #expect(try await place.connection().accessToken == used)
        }
    }

    @Test(arguments: [400, 401])
    func `a refresh token that is refused waits for the streamer`(_ status: Int) async throws {
        let place = try await KeeperPlace(.twitch)
        place.platform.fail("/oauth2/token", .status(status, #"{"message":"Invalid refresh token"}"#))
        try await place.running { keeper in
            place.platform.endAccessTokens()

            for _ in 0..<2 {
                await #expect(throws: PlatformFailure.needsLogin(.twitch)) {
                    try await keeper.withToken(on: .twitch, in: place.scope) { try await place.login.identity($0) }
                }
            }

            let status = try await place.connection().status
            #expect(status == .needsLogin && place.refreshes == 1)
        }
    }

    @Test(arguments: [
        (FakePlatform.Kind.twitch, 400, #"{"status":400,"message":"invalid client"}"#),
        (.twitch, 403, #"{"status":403,"message":"invalid client secret"}"#), (.kick, 403, "<html>"),
        (.kick, 404, ""), (.kick, 401, #"{"error":"invalid_client"}"#), (.twitch, 200, "nonsense"),
    ])
    func `what is no clear refusal does not sign a streamer out`(
        _ kind: FakePlatform.Kind,
        _ status: Int,
        _ text: String
    ) async throws {
        let place = try await KeeperPlace(kind)
        place.platform.fail(place.platform.tokenPath, .status(status, text))
        try await place.running { keeper in
            place.platform.endAccessTokens()
            let name = place.login.platform
            await #expect(throws: PlatformFailure.self) {
                try await keeper.withToken(on: name, in: place.scope) { try await place.login.identity($0) }
            }

            #expect(try await place.connection().status == .connected)
            #expect(keeper.isUnanswered(name, in: place.scope))
            let answer = try await keeper.withToken(on: name, in: place.scope) { try await place.login.identity($0) }
            #expect(answer.userId == "1234")
            #expect(!keeper.isUnanswered(name, in: place.scope))
        }
    }

    @Test func `that a platform did not answer is said for twelve minutes and then forgotten`() async throws {
        let place = try await KeeperPlace(.twitch)
        try await place.running { keeper in
            try await keeper.putOff(.twitch, place.scope)
            place.house.clock += ConnectionKeeper.silenceMilliseconds - 1
            #expect(keeper.isUnanswered(.twitch, in: place.scope))
            #expect(keeper.silences == 1)
            let longestRound = DeliverySubscriptions.round * 1.1
            #expect(.milliseconds(ConnectionKeeper.silenceMilliseconds) > longestRound, "no gap between two rounds")
            place.house.clock += 1

            #expect(!keeper.isUnanswered(.twitch, in: place.scope))
            _ = await keeper.lookAfterDue(on: .twitch)
            #expect(keeper.silences == 0)
        }
    }

    @Test func `Twitch's tokens are validated every hour and after a start, Kick's never`() async throws {
        for kind in [FakePlatform.Kind.twitch, .kick] {
            let place = try await KeeperPlace(kind)
            try await place.running { keeper in
                func validations() -> Int { place.platform.requests(to: "/oauth2/validate").count }
                guard kind == .twitch else {
                    place.house.clock += 2 * ConnectionSchedule.validationMilliseconds
                    _ = await keeper.lookAfterDue(on: .kick)
                    return #expect(validations() == 0)
                }
                #expect(await place.settles { validations() == 1 })
                // A tenth of the hour is jitter.
                place.house.clock += ConnectionSchedule.validationMilliseconds / 10 * 9 - 1
                _ = await keeper.lookAfterDue(on: .twitch)
                #expect(validations() == 1)

                place.house.clock += ConnectionSchedule.validationMilliseconds / 10 + 1

                #expect(await place.settles { validations() == 2 })
            }
        }
    }

    @Test func `a platform that does not answer keeps no other platform's tokens waiting`() async throws {
        // Nobody gives up waiting before the test has ended, however busy the machine is.
        let silent = try await KeeperPlace(.twitch, patience: .seconds(3600))
        let place = try await KeeperPlace(.kick, besides: silent)
        silent.platform.fail(silent.platform.tokenPath, .silent)
        try await place.running { _ in
            // The end waits for what has been asked.
            defer { silent.platform.leave() }
            for round in 1...3 {
                place.house.clock += 20_000_000

                // The next tokens have to be kept before the clock moves on.
                let isRenewed = await Deadline.comes {
                    guard place.refreshes == round else { return false }
                    return (try? await place.store.dueForRefresh(on: .kick, limit: 1))?.isEmpty == true
                }
                #expect(isRenewed)
                // At most the first: whoever waited for its answer would have asked again.
                #expect(silent.refreshes <= 1)
            }
        }
    }

    @Test func `tokens that cannot be read are left alone for a while, and then looked at again`() async throws {
        let place = try await KeeperPlace(.twitch)
        let keeper = place.keeper
        _ = try await place.house.database.hostTransaction { sql in
            try sql.run("UPDATE connections SET access_token = 'damaged'")
        }
        place.house.clock += ConnectionSchedule.validationMilliseconds

        #expect(await keeper.lookAfterDue(on: .twitch))
        #expect(keeper.aside.tenants(on: .twitch) == [place.scope.tenant] && keeper.aside.tenants(on: .kick).isEmpty)
        place.house.clock += ConnectionKeeper.retryMilliseconds / 4 * 3 - 1
        #expect(keeper.aside.tenants(on: .twitch) == [place.scope.tenant])
        place.house.clock += ConnectionKeeper.retryMilliseconds / 2 + 1
        #expect(keeper.aside.tenants(on: .twitch).isEmpty)
        #expect(await keeper.lookAfterDue(on: .twitch))
        #expect(keeper.aside.tenants(on: .twitch) == [place.scope.tenant])
    }

    @Test func `fresh tokens wait for storage, and nobody asks for others meanwhile`() async throws {
        let place = try await KeeperPlace(.kick)
        let database = SteeredDatabase(place.house.database)
        let keeper = ConnectionKeeper(
            [.kick: place.login],
            store: ConnectionStore(database: database, vault: place.vault, now: place.house.now),
            http: place.http,
            now: place.house.now,
            logger: place.house.logger
        )
        try await place.running(keeper) { _ in
            database.takesRows = false
            place.house.clock = 14_124_000
            #expect(await Deadline.comes { database.refusals >= 7 })

            database.takesRows = true

            let used = try await keeper.withToken(on: .kick, in: place.scope) { $0 }
            #expect(try await place.connection().accessToken == used)
            #expect(place.refreshes == 1)
        }
    }

    @Test func `a token that fails its validation is renewed`() async throws {
        let place = try await KeeperPlace(.twitch)
        let first = try await place.connection().generation
        place.platform.endAccessTokens()
        try await place.running { _ in
            #expect(await Deadline.comes { place.refreshes == 1 })
            #expect(await Deadline.comes { (try? await place.connection().generation) == first + 1 })
        }
    }

    @Test func `a refresh answer without an end gets one from the next validation`() async throws {
        let place = try await KeeperPlace(.twitch)
        place.platform.manners.tellsExpiry = false
        try await place.running { keeper in
            // The one of the start must not be on its way when the clock moves.
            #expect(await place.settles { !place.platform.requests(to: "/oauth2/validate").isEmpty })
            let first = try await place.connection().generation
            let fresh = try await keeper.refreshed(.twitch, after: first, in: place.scope)
            #expect(fresh.expiresAt == nil && fresh.refreshToken != nil)

            let before = place.platform.requests(to: "/oauth2/validate").count
            place.house.clock += ConnectionSchedule.validationMilliseconds
            #expect(
                await place.settles { place.platform.requests(to: "/oauth2/validate").count > before }
            )
            place.house.clock += 14_124_000

            #expect(await Deadline.comes { (try? await place.connection().generation) == first + 2 })
        }
    }

    @Test func `a host that goes down leaves nobody waiting`() async throws {
        let place = try await KeeperPlace(.twitch)
        try await place.running { _ in }

        await #expect(throws: PlatformFailure.self) {
            let first = try await place.connection().generation
            _ = try await place.keeper.refreshed(.twitch, after: first, in: place.scope)
        }
    }

    @Test func `nobody gets the tokens of somebody else`() async throws {
        let place = try await KeeperPlace(.twitch)
        let bob = try await place.house.streamer("bob", "99")
        try await place.running { keeper in
            await #expect(throws: PlatformFailure.notConnected(.twitch)) {
                try await keeper.withToken(on: .twitch, in: bob) { $0 }
            }
            #expect(try await place.store.connection(on: .twitch, in: bob) == nil)
            let seen = try await place.store.connectedChannels(in: bob)
            #expect(seen.map(\.name) == ["bob"] && seen.allSatisfy { $0.status == nil && $0.scopes.isEmpty })
            let isMeant = try await place.store.markNeedsLogin(place.connection(), in: bob)
            #expect(!isMeant)
            try await place.store.retry(.twitch, at: Timestamp(milliseconds: 0), in: bob)
            #expect(try await place.connection().status == .connected)
        }
    }

    @Test func `renewals lie before the end, spread, and never far from it`() {
        let moments = (0...10).map { step in
            ConnectionSchedule(
                lifetimeSeconds: 14_400,
                wantsValidation: true,
                now: Timestamp(milliseconds: 0),
                jitter: Double(step) / 10
            )
        }

        #expect(moments.map(\.refreshAt?.milliseconds).first == 13_800_000)
        #expect(moments.map(\.refreshAt?.milliseconds).last == 13_500_000)
        #expect(Set(moments.map(\.refreshAt)).count == 11)
        #expect(moments.allSatisfy { ($0.validateAt?.milliseconds ?? 0) <= ConnectionSchedule.validationMilliseconds })
    }
}
