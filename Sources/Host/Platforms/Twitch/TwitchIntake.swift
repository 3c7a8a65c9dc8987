import Hummingbird
import Logging
import WidgetAPI

/// Where Twitch delivers (contract section 2, "Intake of Twitch deliveries").
struct TwitchIntake: PlatformIntake {
    let platform = Platform.twitch
    /// `nil` while the operator has set no secret: then there is no intake.
    let signature: TwitchSignature?
    let channels: ChannelStore
    /// Asks again for what Twitch has ended.
    let deliveries: DeliverySubscriptions
    /// Knows which of them IRC has told of.
    let clearings: PostedClearings
    let log: EventLog
    /// Whether this host can look pictures up, which takes an application of its own.
    let findsPictures: Bool

    /// The adapter is `nil` where the operator has no application.
    init(_ settings: TwitchSettings, _ adapter: TwitchAdapter?, in place: IntakePlace) {
        signature = settings.eventSubSecret.map(TwitchSignature.init(secret:))
        channels = place.channels
        deliveries = place.deliveries
        clearings = adapter?.postedClearings ?? PostedClearings()
        log = place.log
        findsPictures = adapter != nil
    }

    func take(_ request: Request, _ logger: Logger) async throws -> IntakeAnswer {
        guard let signature else { throw TwitchIntakeError.notConfigured }
        let posted = try await PostedDelivery(request, from: .twitch, logger)
        let delivery: TwitchDelivery
        do throws(TwitchDeliveryError) {
            delivery = try TwitchDelivery.read(
                header: posted.header,
                body: posted.body.readableBytesView,
                // Twitch's ten minutes are counted on the clock that everybody shares.
                now: .now,
                signature: signature,
                findsPictures: findsPictures
            )
        } catch {
            PostedDelivery.logRefusal(error.publicMessage, of: .twitch, logger)
            throw error
        }
        switch delivery {
        case .challenge(let text): return .text(text)
        case .revocation(let type, let status, let broadcasterId):
            logger.warning(
                "Twitch ended a subscription",
                metadata: ["type": "\(type)", "status": "\(status)", "broadcaster": "\(broadcasterId ?? "-")"]
            )
            if let broadcasterId, let channel = try await channels.channel(ofUser: broadcasterId, on: .twitch) {
                let owed = clearings.of(broadcasterId).eventSubEnds(type)
                deliveries.changed(channel.tenant, on: .twitch)
                if !owed.isEmpty {
                    try await log.append(owed, in: TenantScope(granting: channel.tenant, to: .signedDelivery))
                }
            }
            return .taken
        case .notification(let broadcasterId, let drafts):
            guard let channel = try await channels.channel(ofUser: broadcasterId, on: .twitch) else {
                logger.warning(
                    "a Twitch delivery is for no channel here",
                    metadata: ["broadcaster": "\(broadcasterId)"]
                )
                throw TwitchIntakeError.unknownChannel
            }
            let known = clearings.of(broadcasterId)
            let rows = drafts.map(known.written(fromEventSub:))
            // Answered only now: after the commit the event cannot be lost, before it Twitch must send it again.
            try await log.append(rows, in: TenantScope(granting: channel.tenant, to: .signedDelivery))
            return .taken
        }
    }
}

/// Why a correct delivery finds nobody.
enum TwitchIntakeError: HostFailure, Equatable {
    case notConfigured
    case unknownChannel

    var code: FailureCode { .notFound }

    var publicMessage: String {
        switch self {
        case .notConfigured: "This host takes no Twitch deliveries: TWITCH_EVENTSUB_SECRET is not set."
        case .unknownChannel: "This channel does not exist here."
        }
    }
}
