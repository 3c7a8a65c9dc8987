import Synchronization
import WidgetAPI

/// What a platform does not do for a connection right now, the worst first; it is tried again by itself.
enum ConnectionTrouble: String, CaseIterable, Sendable {
    /// It did not answer when it was last asked for something.
    case answers
    /// The socket that brings events has ended, and the next one does not stand yet.
    case events
    /// The socket that brings chat over IRC has ended, and the next one does not stand yet.
    case chat
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

    /// The worst of what is in trouble; `nil` where nothing is.
    func worst(on platform: Platform, of tenant: Tenant.ID) -> ConnectionTrouble? {
        seen.withLock { seen in
            ConnectionTrouble.allCases.first { trouble in
                [tenant, nil].contains { whose in
                    seen[Key(tenant: whose, platform: platform, trouble: trouble)].map(isRecent) ?? false
                }
            }
        }
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
        case .chat, nil: false
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
}
