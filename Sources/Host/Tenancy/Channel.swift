import WidgetAPI

/// A streamer's place on one platform.
struct Channel: Sendable, Equatable {
    let platform: Platform
    /// The name in addresses, lower case.
    let name: String
    /// The platform's id of the streamer.
    let platformUserId: String
    let tenant: Tenant.ID
    let connectedAt: Timestamp
}
