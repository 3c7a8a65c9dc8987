import Synchronization
import WidgetAPI

/// Connections that are left alone for a while of which that cannot be written down: storage takes nothing, or their
/// tokens are not to be read.
final class ConnectionsAside: Sendable {
    private let now: @Sendable () -> Timestamp
    private let ends = Mutex<[Platform: [Tenant.ID: Timestamp]]>([:])

    init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    /// Leaves a connection alone until that moment.
    func add(_ connection: ConnectionStore.Due, until moment: Timestamp) {
        ends.withLock { $0[connection.platform, default: [:]][connection.tenant] = moment }
    }

    /// Whose connections with a platform are left alone now; those whose time is over are forgotten.
    func tenants(on platform: Platform) -> Set<Tenant.ID> {
        let moment = now()
        return ends.withLock { ends in
            ends[platform] = ends[platform]?.filter { $0.value > moment }
            return Set((ends[platform] ?? [:]).keys)
        }
    }
}
