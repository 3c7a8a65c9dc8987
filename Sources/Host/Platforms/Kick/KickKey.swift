import WidgetAPI

/// The key that deliveries of Kick are held against, the same for all applications.
///
/// It is the operator's file or is fetched at the first delivery, and fetched again when a signature does not fit
/// it, for Kick does not say when it changes. Nobody can make the host ask more often than every five minutes, or
/// every five seconds while it has none at all.
/// Source: https://docs.kick.com/events/webhook-security
actor KickKey {
    /// Where keys come from.
    enum Source: Sendable {
        case file(KickPublicKey)
        /// The platform's own address for it.
        case address(String, PlatformHTTP)
    }

    /// How often the platform may be asked for a newer key.
    static let pause = Duration.seconds(300)
    /// How often it may be asked for the first one, without which every delivery is turned away.
    static let pauseWithoutKey = Duration.seconds(5)

    private let source: Source
    private let clock = ContinuousClock()
    private var key: KickPublicKey?
    private var askedAt: ContinuousClock.Instant?
    private var fetch: Task<KickPublicKey, any Error>?

    init(_ source: Source) {
        self.source = source
        if case .file(let key) = source { self.key = key }
    }

    /// Whether Kick signed these bytes.
    ///
    /// - Throws: `PlatformFailure` while there is no key, because Kick did not give one.
    func accepts(_ signature: String, for signed: [UInt8]) async throws -> Bool {
        if let key {
            if key.accepts(signature, for: signed) { return true }
            // It may have been changed, and then it fits the new one.
            guard mayAsk else { return false }
        }
        return try await newest().accepts(signature, for: signed)
    }

    private var mayAsk: Bool {
        guard case .address = source else { return false }
        guard let askedAt else { return true }
        return fetch != nil || clock.now - askedAt >= Self.pause
    }

    /// The key as Kick has it now; one request for all who wait.
    private func newest() async throws -> KickPublicKey {
        guard case .address(let url, let http) = source else { throw PlatformFailure.unusable(reason: "no address") }
        if let fetch { return try await fetch.value }
        if key == nil, let askedAt, clock.now - askedAt < Self.pauseWithoutKey {
            throw PlatformFailure.unreachable(reason: "it gave no key a moment ago")
        }
        askedAt = clock.now
        let task = Task { try await Self.fetch(url, http) }
        fetch = task
        defer { fetch = nil }
        do {
            let key = try await task.value
            self.key = key
            return key
        } catch {
            // An old key is still the best there is.
            if let key { return key }
            throw error
        }
    }

    private static func fetch(_ url: String, _ http: PlatformHTTP) async throws(PlatformFailure) -> KickPublicKey {
        let answer = try await http.send(PlatformRequest(url: url))
        guard answer.status == 200, let pem = answer.json["data"]?["public_key"]?.stringValue,
            let key = KickPublicKey(pem: pem)
        else { throw .unusable(reason: "\(answer.status), and no key in the answer") }
        return key
    }
}
