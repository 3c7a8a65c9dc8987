import Logging
import WidgetAPI

/// Twitch's subscriptions that post to this host, for those that Twitch can reach.
///
/// Other hosts of the same application have addresses of their own: what posts there is left alone.
/// Source: https://dev.twitch.tv/docs/eventsub/handling-webhook-events/
struct EventSubWebhooks: DeliveringPlatform {
    let api: EventSubAPI
    let token: TwitchAppToken
    /// Where Twitch posts.
    let callback: String
    let secret: TwitchSecret
    /// Keeps by which secret each streamer's are signed.
    let store: ConnectionStore
    /// Is told which types are posted, for IRC tells of some as well.
    let clearings: PostedClearings
    let now: @Sendable () -> Timestamp
    let logger: Logger

    let platform = Platform.twitch

    func mend(_ subscriber: Subscriber) async throws -> Set<String> {
        let userId = subscriber.platformUserId
        let wanted = EventSubSubscription.all.filter { wish in
            wish.scopes(forApplication: true).allSatisfy(subscriber.scopes.contains)
        }
        let found = try await own(userId)
        let signature = EventSubSignature(of: secret, after: subscriber.signature, now: now())
        if subscriber.signature != signature.text {
            try await store.note(signature: signature.text, of: subscriber, on: platform)
        }
        let usable = found.filter(signature.covers)
        let difference = EventSubDifference(wanted: wanted, of: userId, found: usable, now: now())
        let surplus = difference.surplus + found.filter { !signature.covers($0) }.map(\.id)
        // What is asked for below may never be challenged, so it is known to come when the next round finds it at work.
        let working = usable.filter { $0.status == "enabled" && !surplus.contains($0.id) }
        clearings.of(userId).eventSubPosts(Set(working.map(\.type)))
        // One that has ended stands in the way of the next for the same channel.
        for id in surplus {
            try await token.with { token throws(PlatformFailure) in try await api.end(id, with: token) }
        }
        var refusals: [String] = []
        var refused: Set<String> = []
        var isSettled = true
        for wish in difference.missing {
            let outcome = try await token.with { token throws(PlatformFailure) in
                try await api.subscribe(wish, of: userId, over: .webhook(callback: callback, secret), with: token)
            }
            switch outcome {
            case .made: break
            // What it was is seen in the next round.
            case .existing:
                refusals.append("\(wish.type): 409 though none was listed that is alive")
                isSettled = false
            case .refused(let reason):
                if wish.isForEveryChannel { refused.insert(wish.type) }
                refusals.append("\(wish.type): \(reason)")
            }
        }
        if signature.isChanging, isSettled {
            try await store.note(signature: signature.textAfterChange, of: subscriber, on: platform)
        }
        guard !difference.missing.isEmpty || !surplus.isEmpty else { return [] }
        logger.notice(
            "Twitch's subscriptions were mended",
            metadata: [
                "streamer": "\(subscriber.tenant)", "made": "\(difference.missing.count - refusals.count)",
                "ended": "\(surplus.count)", "refused": "\(refusals)",
            ]
        )
        return refused
    }

    func leave(_ connection: Connection) async throws {
        try await end(own(connection.platformUserId))
    }

    func removeStrays(connected: () async throws -> Set<String>) async throws {
        let all = try await token.with { token throws(PlatformFailure) in try await api.subscriptions(with: token) }
        // Asked for after the list, or it would lack who has just connected.
        let wanted = try await connected()
        clearings.keep(only: wanted)
        try await end(all.filter { $0.callback == callback && !wanted.contains($0.broadcasterId ?? "") })
    }

    /// What posts here for a channel.
    private func own(_ userId: String) async throws -> [EventSubRecord] {
        let all = try await token.with { token throws(PlatformFailure) in
            try await api.subscriptions(of: userId, with: token)
        }
        return all.filter { $0.callback == callback && $0.broadcasterId == userId }
    }

    private func end(_ records: [EventSubRecord]) async throws {
        for record in records {
            try await token.with { token throws(PlatformFailure) in try await api.end(record.id, with: token) }
        }
    }
}
