import Hummingbird
import Logging
import WidgetAPI

/// Where Kick delivers (contract section 2, "Kick deliveries").
struct KickIntake: PlatformIntake {
    let platform = Platform.kick
    /// `nil` while the operator has neither an application nor a key of Kick's: then there is no intake.
    let key: KickKey?
    let channels: ChannelStore
    let log: EventLog

    init(_ settings: KickSettings, _ http: PlatformHTTP, in place: IntakePlace) {
        key = KickKey.Source(settings, http).map { [keeper = place.keeper] source in
            // Without it every delivery of Kick's is turned away, and the dashboard says that Kick does not answer.
            KickKey(source, now: place.now, logger: place.logger) { keeper.gaveToAll(.kick, $0) }
        }
        channels = place.channels
        log = place.log
    }

    func take(_ request: Request, _ logger: Logger) async throws -> IntakeAnswer {
        guard let key else { throw KickIntakeError.notConfigured }
        let posted = try await PostedDelivery(request, from: .kick, logger)
        do {
            let (broadcasterId, drafts) = try await read(posted, key)
            guard let channel = try await channels.channel(ofUser: broadcasterId, on: .kick) else {
                throw KickIntakeError.unknownChannel(broadcasterId)
            }
            // Answered only now: after the commit the event cannot be lost, before it Kick must send it again.
            try await log.append(drafts, in: TenantScope(granting: channel.tenant, to: .signedDelivery))
            return .taken
        } catch let error as KickDeliveryError {
            PostedDelivery.logRefusal(error.publicMessage, of: .kick, logger)
            throw error
        } catch let error as KickIntakeError {
            PostedDelivery.logRefusal(error.publicMessage, of: .kick, logger)
            throw error
        }
    }

    private func read(
        _ posted: PostedDelivery,
        _ key: KickKey
    ) async throws -> (broadcasterId: String, drafts: [EventDraft]) {
        let delivery = try KickDelivery(header: posted.header, now: .now)
        let signed = delivery.signed(posted.body.readableBytesView)
        guard try await key.accepts(delivery.signature, for: signed) else { throw KickDeliveryError.badSignature }
        return try delivery.read(posted.body.readableBytesView)
    }
}

/// Why a correct delivery finds nobody.
enum KickIntakeError: HostFailure, Equatable {
    case notConfigured
    case unknownChannel(String)

    var code: FailureCode { .notFound }

    var publicMessage: String {
        switch self {
        case .notConfigured:
            "This host takes no Kick deliveries: neither KICK_CLIENT_ID nor KICK_PUBLIC_KEY is set."
        case .unknownChannel(let id): "No channel here belongs to the Kick user \(id)."
        }
    }
}
