import WidgetAPI

/// A platform that says how many follow a channel and how many subscribe to it (FR34.1).
protocol CountingPlatform: Sendable {
    var platform: Platform { get }

    /// Asks with the streamer's token for what they have granted.
    ///
    /// - Throws: `PlatformFailure.tokenRefused` for a token that has ended.
    func numbers(of connection: Connection, with token: Secret) async throws(PlatformFailure) -> AudienceNumbers
}

/// What a platform says of a channel; `nil` is what it does not say.
struct AudienceNumbers: Sendable, Equatable {
    /// More than anybody has, and far from where sums overflow.
    static let limit: Int64 = 1_000_000_000

    var followers: Int64?
    var subscribers: Int64?
    /// Why one of them is missing that may be had another time.
    var failure: PlatformFailure?

    /// Fills in one number; only a token that has ended is left to the caller.
    mutating func fill(
        _ number: WritableKeyPath<AudienceNumbers, Int64?>,
        _ ask: () async throws(PlatformFailure) -> Int64?
    ) async throws(PlatformFailure) {
        do throws(PlatformFailure) {
            self[keyPath: number] = try await ask()
        } catch {
            guard error != .tokenRefused else { throw error }
            failure = error
        }
    }

    /// A number of an answer; `nil` when there is none.
    static func number(_ value: JSONValue?) throws(PlatformFailure) -> Int64? {
        guard let value, !value.isNull else { return nil }
        guard let number = value.integerValue, (0...limit).contains(number) else {
            throw .unusable(reason: "a number from 0 to \(limit) is wanted")
        }
        return number
    }
}
