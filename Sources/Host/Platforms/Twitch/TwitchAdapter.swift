import Logging
import WidgetAPI

/// Twitch: its chat over IRC on every host, all else posted to those it can reach, and over sockets to the others.
struct TwitchAdapter: PlatformAdapter {
    let application: PlatformApplication
    let http: PlatformHTTP
    /// The application's own, one for all who ask in its name.
    let token: TwitchAppToken
    /// Where Twitch posts, and what it signs with; `nil` where it cannot, or may not.
    let webhook: (callback: String, secret: TwitchSecret)?
    /// What is known of clearings where it posts.
    let postedClearings = PostedClearings()
    let eventSubAddress: String
    /// Each session asks for fifteen things, one after the other: thirty-two of them leave half of the ways to Twitch
    /// (`PlatformHTTP`) to all others who ask.
    let eventSubStarts = SessionStarts(atOnce: 32)
    let chatAddress: String
    let chatPool = IRCPool()

    /// `nil` where the operator has no application.
    init?(_ settings: TwitchSettings, _ address: PublicAddress, _ http: PlatformHTTP) {
        guard let application = settings.application else { return nil }
        self.application = application
        self.http = http
        token = TwitchAppToken(application: application, http: http)
        webhook = settings.webhook(at: address)
        eventSubAddress = settings.eventSubSocket
        chatAddress = settings.chatSocket
    }

    var login: any LoginPlatform { TwitchLogin(application: application, http: http) }
    var counts: any CountingPlatform { TwitchCounts(application: application, http: http) }
    var hasFeed: Bool { true }
    var feedIsOpenChat: Bool { false }

    func streams(_ keeper: ConnectionKeeper) -> any StreamingPlatform {
        TwitchStreams(application: application, http: http, token: token)
    }

    func deliveries(_ keeper: ConnectionKeeper, _ logger: Logger) -> (any DeliveringPlatform)? {
        webhook.map { webhook in
            EventSubWebhooks(
                api: EventSubAPI(application: application, http: http),
                token: token,
                callback: webhook.callback,
                secret: webhook.secret,
                store: keeper.store,
                clearings: postedClearings,
                now: { .now },
                logger: logger
            )
        }
    }

    func feed(for scope: TenantScope, in place: FeedPlace) async {
        let clearings = TwitchClearings()
        let (isPosted, posted) = (webhook != nil, postedClearings)
        let chat = IRCFeed(
            scope: scope,
            address: chatAddress,
            pool: chatPool,
            channels: place.channels,
            keeper: place.keeper,
            clearings: { isPosted ? posted.of($0) : clearings },
            log: place.log,
            logger: place.logger
        )
        let events = EventSubFeed(
            scope: scope,
            address: eventSubAddress,
            api: EventSubAPI(application: application, http: http),
            keeper: place.keeper,
            starts: eventSubStarts,
            clearings: clearings,
            log: place.log,
            logger: place.logger,
            mayHaveMissed: { place.questions.ask(about: scope.tenant, on: .twitch) }
        )
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await chat.run()
                return false
            }
            if webhook == nil {
                group.addTask {
                    await events.run()
                    return true
                }
            }
            // Where a login alone can help with events, chat must not go on without them: the login begins both.
            for await needsLogin in group where needsLogin { group.cancelAll() }
        }
    }

    /// What finds pictures of badges, people and cheers.
    func pictures(_ channels: ChannelStore, _ logger: Logger) -> TwitchPictures {
        TwitchPictures(
            lists: TwitchPictureLists(
                application: application,
                http: http,
                token: token,
                share: PlatformShare(perMinute: TwitchPictureLists.requestsPerMinute)
            ),
            isChannelHere: { try await channels.channel(ofUser: $0, on: .twitch) != nil },
            logger: logger
        )
    }
}
