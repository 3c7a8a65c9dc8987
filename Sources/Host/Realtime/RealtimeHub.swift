import NIOCore
import ServiceLifecycle
import Synchronization

/// Names the connections that see the same frames: one view of one layout, or one selection of raw events.
struct TopicID: Hashable, Sendable {
    fileprivate let number: UInt64
}

/// A connection as others may hold it: it stays on its own loop.
struct ConnectionHandle: Sendable, Hashable {
    let loopIndex: Int
    let id: UInt64
}

/// Brings frames to connections.
///
/// A publish is one hop per event loop, whatever the audience.
final class RealtimeHub: Sendable {
    /// Time for pages to say goodbye when the host goes down; a little more than each of them has.
    static let drainLimit = Duration.milliseconds(3500)

    private let loops: [any EventLoop]
    private let hubs: [NIOLoopBoundBox<LoopHub>]
    private let topicsMade = Atomic<UInt64>(0)

    init(group: any EventLoopGroup) {
        loops = group.makeIterator().map { $0 }
        hubs = loops.enumerated().map { index, loop in
            NIOLoopBoundBox.makeBoxSendingValue(LoopHub(loop: loop, ordinal: index), as: LoopHub.self, eventLoop: loop)
        }
    }

    /// A loop for a tenant's runtime: the same one for the same number.
    func loop(for number: Int) -> any EventLoop {
        loops[Int(UInt(bitPattern: number) % UInt(loops.count))]
    }

    var loopCount: Int { loops.count }

    /// The hub of a loop, to be called on that loop.
    func here(_ loop: any EventLoop) -> LoopHub {
        hubs[index(of: loop)].value
    }

    func handle(_ connection: WebSocketConnection, on loop: any EventLoop) -> ConnectionHandle {
        ConnectionHandle(loopIndex: index(of: loop), id: connection.id)
    }

    func makeTopic() -> TopicID {
        TopicID(number: topicsMade.add(1, ordering: .relaxed).newValue)
    }

    /// Sends a frame to a topic's connections on the loops that have some.
    ///
    /// Publishes and joins of one caller reach each loop in the order of the calls.
    func publish(_ frame: OutboundFrame, to topic: TopicID, onLoops loopIndices: some Sequence<Int>) {
        HostCounters.shared.framesPublished.add()
        for index in loopIndices {
            let hub = hubs[index]
            loops[index].execute { hub.value.publish(frame, to: topic) }
        }
    }

    /// Sends frames to one connection, then lets it see a topic.
    func send(_ frames: [OutboundFrame], to handle: ConnectionHandle, thenJoin topic: TopicID? = nil) {
        let hub = hubs[handle.loopIndex]
        loops[handle.loopIndex].execute {
            guard let connection = hub.value.connections[handle.id] else { return }
            // What was published before must not arrive after this.
            connection.membership?.topic.flush()
            connection.send(joined: frames)
            if let topic { hub.value.join(connection, topic) }
        }
    }

    /// Returns when everything sent to a connection has left the host, or when the connection is gone.
    func waitUntilWritten(_ handle: ConnectionHandle) async {
        let hub = hubs[handle.loopIndex]
        let promise = loops[handle.loopIndex].makePromise(of: Void.self)
        loops[handle.loopIndex].execute {
            guard let connection = hub.value.connections[handle.id] else { return promise.succeed() }
            connection.whenWritten(promise)
        }
        try? await promise.futureResult.get()
    }

    func close(_ handle: ConnectionHandle, _ code: CloseCode, _ reason: String = "") {
        let hub = hubs[handle.loopIndex]
        loops[handle.loopIndex].execute { hub.value.connections[handle.id]?.close(code, reason) }
    }

    func drop(_ topic: TopicID) {
        for (loop, hub) in zip(loops, hubs) {
            loop.execute { hub.value.drop(topic) }
        }
    }

    /// What each loop answers, in their order; a loop that has ended says nothing.
    func perLoop<T: Sendable>(_ ask: @escaping @Sendable (LoopHub) -> T) async -> [T] {
        var answers: [T] = []
        for (loop, hub) in zip(loops, hubs) {
            if let answer = try? await loop.submit({ ask(hub.value) }).get() { answers.append(answer) }
        }
        return answers
    }

    /// How many connections are open.
    func connectionCount() async -> Int {
        var count = 0
        for (loop, hub) in zip(loops, hubs) {
            count += (try? await loop.submit { hub.value.connections.count }.get()) ?? 0
        }
        return count
    }

    private func index(of loop: any EventLoop) -> Int {
        guard let index = loops.firstIndex(where: { $0 === loop }) else {
            preconditionFailure("a connection lives on a loop of another group")
        }
        return index
    }
}

extension RealtimeHub: Service {
    /// Waits for the shutdown, asks every page to come back later, and gives them a moment to hear it.
    func run() async throws {
        try? await gracefulShutdown()
        for (loop, hub) in zip(loops, hubs) {
            loop.execute {
                for connection in hub.value.connections.values { connection.close(.goingDown, "the host restarts") }
            }
        }
        let deadline = ContinuousClock.now + Self.drainLimit
        while await connectionCount() > 0, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
