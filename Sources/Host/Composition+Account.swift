/// What concerns an account as a whole.
extension Composition {
    var accountRemoval: AccountRemoval {
        AccountRemoval(
            database: database,
            vault: vault,
            keeper: keeper,
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
