/// Why a WebSocket was closed: RFC 6455 section 7.4 and the contract's own.
///
/// The range carries the page's policy: 40xx reconnect, 45xx try again slowly.
enum CloseCode: UInt16, Sendable {
    case protocolError = 1002
    case unacceptableData = 1003
    case invalidText = 1007
    case tooBig = 1009

    case goingDown = 4000
    case tooSlow = 4008
    case tryLater = 4010

    case unknownChannel = 4501
    case wrongKey = 4503
    case noSession = 4504
    case badSubscribe = 4505

    /// Whether a peer may send that code (RFC 6455 section 7.4.1, and the registry's later codes up to 1014).
    static func isAllowedFromPeer(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
