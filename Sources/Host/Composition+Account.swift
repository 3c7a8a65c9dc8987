/// Who comes in, and what concerns an account as a whole.
extension Composition {
    var authRoutes: AuthRoutes {
        AuthRoutes(
            sessions: sessions,
            pages: pages,
            demoTenant: demoTenant,
            platforms: offeredPlatforms,
            readsKickChat: settings.kickChatSocket?.isEmpty == false,
            publicURL: publicAddress
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
