/// Why a session over a socket is over.
enum EventSubEnding: Error, CustomStringConvertible {
    case notGreeted
    case nothingGranted
    case closed(UInt16?)
    /// It was closed while the next one was not to be had; with the old one's code, and why there was no new one.
    case stranded(UInt16?, any Error)
    case silent
    case badAddress
    case revoked([String])
    case inTheWay(String)

    var description: String {
        switch self {
        case .notGreeted: "Twitch did not greet"
        case .nothingGranted: "none of the subscriptions could be made"
        case .closed(let code): Self.words(on: code)
        case .stranded(let code, let reason): "\(Self.words(on: code)); at the new address: \(reason)"
        case .silent: "nothing was heard for longer than promised"
        case .badAddress: "Twitch named an address that is not secure"
        case .revoked(let types): "Twitch ended again what it had granted anew: \(types)"
        case .inTheWay(let type): "Twitch grants nothing anew beside what it has ended: \(type)"
        }
    }

    private static func words(on code: UInt16?) -> String {
        "Twitch closed it: \(code.map(meaning) ?? "without a code")"
    }

    /// What the documented codes stand for (https://dev.twitch.tv/docs/eventsub/websocket-reference/#close-message).
    private static func meaning(of code: UInt16) -> String {
        switch code {
        case 4000: "4000, a fault of its own"
        case 4001: "4001, it was sent something"
        case 4002: "4002, a ping was not answered"
        case 4003: "4003, nothing was asked for"
        case 4004: "4004, the new address was not used in time"
        case 4005: "4005, it was too slow"
        case 4006: "4006, the network failed"
        case 4007: "4007, the new address was wrong"
        default: "\(code)"
        }
    }
}
