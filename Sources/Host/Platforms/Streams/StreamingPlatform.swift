import WidgetAPI

/// A platform that says which channels are on air.
protocol StreamingPlatform: Sendable {
    var platform: Platform { get }
    /// How many channels one question may be about.
    var together: Int { get }
    /// How many questions it may be asked a minute, so that counts and logins have the rest of what it allows.
    var questionsPerMinute: Int { get }

    /// Asks it about the channels of streamers, ``together`` at most.
    ///
    /// - Returns: its answers, by its own ids; a channel of which it says nothing that can be used is left out.
    func words(on subscribers: [Subscriber]) async throws -> [String: StreamWord]
}
