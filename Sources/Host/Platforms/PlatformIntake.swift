import Hummingbird
import Logging

/// What takes a platform's posts; it is there without an application as well.
protocol PlatformIntake: Sendable {
    var platform: Platform { get }

    /// Answers what the platform posted, once it is in the log.
    ///
    /// - Throws: a ``HostFailure`` for what is not taken, and then nothing of it is in the log.
    func take(_ request: Request, _ logger: Logger) async throws -> IntakeAnswer
}

/// What a platform is told.
enum IntakeAnswer: Sendable {
    /// All of it is in the log.
    case taken
    /// The text that it asked for.
    case text(String)
}
