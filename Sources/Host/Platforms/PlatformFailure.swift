/// Why a platform did not do what was asked.
enum PlatformFailure: HostFailure, Equatable {
    /// It is away, busy or broken; it may work again later.
    case unreachable(reason: String)
    /// It does not take this access token (401).
    case tokenRefused
    /// It does not take this code or refresh token, and never will.
    case grantRefused(reason: String)
    /// It takes what was asked for ill-formed (400).
    case questionRefused(reason: String)
    /// It answered something that nobody can use.
    case unusable(reason: String)
    /// The streamer has to sign in with it again.
    case needsLogin(Platform)
    /// There is no connection with it.
    case notConnected(Platform)

    var code: FailureCode {
        switch self {
        case .unreachable, .tokenRefused, .grantRefused, .questionRefused, .unusable: .unavailable
        case .needsLogin: .conflict
        case .notConnected: .notFound
        }
    }

    var publicMessage: String {
        switch self {
        case .unreachable, .unusable: "The platform does not answer right now. Try again in a minute."
        case .tokenRefused, .grantRefused, .questionRefused: "The platform refused the request."
        case .needsLogin(let platform): "Sign in with \(platform.title) again."
        case .notConnected(let platform): "\(platform.title) is not connected."
        }
    }
}
