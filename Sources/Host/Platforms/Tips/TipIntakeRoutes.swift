import Hummingbird
import Logging
import WidgetAPI

/// Where tip services deliver (contract section 2).
struct TipIntakeRoutes: Sendable {
    let sources: TipSourceStore
    let log: EventLog
    /// Knows how far back the log remembers.
    let retention: EventRetention
    let now: @Sendable () -> Timestamp

    /// How long a tip may be on its way, in days: Stripe tries for three, and nobody counts them to the second.
    private static let patienceDays = 4

    /// `POST /api/webhooks/{service}/{key}`: 204 once it is in the log, Ko-fi 200, which takes nothing else for a yes.
    ///
    /// What is proven and no tip is answered the same: a service that is refused too often ends its deliveries.
    func deliver(
        from service: TipService,
        _ request: Request,
        _ context: some RequestContext
    ) async throws -> Response {
        let posted = try await PostedDelivery(request, from: service.platform, context.logger)
        let key = TipSourceKey(text: context.parameters.get("key") ?? "")
        do {
            guard let recipient = try await sources.recipient(of: key, from: service) else {
                throw TipIntakeError.unknownAddress
            }
            let told = try read(posted, from: service, secret: recipient.secret)
            let drafts = told.filter { !isForgotten($0) }
            let (id, tenant, moment) = (recipient.id, recipient.tenant, now())
            // Answered only now: after the commit the tip cannot be lost, before it the service must send it again.
            try await log.append(in: TenantScope(granting: tenant, to: .signedDelivery)) { sql in
                guard try TipSourceStore.noteDelivery(to: id, of: tenant, at: moment, sql: sql) else {
                    throw TipIntakeError.unknownAddress
                }
                return try drafts.filter { try !Self.isRefunded($0, of: tenant, sql: sql) }
            }
            if drafts.count < told.count {
                context.logger.notice(
                    "a tip is older than the log and was not taken",
                    metadata: ["service": "\(service.rawValue)", "streamer": "\(tenant)"]
                )
            }
            return service == .kofi ? Replies.text("") : Replies.noContent
        } catch let error as TipDeliveryError {
            PostedDelivery.logRefusal(error.publicMessage, of: service.platform, context.logger)
            throw error
        } catch let error as TipIntakeError {
            PostedDelivery.logRefusal(error.publicMessage, of: service.platform, context.logger)
            throw error
        }
    }

    /// Whether that is a tip whose row may have left the log: told of again it would count twice.
    ///
    /// Stripe and Buy Me a Coffee send by hand what is months old. Ko-fi does not, and its test may bear any date. What
    /// moved no money is not counted, and a refund is dated as its tip.
    private func isForgotten(_ draft: EventDraft) -> Bool {
        guard draft.type == .tip, !draft.isTest, draft.platform != .kofi else { return false }
        return retention.horizon(atLeastDays: Self.patienceDays).map { draft.occurredAt < $0 } ?? false
    }

    /// Whether that is a tip whose refund is in the log already, because the service tells of the tip only now.
    private static func isRefunded(_ draft: EventDraft, of tenant: Tenant.ID, sql: any SQLSession) throws -> Bool {
        guard draft.type == .tip else { return false }
        let refund = try sql.first(
            "SELECT seq FROM events WHERE streamer_id = $1 AND platform = $2 AND source_id = $3",
            [.text(tenant.text), .text(draft.platform.rawValue), .text(ServiceTip.refundId(of: draft.id.text))]
        )
        return refund != nil
    }

    private func read(
        _ posted: PostedDelivery,
        from service: TipService,
        secret: Secret
    ) throws(TipDeliveryError) -> [EventDraft] {
        let body = posted.body.readableBytesView
        return switch service {
        case .kofi: try KofiDelivery.drafts(in: body, token: secret, receivedAt: now())
        case .stripe:
            try StripeDelivery.drafts(
                in: body,
                signature: posted.header(StripeSignature.headerName),
                secret: secret,
                now: now()
            )
        case .buymeacoffee:
            try BuyMeACoffeeDelivery.drafts(
                in: body,
                signature: posted.header(BuyMeACoffeeDelivery.signatureHeaderName),
                secret: secret,
                receivedAt: now()
            )
        }
    }
}

/// Why a delivery finds nobody.
enum TipIntakeError: HostFailure, Equatable {
    case unknownAddress

    var code: FailureCode { .notFound }
    // The address itself is a secret.
    var publicMessage: String { "This address belongs to nobody here." }
}
