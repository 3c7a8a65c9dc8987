import Hummingbird
import Logging
import WidgetAPI

/// Where Kick delivers (contract section 2, "Kick deliveries").
struct KickRoutes: PlatformIntake {
    let platform = Platform.kick
    /// `nil` while the operator has neither an application nor a key of Kick's: then there is no intake.
    let key: KickKey?
    let channels: ChannelStore
    let log: EventLog

    /// `now` and `logger` are for the key, of which the keeper is told whether there is one.
    init(
        _ settings: Settings,
        _ http: PlatformHTTP,
        keeper: ConnectionKeeper,
        channels: ChannelStore,
        log: EventLog,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        key = KickKey.Source(settings, http).map { source in
            // Without it every delivery of Kick's is turned away, and the dashboard says that Kick does not answer.
            KickKey(source, now: now, logger: logger) { keeper.gaveToAll(.kick, $0) }
        }
        self.channels = channels
        self.log = log
    }

    func deliver(_ request: Request, _ context: some RequestContext) async throws -> Response {
        guard let key else { throw KickIntakeError.notConfigured }
        let posted = try await PostedDelivery(request, from: .kick, context.logger)
        do {
            let (broadcasterId, drafts) = try await read(posted, key)
            guard let channel = try await channels.channel(ofUser: broadcasterId, on: .kick) else {
                throw KickIntakeError.unknownChannel(broadcasterId)
            }
            // Answered only now: after the commit the event cannot be lost, before it Kick must send it again.
            try await log.append(drafts, in: TenantScope(granting: channel.tenant, to: .signedDelivery))
            return Replies.noContent
        } catch let error as KickDeliveryError {
            PostedDelivery.logRefusal(error.publicMessage, of: .kick, context.logger)
            throw error
        } catch let error as KickIntakeError {
            PostedDelivery.logRefusal(error.publicMessage, of: .kick, context.logger)
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
