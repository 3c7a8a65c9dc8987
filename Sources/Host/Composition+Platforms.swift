import Logging
import WidgetAPI

/// What connects the host with platforms: who signs in, and how events come.
extension Composition {
    /// What brings numbers, and events that no platform posts, of streamers who are watched or on air.
    static func feeds(
        _ adapters: [any PlatformAdapter],
        _ channels: ChannelStore,
        _ keeper: ConnectionKeeper,
        _ counts: AudienceCounts,
        _ questions: StreamQuestions,
        _ log: EventLog,
        _ logger: Logger
    ) -> PlatformFeeds {
        let parts = adapters.filter(\.hasFeed).map { adapter in
            let platform = adapter.login.platform
            return PlatformFeeds.Part(
                grants: { tenant in
                    // What is granted elsewhere has no say in a platform's sockets.
                    try await keeper.store.grants(in: keeper.scope(tenant), evenEnded: adapter.feedIsOpenChat)
                        .filter { $0.key.platform == platform }
                },
                feed: { tenant in
                    var logger = logger
                    logger[metadataKey: "streamer"] = "\(tenant)"
                    let place = FeedPlace(
                        channels: channels,
                        keeper: keeper,
                        log: log,
                        questions: questions,
                        logger: logger
                    )
                    await adapter.feed(for: keeper.scope(tenant), in: place)
                }
            )
        }
        return PlatformFeeds(parts) { await counts.follow($0) }
    }

    var imageRoutes: ImageRoutes { ImageRoutes(proxy: images, assets: assets) }

    private var tipSources: TipSourceStore { TipSourceStore(database: database, vault: vault) }

    var tipSourceRoutes: TipSourceRoutes {
        TipSourceRoutes(
            sessions: sessions,
            sources: tipSources,
            objects: ObjectDirectory(database: database),
            publicURL: publicAddress,
            now: now
        )
    }

    var tipIntakeRoutes: TipIntakeRoutes {
        TipIntakeRoutes(sources: tipSources, log: log, retention: retention, now: { .now })
    }
}
