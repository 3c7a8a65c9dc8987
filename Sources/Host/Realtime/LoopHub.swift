import NIOCore
import WidgetAPI

/// Everything of the hub that lives on one event loop; no locks, no hops.
final class LoopHub {
    /// Every connection is pinged once in so many seconds.
    static let pingSeconds = 25
    /// Pings a peer may leave unanswered; then it is gone, whatever the kernel says.
    static let unansweredPingsLimit = 2

    /// What has been sent from this loop; counted without locks, read on the loop.
    let tally = LoopTally()
    private let loop: any EventLoop
    private let ordinal: UInt64
    private var made: UInt64 = 0
    private(set) var connections: [UInt64: WebSocketConnection] = [:]
    private var topics: [TopicID: Topic] = [:]
    private var wheel: [Set<UInt64>] = Array(repeating: [], count: LoopHub.pingSeconds)
    private var hand = 0
    private var turning: RepeatedTask?

    init(loop: any EventLoop, ordinal: Int) {
        self.loop = loop
        self.ordinal = UInt64(ordinal)
    }

    /// Numbers are unique over all loops: each counts in its own range.
    func nextConnectionId() -> UInt64 {
        made += 1
        return ordinal << 48 | made
    }

    func add(_ connection: WebSocketConnection) {
        connections[connection.id] = connection
        HostCounters.shared.connectionsOpened.add()
        wheel[slot(of: connection.id)].insert(connection.id)
        turn()
    }

    func remove(_ connection: WebSocketConnection) {
        leave(connection)
        connections[connection.id] = nil
        wheel[slot(of: connection.id)].remove(connection.id)
        if connections.isEmpty {
            turning?.cancel()
            turning = nil
        }
    }

    /// Lets a connection see a topic from now on, in place of the one it saw before.
    func join(_ connection: WebSocketConnection, _ id: TopicID) {
        leave(connection)
        let topic = topics[id] ?? Topic(loop: loop, tally: tally)
        topics[id] = topic
        topic.add(connection)
    }

    func publish(_ frame: OutboundFrame, to id: TopicID) {
        topics[id]?.publish(frame)
    }

    /// Ends a topic that nobody will publish to any more.
    ///
    /// Whoever still watches it must come back to be right again.
    func drop(_ id: TopicID) {
        guard let topic = topics.removeValue(forKey: id) else { return }
        for connection in topic.connections { connection.close(.tryLater, "this streamer's widgets start anew") }
    }

    private func leave(_ connection: WebSocketConnection) {
        connection.membership?.topic.remove(connection)
    }

    private func slot(of id: UInt64) -> Int {
        Int(id % UInt64(Self.pingSeconds))
    }

    /// One timer per loop, not per connection: it visits one slot a second.
    private func turn() {
        guard turning == nil else { return }
        let bound = NIOLoopBound(self, eventLoop: loop)
        turning = loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
            bound.value.pingNextSlot()
        }
    }

    private func pingNextSlot() {
        hand = (hand + 1) % Self.pingSeconds
        for id in wheel[hand] {
            guard let connection = connections[id] else { continue }
            guard connection.unansweredPings < Self.unansweredPingsLimit else {
                connection.close(.tryLater, "no answer to pings")
                continue
            }
            connection.unansweredPings += 1
            connection.send(.ping)
        }
    }
}
