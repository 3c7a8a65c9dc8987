import Logging
import WidgetAPI

/// Kick: everything is posted, so nothing comes to a host that it cannot reach.
struct KickAdapter: PlatformAdapter {
    let application: PlatformApplication
    let http: PlatformHTTP
    let canDeliver: Bool

    /// `nil` where the operator has no application.
    init?(_ settings: Settings, _ address: PublicAddress, _ http: PlatformHTTP) {
        guard let application = settings.kickApplication else { return nil }
        self.application = application
        self.http = http
        canDeliver = address.isSecure
    }

    var login: any LoginPlatform { KickLogin(application: application, http: http) }
    var counts: any CountingPlatform { KickCounts(application: application, http: http) }
    var hasFeed: Bool { false }

    func deliveries(_ keeper: ConnectionKeeper, _ logger: Logger) -> (any DeliveringPlatform)? {
        canDeliver ? KickSubscriptions(application: application, http: http, keeper: keeper, logger: logger) : nil
    }

    func feed(for scope: TenantScope, in place: FeedPlace) async {}
}
