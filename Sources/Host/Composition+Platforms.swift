import Logging
import WidgetAPI

/// What connects the host with platforms: who signs in, and how events come.
extension Composition {
    /// Those whose application the operator has registered.
    static func loginPlatforms(
        _ settings: Settings,
        _ http: PlatformHTTP
    ) -> [Platform: any LoginPlatform] {
        var platforms: [Platform: any LoginPlatform] = [:]
        platforms[.twitch] = settings.twitchApplication.map { TwitchLogin(application: $0, http: http) }
        platforms[.kick] = settings.kickApplication.map { KickLogin(application: $0, http: http) }
        return platforms
    }

    /// What brings events without an address that platforms could reach.
    static func feeds(
        _ settings: Settings,
        _ address: PublicAddress,
        _ http: PlatformHTTP,
        _ keeper: ConnectionKeeper,
        _ log: EventLog,
        _ logger: Logger
    ) -> PlatformFeeds {
        // Where Twitch can deliver, it does.
        guard let application = settings.twitchApplication, !address.isSecure else { return PlatformFeeds { _ in } }
        return PlatformFeeds { tenant in
            var logger = logger
            logger[metadataKey: "streamer"] = "\(tenant)"
            let feed = EventSubFeed(
                scope: keeper.scope(tenant),
                address: settings.twitchEventSubSocket,
                api: EventSubAPI(application: application, http: http),
                keeper: keeper,
                log: log,
                logger: logger
            )
            await feed.run()
        }
    }

    /// What proves Kick's deliveries: the operator's key, or Kick's own where an application could get deliveries.
    static func kickKeySource(_ settings: Settings, _ http: PlatformHTTP) -> KickKey.Source? {
        if let key = settings.kickPublicKey { return .file(key) }
        return settings.kickApplication.map { .address("\($0.apiURL)/public/v1/public-key", http) }
    }

    var twitchRoutes: TwitchRoutes {
        TwitchRoutes(
            signature: settings.twitchEventSubSecret.map(TwitchSignature.init(secret:)),
            channels: channels,
            log: log,
            // Twitch's ten minutes are counted on the clock that everybody shares.
            now: { .now }
        )
    }

    var kickRoutes: KickRoutes {
        KickRoutes(key: kickKey, channels: channels, log: log, now: { .now })
    }
}
