/// Why a login came to nothing, as the page that people come back to says it.
///
/// The address carries the raw value alone: what a stranger writes into a link is never shown.
enum LoginProblem: String, Error, Sendable, CaseIterable {
    case denied
    case expired
    case refused
    case unavailable
    case elsewhere
    case already
    case nameTaken = "name-taken"
    case notOffered = "not-offered"
    case signedOut = "signed-out"

    func sentence(_ platform: String) -> String {
        switch self {
        case .denied: "You did not allow it on \(platform), so nothing was changed."
        case .expired: "This sign-in took too long or was not begun in this browser. Try again."
        case .refused: "\(platform) did not accept the sign-in. Try again; if it stays so, tell whoever runs this host."
        case .unavailable: "\(platform) does not answer right now. Nothing was changed; try again in a minute."
        case .elsewhere: "This \(platform) account belongs to another StreamVibes account. Nothing was changed."
        case .already: "A \(platform) account is connected already. Disconnect it first to use another one."
        case .nameTaken:
            "The name of this \(platform) channel is registered here with another user id. Tell whoever runs this host."
        case .notOffered: "Signing in with \(platform) is not set up on this host."
        case .signedOut: "You were signed out meanwhile. Sign in and connect \(platform) again."
        }
    }
}
