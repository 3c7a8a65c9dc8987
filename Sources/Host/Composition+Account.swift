/// Who comes in, and what concerns an account as a whole.
extension Composition {
    var authRoutes: AuthRoutes {
        AuthRoutes(
            sessions: sessions,
            pages: pages,
            demoTenant: demoTenant,
            platforms: offeredPlatforms,
            quiet: quietPlatforms
        )
    }

    var loginRoutes: LoginRoutes {
        LoginRoutes(
            platforms: loginPlatforms,
            states: LoginStateStore(database: database, now: now),
            accounts: AccountStore(database: database, vault: vault, now: now),
            channels: channels,
            sessions: sessions,
            keeper: keeper,
            deliveries: deliveries,
            feeds: feeds,
            publicURL: publicAddress,
            now: now,
            logger: logger
        )
    }

    var connectionRoutes: ConnectionRoutes {
        ConnectionRoutes(
            sessions: sessions,
            channels: channels,
            connections: connections,
            keeper: keeper,
            deliveries: deliveries,
            counts: CountStore(database: database, log: log, now: now),
            feeds: feeds
        )
    }

    var sessionRoutes: SessionRoutes {
        SessionRoutes(sessions: sessions, objects: ObjectDirectory(database: database))
    }

    /// Those from which less than everything comes, for they cannot reach this host.
    private var quietPlatforms: [Pages.QuietPlatform] {
        guard !publicAddress.isSecure else { return [] }
        return adapters.filter { !socketPlatforms.contains($0.login.platform) }.map { adapter in
            Pages.QuietPlatform(platform: adapter.login.platform, hasChat: adapter.readsChatAlone(of: nil))
        }
    }

    /// Those with which people can sign in here.
    var offeredPlatforms: [Platform] { Platform.ofChannels.filter { loginPlatforms[$0] != nil } }

    var accountRemoval: AccountRemoval {
        AccountRemoval(
            database: database,
            vault: vault,
            deliveries: deliveries,
            feeds: feeds,
            channels: channels,
            sockets: sockets,
            runtimes: runtimes,
            folder: files.folder,
            logger: logger
        )
    }

    var audit: AuditLog { AuditLog(database: database, now: now) }

    var accountRoutes: AccountRoutes {
        AccountRoutes(
            sessions: sessions,
            removal: accountRemoval,
            data: AccountExport(
                database: database,
                files: files,
                events: EventStore(database: database),
                now: now
            ),
            erasure: ViewerErasure(
                database: database,
                events: EventStore(database: database),
                log: log,
                runtimes: runtimes,
                sockets: sockets,
                now: now
            ),
            demoTenant: demoTenant
        )
    }
}
