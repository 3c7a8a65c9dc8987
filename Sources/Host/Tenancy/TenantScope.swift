import WidgetAPI

/// A streamer and everything that is theirs.
enum Tenant {
    typealias ID = Identifier<Tenant>
}

/// Proof that somebody may act for one tenant: a session, a signed delivery, an overlay's address.
///
/// An id is data that anybody can send; a scope can only be made by ``init(granting:to:)``, and the tidy tests hold the
/// list of files that may say those words.
struct TenantScope: Sendable, Hashable {
    // An extension elsewhere could assign a visible `let` and mint a scope, so storage hides too.
    fileprivate let id: Tenant.ID

    var tenant: Tenant.ID { id }

    init(granting tenant: Tenant.ID, to reason: GrantReason) {
        id = tenant
    }

    /// Why a scope exists; read in reviews, not at run time.
    enum GrantReason {
        /// A session cookie of this tenant was presented.
        case session
        /// A platform signed a delivery for a channel of this tenant.
        case signedDelivery
        /// An overlay page named a channel of this tenant: reading what is on air.
        case overlayAddress
        /// The operator works on the data dir at the command line.
        case operatorCommand
        /// The host itself keeps the tenant's log, widgets and demo going.
        case host
    }
}
