/// What concerns an account as a whole.
extension Composition {
    var audit: AuditLog { AuditLog(database: database, now: now) }

    var accountRoutes: AccountRoutes {
        AccountRoutes(
            sessions: sessions,
            removal: AccountRemoval(
                database: database,
                connections: connections,
                keeper: keeper,
                channels: channels,
                sockets: sockets,
                runtimes: runtimes,
                files: files,
                logger: logger
            ),
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
