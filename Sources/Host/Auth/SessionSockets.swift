import NIOCore
import Synchronization

/// The sockets that were opened with a session's cookie, so that they end with the session.
///
/// A socket is noted before it asks for anything: one that is opened while its session ends is either closed here or
/// finds no session when it subscribes.
final class SessionSockets: Sendable {
    private let hub: RealtimeHub
    /// By connection; ending a session is rare and may look at all of them.
    private let open = Mutex<[ConnectionHandle: String]>([:])

    init(hub: RealtimeHub) {
        self.hub = hub
    }

    /// The same peer, known to be of that session.
    func bound(_ peer: any WebSocketPeer, to token: SessionToken, on loop: any EventLoop) -> any WebSocketPeer {
        BoundPeer(peer, token.hash, self, loop)
    }

    /// Closes the sockets of a session; pages of the overlay come back by themselves, dashboards find no session.
    func end(_ tokenHash: String) {
        let handles = open.withLock { open in open.filter { $0.value == tokenHash }.map(\.key) }
        for handle in handles { hub.close(handle, .tryLater, "the session has ended") }
    }

    /// How many sockets there are.
    var count: Int { open.withLock { $0.count } }

    private final class BoundPeer: WebSocketPeer {
        private let peer: any WebSocketPeer
        private let tokenHash: String
        private let sockets: SessionSockets
        private let loop: any EventLoop

        init(_ peer: any WebSocketPeer, _ tokenHash: String, _ sockets: SessionSockets, _ loop: any EventLoop) {
            self.peer = peer
            self.tokenHash = tokenHash
            self.sockets = sockets
            self.loop = loop
        }

        var messageSizeLimit: Int { peer.messageSizeLimit }
        var kind: ConnectionKind { peer.kind }

        func opened(_ connection: WebSocketConnection) {
            let handle = sockets.hub.handle(connection, on: loop)
            sockets.open.withLock { $0[handle] = tokenHash }
            peer.opened(connection)
        }

        func received(text: ByteBuffer, on connection: WebSocketConnection) {
            peer.received(text: text, on: connection)
        }

        func received(binary: ByteBuffer, on connection: WebSocketConnection) {
            peer.received(binary: binary, on: connection)
        }

        func closed(_ connection: WebSocketConnection) {
            let handle = sockets.hub.handle(connection, on: loop)
            _ = sockets.open.withLock { $0.removeValue(forKey: handle) }
            peer.closed(connection)
        }
    }
}
