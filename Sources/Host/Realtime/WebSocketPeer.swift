import NIOCore

/// What the host does with a WebSocket: the product's messages, or the conformance echo.
///
/// All calls come on the connection's event loop.
protocol WebSocketPeer: AnyObject {
    /// Bytes of one inbound message, at most.
    var messageSizeLimit: Int { get }
    /// What the connection is for, as operators count them.
    var kind: ConnectionKind { get }

    func opened(_ connection: WebSocketConnection)
    func received(text: ByteBuffer, on connection: WebSocketConnection)
    func received(binary: ByteBuffer, on connection: WebSocketConnection)
    func closed(_ connection: WebSocketConnection)
}

/// What a WebSocket is for.
enum ConnectionKind: String, CaseIterable, Sendable {
    /// A page that shows widgets.
    case overlay
    /// A dashboard that follows the log.
    case events
    /// A dashboard that tries something out.
    case preview
    /// One that has not said yet.
    case unsubscribed
}

/// What the first request of a connection turns into.
enum UpgradeDecision {
    case http
    case webSocket(any WebSocketPeer)
}
