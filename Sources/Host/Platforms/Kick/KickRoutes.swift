import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import WidgetAPI

/// Where Kick delivers (contract section 2, "Kick deliveries").
struct KickRoutes: Sendable {
    /// `nil` while the operator has neither an application nor a key of Kick's: then there is no intake.
    let key: KickKey?
    let channels: ChannelStore
    let log: EventLog
    let now: @Sendable () -> Timestamp

    /// Looked up for every delivery, so made once.
    private static let headerNames: [String: HTTPField.Name] = Dictionary(
        uniqueKeysWithValues: KickDelivery.headerNames.compactMap { name in HTTPField.Name(name).map { (name, $0) } }
    )

    /// The largest body that is read.
    static let bodyLimit = 1 << 20

    /// Written as `POST /api/webhooks/kick`.
    func deliver(_ request: Request, _ context: some RequestContext) async throws -> Response {
        guard let key else { throw KickIntakeError.notConfigured }
        do {
            let body = try await request.body.collect(upTo: Self.bodyLimit)
            let delivery = try KickDelivery(
                header: { name in Self.headerNames[name].flatMap { request.headers[$0] } },
                now: now()
            )
            let signed = delivery.signed(body.readableBytesView)
            guard try await key.accepts(delivery.signature, for: signed) else { throw KickDeliveryError.badSignature }
            let (broadcasterId, drafts) = try delivery.read(body.readableBytesView)
            guard let channel = try await channels.channel(ofUser: broadcasterId, on: .kick) else {
                throw KickIntakeError.unknownChannel(broadcasterId)
            }
            // Answered only now: after the commit the event cannot be lost, before it Kick must send it again.
            try await log.append(drafts, in: TenantScope(granting: channel.tenant, to: .signedDelivery))
            return Replies.noContent
        } catch let error as any HostFailure {
            context.logger.warning("a Kick delivery was refused", metadata: ["reason": "\(error.publicMessage)"])
            throw error
        } catch let error as any HTTPResponseError {
            context.logger.warning("a Kick delivery was refused", metadata: ["reason": "larger than 1 MiB"])
            throw error
        }
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
