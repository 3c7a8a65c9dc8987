import Logging
import WidgetAPI

/// Kick: everything is posted, so nothing comes to a host that it cannot reach, but for chat over an unofficial socket
/// where the operator has named it.
struct KickAdapter: PlatformAdapter {
    let application: PlatformApplication
    let http: PlatformHTTP
    let canDeliver: Bool
    let chatSocket: KickChatSocket?

    /// `nil` where the operator has no application.
    init?(_ settings: KickSettings, _ address: PublicAddress, _ http: PlatformHTTP) {
        guard let application = settings.application else { return nil }
        self.application = application
        self.http = http
        canDeliver = address.isSecure
        chatSocket = settings.chatSocket
    }

    var login: any LoginPlatform { KickLogin(application: application, http: http) }
    var counts: any CountingPlatform { KickCounts(application: application, http: http) }
    var hasFeed: Bool { chatSocket != nil }
    var feedIsOpenChat: Bool { true }

    func readsChatAlone(of channel: String?) -> Bool {
        guard let chatSocket, !chatSocket.isEmpty else { return false }
        return channel.map { chatSocket.room(of: $0) != nil } ?? true
    }

    func streams(_ keeper: ConnectionKeeper) -> any StreamingPlatform {
        KickStreams(application: application, http: http, keeper: keeper)
    }

    func deliveries(_ keeper: ConnectionKeeper, _ logger: Logger) -> (any DeliveringPlatform)? {
        canDeliver ? KickSubscriptions(application: application, http: http, keeper: keeper, logger: logger) : nil
    }

    func feed(for scope: TenantScope, in place: FeedPlace) async {
        guard let chatSocket else { return }
        let chat = KickChatFeed(
            scope: scope,
            socket: chatSocket,
            channels: place.channels,
            keeper: place.keeper,
            log: place.log,
            logger: place.logger
        )
        await chat.run()
    }
}
