import Logging
import NIOHTTP1
import WidgetAPI

/// Kick's subscriptions, made with each streamer's own token; where Kick posts stands in the application's own page.
///
/// Kick takes a subscription twice and then delivers everything twice, so nothing is asked for before the list has been
/// seen. Source: https://docs.kick.com/events/subscribe-to-events
struct KickSubscriptions: DeliveringPlatform {
    /// What this host wants of every channel, each in version 1.
    static let events = [
        "chat.message.sent", "channel.followed", "channel.subscription.new", "channel.subscription.renewal",
        "channel.subscription.gifts", "channel.reward.redemption.updated", "livestream.status.updated",
        "livestream.metadata.updated", "moderation.banned", "kicks.gifted",
    ]
    private static let version: Int64 = 1
    private static let patience = Duration.seconds(60)

    let application: PlatformApplication
    let http: PlatformHTTP
    let keeper: ConnectionKeeper
    let logger: Logger

    let platform = Platform.kick

    /// One as Kick lists it.
    private struct Record {
        let id: String
        let event: String
        let version: Int64

        init?(_ json: JSONValue) {
            guard let id = json["id"]?.stringValue, let event = json["event"]?.stringValue else { return nil }
            self.id = id
            self.event = event
            version = json["version"]?.integerValue ?? 0
        }
    }

    func mend(_ subscriber: Subscriber) async throws -> Set<String> {
        try await keeper.withToken(on: .kick, in: keeper.scope(subscriber.tenant)) { token -> Set<String> in
            let found = try await list(token)
            var kept: [String: Record] = [:]
            for record in found where record.version == Self.version && Self.events.contains(record.event) {
                kept[record.event] = kept[record.event] ?? record
            }
            let ids = Set(kept.values.map(\.id))
            let surplus = found.map(\.id).filter { !ids.contains($0) }
            try await end(surplus, token)
            let missing = Self.events.filter { kept[$0] == nil }
            let refusals = missing.isEmpty ? [] : try await subscribe(to: missing, token)
            guard !surplus.isEmpty || !missing.isEmpty else { return [] }
            logger.notice(
                "Kick's subscriptions were mended",
                metadata: [
                    "streamer": "\(subscriber.tenant)", "made": "\(missing.count - refusals.count)",
                    "ended": "\(surplus.count)", "refused": "\(refusals.map { "\($0.event): \($0.reason)" })",
                ]
            )
            return Set(refusals.map(\.event))
        }
    }

    func leave(_ connection: Connection) async throws {
        do throws(PlatformFailure) {
            try await end(list(connection.accessToken).map(\.id), connection.accessToken)
        } catch {
            // A token that has ended cannot end anything; Kick gives up by itself on who does not answer for a day.
            guard error == .tokenRefused else { throw error }
        }
    }

    /// Kick shows subscriptions to the streamer's own token alone, so they end while there is one.
    func removeStrays(connected: () async throws -> Set<String>) async throws {}

    private func list(_ token: Secret) async throws(PlatformFailure) -> [Record] {
        let answer = try await send(.GET, "", token)
        guard answer.status == 200, let list = answer.json["data"]?.arrayValue else {
            throw .unusable(reason: "\(answer.status) \(answer.complaint)")
        }
        return list.compactMap(Record.init)
    }

    /// - Returns: what was refused, and why.
    private func subscribe(
        to events: [String],
        _ token: Secret
    ) async throws(PlatformFailure) -> [(event: String, reason: String)] {
        let wishes = events.map { ["name": .string($0), "version": .integer(Self.version)] as JSONValue }
        let answer = try await send(.POST, "", json: ["method": "webhook", "events": .array(wishes)], token)
        guard (200..<300).contains(answer.status), let made = answer.json["data"]?.arrayValue else {
            throw .unusable(reason: "\(answer.status) \(answer.complaint)")
        }
        return made.compactMap { item in
            // Each has an answer of its own.
            guard let error = item["error"]?.stringValue, !error.isEmpty else { return nil }
            return (event: item["name"]?.stringValue ?? "an event", reason: answer.shown(error))
        }
    }

    private func end(_ ids: [String], _ token: Secret) async throws(PlatformFailure) {
        guard !ids.isEmpty else { return }
        let query = FormText.encode(ids.map { (name: "id", value: $0) })
        let answer = try await send(.DELETE, "?\(query)", token)
        guard (200..<300).contains(answer.status) || answer.status == 404 else {
            throw .unusable(reason: "\(answer.status) \(answer.complaint)")
        }
    }

    private func send(
        _ method: HTTPMethod,
        _ query: String,
        json: JSONValue? = nil,
        _ token: Secret
    ) async throws(PlatformFailure) -> PlatformAnswer {
        let answer = try await http.send(
            PlatformRequest(
                method: method,
                url: "\(application.apiURL)/public/v1/events/subscriptions\(query)",
                headers: [(name: "Authorization", value: "Bearer \(token.exposed)")],
                json: json,
                // A wish that Kick has heard although it did not answer would be there twice.
                mayRepeat: method != .POST,
                patience: Self.patience
            )
        )
        guard answer.status != 401 else { throw .tokenRefused }
        return answer
    }
}
