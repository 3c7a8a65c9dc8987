import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A streamer whose login with one platform has just ended, and the keeper of their tokens.
struct KeeperPlace: Sendable {
    let house: LogPlace
    let platform: FakePlatform
    let store: ConnectionStore
    let keeper: ConnectionKeeper
    let login: any LoginPlatform
    let http: PlatformHTTP
    let vault: Vault
    let scope: TenantScope

    /// A streamer on that platform; or one more, whose tokens are kept together with those of another place.
    ///
    /// `patience` is how long a platform may take for an answer, where that is to be another time than for ever.
    init(
        _ kind: FakePlatform.Kind,
        besides other: KeeperPlace? = nil,
        scopes: [String] = ["user:read"],
        patience: Duration? = nil
    ) async throws {
        if let other { house = other.house } else { house = try await LogPlace() }
        http = other?.http ?? patience.map { PlatformHTTP(attemptLimit: $0, onceLimit: $0) } ?? PlatformHTTP.patient
        platform = try FakePlatform(kind, user: .init(id: "1234", login: "alice", name: "Alice"))
        let settings = try Settings(SettingsSource(environment: platform.environment))
        let application = try #require(kind == .twitch ? settings.twitch.application : settings.kick.application)
        login =
            kind == .twitch
            ? TwitchLogin(application: application, http: http) : KickLogin(application: application, http: http)
        if let other {
            vault = other.vault
        } else {
            vault = try await Vault.open(house.database, given: SecretKey(), dataDirectory: "", isStarting: true)
        }
        store = ConnectionStore(database: house.database, vault: vault, now: house.now)
        keeper = ConnectionKeeper(
            (other.map { [$0.login.platform: $0.login] } ?? [:]).merging([login.platform: login]) { $1 },
            store: store,
            http: http,
            now: house.now,
            logger: house.logger
        )
        let tenant = try await Self.signIn(platform, login, scopes, house, vault)
        scope = TenantScope(granting: tenant, to: .host)
    }

    /// The streamer signs in once more, by which other tokens come.
    func signInAgain() async throws {
        _ = try await Self.signIn(platform, login, ["user:read"], house, vault)
    }

    /// One more streamer on the same platform, where that name is the channel's and the id.
    func another(_ name: String) async throws -> TenantScope {
        let identity = try PlatformIdentity(
            login.platform,
            userId: name,
            channel: name,
            displayName: nil,
            email: nil,
            avatarURL: nil
        )
        let grant = TokenGrant(accessToken: Secret("a"), refreshToken: nil, lifetimeSeconds: nil, scopes: [])
        let now = house.now()
        let schedule = ConnectionSchedule(lifetimeSeconds: nil, wantsValidation: false, now: now, jitter: 0)
        let accounts = AccountStore(database: house.database, vault: vault, now: house.now)
        return TenantScope(granting: try await accounts.signIn(identity, grant, schedule), to: .host)
    }

    private static func signIn(
        _ platform: FakePlatform,
        _ login: any LoginPlatform,
        _ scopes: [String],
        _ house: LogPlace,
        _ vault: Vault
    ) async throws -> Tenant.ID {
        let grant = try platform.grant()
        let tokens = TokenGrant(
            accessToken: Secret(grant.access),
            refreshToken: Secret(grant.refresh),
            lifetimeSeconds: 14_124,
            scopes: scopes
        )
        let accounts = AccountStore(database: house.database, vault: vault, now: house.now)
        let identity = try PlatformIdentity(
            login.platform,
            userId: "1234",
            channel: "alice",
            displayName: nil,
            email: nil,
            avatarURL: nil
        )
        let schedule = ConnectionSchedule(
            lifetimeSeconds: 14_124,
            wantsValidation: login.wantsValidation,
            now: house.now(),
            jitter: 0.5
        )
        return try await accounts.signIn(identity, tokens, schedule)
    }

    func connection() async throws -> Connection {
        try #require(try await store.connection(on: login.platform, in: scope))
    }

    /// Whether it comes true, and nothing is left to do then.
    func settles(_ condition: () -> Bool) async -> Bool {
        await Deadline.comes {
            guard condition() else { return false }
            return (try? await store.dueForValidation(on: login.platform, limit: 1))?.isEmpty == true
        }
    }

    /// How often the platform was asked for fresh tokens.
    var refreshes: Int {
        platform.requests(to: platform.tokenPath).filter { $0.field("grant_type") == "refresh_token" }.count
    }

    /// Runs the keeper, or another one, while the body does.
    func running(
        _ other: ConnectionKeeper? = nil,
        _ body: (ConnectionKeeper) async throws -> Void
    ) async throws {
        let keeper = other ?? keeper
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keeper.run() }
            #expect(await Deadline.comes { http.isConnected })
            defer { group.cancelAll() }
            try await body(keeper)
        }
    }
}

extension PlatformHTTP {
    /// One with more time than the host's: on a busy machine an answer may be here long before it is read.
    static var patient: PlatformHTTP { PlatformHTTP(attemptLimit: .seconds(1800), onceLimit: .seconds(1800)) }
}
