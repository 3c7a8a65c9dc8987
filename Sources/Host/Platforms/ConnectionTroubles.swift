import Synchronization
import WidgetAPI

/// What a platform does not do for a connection right now, the worst first; it is tried again by itself.
enum ConnectionTrouble: String, CaseIterable, Sendable {
    /// It did not answer when it was last asked for something, or with nothing that is of use.
    case answers
    /// The socket that brings events has ended, and the next one does not stand yet.
    case events
    /// The socket that brings chat over IRC has ended, and the next one does not stand yet.
    case chat
    /// It does not grant some of the events that it was asked for.
    case refused
}

/// What is in trouble, as far as that is remembered.
final class ConnectionTroubles: Sendable {
    private struct Key: Hashable {
        /// `nil` for everybody who is connected there.
        let tenant: Tenant.ID?
        let platform: Platform
        let trouble: ConnectionTrouble
    }

    private let now: @Sendable () -> Timestamp
    /// When it was last seen.
    private let seen = Mutex<[Key: Timestamp]>([:])
    /// The events that are refused: that stands until they are asked for again, which may be days later.
    private let refusals = Mutex<[Key: Set<String>]>([:])

    init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    /// How many there are, those that nobody is told any more with them.
    var count: Int { seen.withLock { $0.count } }

    /// It is that of one connection, or, without a tenant, of all with that platform.
    func began(_ trouble: ConnectionTrouble, on platform: Platform, of tenant: Tenant.ID?) {
        let moment = now()
        seen.withLock { $0[Key(tenant: tenant, platform: platform, trouble: trouble)] = moment }
    }

    func ended(_ troubles: [ConnectionTrouble], on platform: Platform, of tenant: Tenant.ID?) {
        seen.withLock { seen in
            for trouble in troubles { seen[Key(tenant: tenant, platform: platform, trouble: trouble)] = nil }
        }
    }

    /// These were refused of those that were asked for, `nil` being all; of the others the last word stands.
    func refused(_ events: Set<String>, of asked: Set<String>?, on platform: Platform, of tenant: Tenant.ID) {
        let key = Key(tenant: tenant, platform: platform, trouble: .refused)
        refusals.withLock { refusals in
            var all = events
            if let asked, let before = refusals[key] { all.formUnion(before.subtracting(asked)) }
            refusals[key] = all.isEmpty ? nil : all
        }
    }

    /// Forgets what is refused to others than these on a platform.
    func keepRefusals(on platform: Platform, only tenants: Set<Tenant.ID>) {
        refusals.withLock { refusals in
            guard !refusals.isEmpty else { return }
            refusals = refusals.filter { key, _ in
                guard key.platform == platform, let tenant = key.tenant else { return true }
                return tenants.contains(tenant)
            }
        }
    }

    /// The worst of what is in trouble; `nil` where nothing is.
    func worst(on platform: Platform, of tenant: Tenant.ID) -> ConnectionTrouble? {
        let broken = seen.withLock { seen in
            ConnectionTrouble.allCases.first { trouble in
                [tenant, nil].contains { whose in
                    seen[Key(tenant: whose, platform: platform, trouble: trouble)].map(isRecent) ?? false
                }
            }
        }
        if let broken { return broken }
        let key = Key(tenant: tenant, platform: platform, trouble: .refused)
        let isRefused = refusals.withLock { $0[key] != nil }
        return isRefused ? .refused : nil
    }

    /// Drops what nobody is told any more, that of ended connections with it.
    func forgetOld() {
        seen.withLock { seen in
            guard !seen.isEmpty else { return }
            seen = seen.filter { isRecent($0.value) }
        }
    }

    /// Who is asked again says so again, later than planned when many wait for a platform that hangs.
    private func isRecent(_ moment: Timestamp) -> Bool {
        now() < moment.advanced(byMilliseconds: ConnectionKeeper.silenceMilliseconds)
    }
}

extension ConnectionKeeper {
    /// What is in trouble about a connection, the worst of it; `nil` where nothing is.
    func trouble(_ platform: Platform, in scope: TenantScope) -> ConnectionTrouble? {
        troubles.worst(on: platform, of: scope.tenant)
    }

    /// Whether a platform did not answer when it was last asked, or brings no events, and is about to be asked again.
    func isUnanswered(_ platform: Platform, in scope: TenantScope) -> Bool {
        switch trouble(platform, in: scope) {
        case .events, .answers: true
        case .chat, .refused, nil: false
        }
    }

    /// Drops what nobody is told any more.
    func forgetOldSilence() { troubles.forgetOld() }

    /// Connections for which a platform did not answer, as far as that is remembered.
    var silences: Int { troubles.count }

    /// A platform did for that connection what it had not done; one that answers at all answers everybody.
    func answered(_ platform: Platform, _ scope: TenantScope, _ ended: [ConnectionTrouble] = [.answers]) {
        troubles.ended(ended, on: platform, of: scope.tenant)
        troubles.ended(ended, on: platform, of: nil)
    }

    /// Whether a platform gave what it gives to all alike, such as the key that it signs with.
    func gaveToAll(_ platform: Platform, _ isGiven: Bool) {
        if isGiven {
            troubles.ended([.answers], on: platform, of: nil)
        } else {
            troubles.began(.answers, on: platform, of: nil)
        }
    }

    /// A platform did not do that for a connection.
    func didNotAnswer(_ platform: Platform, _ scope: TenantScope, _ trouble: ConnectionTrouble = .answers) {
        troubles.began(trouble, on: platform, of: scope.tenant)
    }

    /// A platform was asked for events, for all of them where `asked` is `nil`, and does not grant some.
    ///
    /// It is said until they were asked for once more, whatever was answered meanwhile, and also after a new login: a
    /// socket with the same grant goes on as it is. Scopes that a login lacks are no refusal.
    func wasRefused(
        _ events: Set<String>,
        of asked: Set<String>? = nil,
        on platform: Platform,
        _ scope: TenantScope
    ) {
        troubles.refused(events, of: asked, on: platform, of: scope.tenant)
    }

    /// Forgets what was refused to those who have left a platform.
    func keepRefusals(on platform: Platform, only tenants: Set<Tenant.ID>) {
        troubles.keepRefusals(on: platform, only: tenants)
    }
}
