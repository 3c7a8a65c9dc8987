import Logging
import WidgetAPI

/// The key that deliveries of Kick are held against, the same for all applications.
///
/// It is the operator's file or is fetched at the first delivery, and fetched again when a signature does not fit
/// it, for Kick does not say when it changes. Nobody can make the host ask more often than five minutes after it was
/// last told a key, or half a minute after it asked in vain, five seconds while it has none at all; to ask is to try up
/// to three times.
/// Source: https://docs.kick.com/events/webhook-security
actor KickKey {
    /// Where keys come from.
    enum Source: Sendable {
        case file(KickPublicKey)
        /// The platform's own address for it.
        case address(String, PlatformHTTP)

        /// The operator's key, or Kick's own where an application could get deliveries; `nil` where there is neither.
        init?(_ settings: KickSettings, _ http: PlatformHTTP) {
            if let key = settings.publicKey {
                self = .file(key)
            } else if let application = settings.application {
                self = .address("\(application.apiURL)/public/v1/public-key", http)
            } else {
                return nil
            }
        }
    }

    /// How often the platform may be asked for a newer key.
    static let pauseMilliseconds: Int64 = 300_000
    /// How often it may be asked again when it told none: another key may be the one that deliveries fit.
    static let pauseInVainMilliseconds: Int64 = 30_000
    /// How often it may be asked for the first one, without which every delivery is turned away.
    static let pauseWithoutKeyMilliseconds: Int64 = 5000

    private let source: Source
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    /// Is told whether there was a key when one was asked for.
    private let hasKey: @Sendable (Bool) -> Void
    private var key: KickPublicKey?
    private var askedAt: Timestamp?
    /// Whether no key came when one was last asked for.
    private var wasInVain = false
    private var question: Task<Result<KickPublicKey, PlatformFailure>, Never>?

    init(
        _ source: Source,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger,
        hasKey: @escaping @Sendable (Bool) -> Void = { _ in }
    ) {
        self.source = source
        self.hasKey = hasKey
        self.now = now
        self.logger = logger
        if case .file(let key) = source { self.key = key }
    }

    /// Whether Kick signed these bytes.
    ///
    /// - Throws: `PlatformFailure` while there is no key, because Kick did not give one.
    func accepts(_ signature: String, for signed: [UInt8]) async throws(PlatformFailure) -> Bool {
        if let key, key.accepts(signature, for: signed) { return true }
        // It may have been changed, and then the delivery fits the new one.
        return try await newest()?.accepts(signature, for: signed) ?? false
    }

    /// The key as Kick has it now, asked once for all who wait; `nil` where it is not to be asked again yet.
    private func newest() async throws(PlatformFailure) -> KickPublicKey? {
        guard case .address(let url, let http) = source else { return nil }
        if let question { return try await question.value.get() }
        guard mayAsk else {
            if key != nil { return nil }
            throw .unreachable(reason: "it gave no key a moment ago")
        }
        let question = Task { await ask(url, http) }
        self.question = question
        return try await question.value.get()
    }

    private var mayAsk: Bool {
        guard let askedAt else { return true }
        let pauseWithKey = wasInVain ? Self.pauseInVainMilliseconds : Self.pauseMilliseconds
        return now() >= askedAt.advanced(byMilliseconds: key == nil ? Self.pauseWithoutKeyMilliseconds : pauseWithKey)
    }

    private func ask(_ url: String, _ http: PlatformHTTP) async -> Result<KickPublicKey, PlatformFailure> {
        defer {
            question = nil
            askedAt = now()
            hasKey(key != nil)
        }
        do throws(PlatformFailure) {
            let newest = try await Self.fetch(url, http)
            key = newest
            wasInVain = false
            return .success(newest)
        } catch {
            wasInVain = true
            logger.warning("Kick's key could not be fetched", metadata: ["reason": "\(error)"])
            // An old one is still the best there is.
            return key.map { .success($0) } ?? .failure(error)
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
