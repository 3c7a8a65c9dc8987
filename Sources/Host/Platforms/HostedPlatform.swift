import Logging
import WidgetAPI

/// A platform put together: what the host takes from its folder, with an application there or without.
protocol HostedPlatform: Sendable {
    /// `nil` where the operator has no application.
    var adapter: (any PlatformAdapter)? { get }

    /// Where it posts.
    func intake(in place: IntakePlace) -> any PlatformIntake

    /// The addresses of its pictures.
    func pictures(_ channels: ChannelStore, _ logger: Logger) -> [PictureRoute]
}

/// What an intake works with.
struct IntakePlace: Sendable {
    let channels: ChannelStore
    let keeper: ConnectionKeeper
    /// Asks again for what a platform has ended.
    let deliveries: DeliverySubscriptions
    let log: EventLog
    let now: @Sendable () -> Timestamp
    let logger: Logger
}
