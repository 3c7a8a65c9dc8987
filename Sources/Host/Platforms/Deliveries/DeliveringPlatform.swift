import WidgetAPI

/// A platform that posts events to this host, once it has been asked to for a channel.
protocol DeliveringPlatform: Sendable {
    var platform: Platform { get }

    /// Compares what is subscribed for a channel with what should be, both ways, and mends it.
    ///
    /// Safe to repeat: what is as it should be is left alone.
    ///
    /// - Returns: the events that it was asked for and does not grant, by its own names.
    func mend(_ subscriber: Subscriber) async throws -> Set<String>

    /// Ends what is subscribed for a channel that leaves; its tokens still work.
    func leave(_ connection: Connection) async throws

    /// Ends what is subscribed here for channels that nobody has any more.
    ///
    /// `connected` tells the platform's ids of all who have a channel here at the moment of its call.
    func removeStrays(connected: () async throws -> Set<String>) async throws
}

/// A streamer whose channel's events are wanted.
struct Subscriber: Sendable, Equatable {
    let tenant: Tenant.ID
    /// As the platform knows them.
    let platformUserId: String
    /// What they have granted.
    let scopes: [String]
    /// The fingerprint of the secret that signs what is posted for them; `nil` where none has been noted.
    let signature: String?
}
