import NIOCore

/// What the host does with a WebSocket: the product's messages, or the conformance echo.
///
/// All calls come on the connection's event loop.
protocol WebSocketPeer: AnyObject {
    /// Bytes of one inbound message, at most.
    var messageSizeLimit: Int { get }

    func opened(_ connection: WebSocketConnection)
    func received(text: ByteBuffer, on connection: WebSocketConnection)
    func received(binary: ByteBuffer, on connection: WebSocketConnection)
    func closed(_ connection: WebSocketConnection)
}

/// What the first request of a connection turns into.
enum UpgradeDecision {
    case http
    case webSocket(any WebSocketPeer)
}
