import CSend
import NIOCore

/// The connections on one event loop that see the same frames.
///
/// Frames published in one tick leave as one send. A big audience is served in slices, so that a small one on the same
/// loop does not wait for all of it; those who came first, the streamer's own sources as a rule, are served first.
final class Topic {
    /// Connections served before others get a turn.
    static let slice = 256

    private(set) var connections: [WebSocketConnection] = []
    private var descriptors: [CInt] = []
    private var results: [Int64] = []
    private var pending: [OutboundFrame] = []
    private var sending: (bytes: ByteBuffer, next: Int)?
    private var isScheduled = false
    private let loop: any EventLoop
    private let tally: LoopTally

    init(loop: any EventLoop, tally: LoopTally = LoopTally()) {
        self.loop = loop
        self.tally = tally
    }

    var isEmpty: Bool { connections.isEmpty }

    /// Adds a connection; it gets what is published from now on and nothing from before.
    func add(_ connection: WebSocketConnection) {
        flush()
        connection.membership = (self, connections.count)
        connections.append(connection)
        descriptors.append(connection.directDescriptor)
        results.append(0)
    }

    /// Takes a connection out; before its descriptor's number can belong to somebody else.
    func remove(_ connection: WebSocketConnection) {
        guard let index = connection.membership?.index else { return }
        connection.membership = nil
        var hole = index
        if let next = sending?.next, index < next {
            // The last one served fills the hole, and the hole moves to where serving continues: nobody is skipped.
            move(from: next - 1, to: hole)
            hole = next - 1
            sending?.next = hole
        }
        move(from: connections.count - 1, to: hole)
        connections.removeLast()
        descriptors.removeLast()
        results.removeLast()
    }

    /// Notices that a connection's socket became full, or empty again.
    func refresh(_ connection: WebSocketConnection) {
        guard let index = connection.membership?.index else { return }
        descriptors[index] = connection.directDescriptor
    }

    /// Sends a frame to everybody at the end of this tick.
    func publish(_ frame: OutboundFrame) {
        pending.append(frame)
        schedule()
    }

    /// Serves everybody now, whatever the slices.
    func flush() {
        while step() {}
    }

    private func schedule() {
        guard !isScheduled else { return }
        isScheduled = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute {
            let topic = bound.value
            topic.isScheduled = false
            if topic.step() { topic.schedule() }
        }
    }

    /// Serves one slice and says whether there is more to do.
    private func step() -> Bool {
        if sending == nil {
            guard !pending.isEmpty else { return false }
            sending = (OutboundFrame.joined(pending), 0)
            tally.frames += pending.count * connections.count
            pending.removeAll(keepingCapacity: true)
        }
        guard let (bytes, first) = sending else { return false }
        let end = min(first + Self.slice, connections.count)
        if first < end { send(bytes, first..<end) }
        // Serving may close connections, and then `remove` has moved the mark.
        let reached = sending?.next ?? end
        sending = reached >= connections.count ? nil : (bytes, reached)
        return sending != nil || !pending.isEmpty
    }

    private func send(_ bytes: ByteBuffer, _ range: Range<Int>) {
        bytes.withUnsafeReadableBytes { raw in
            guard let start = raw.baseAddress else { return }
            descriptors.withUnsafeBufferPointer { descriptors in
                results.withUnsafeMutableBufferPointer { results in
                    guard let first = descriptors.baseAddress, let result = results.baseAddress else { return }
                    csend_all(first + range.lowerBound, range.count, start, raw.count, result + range.lowerBound)
                }
            }
        }
        sending?.next = range.upperBound
        tally.bytes += bytes.readableBytes * range.count
        let length = Int64(bytes.readableBytes)
        let unfinished = range.filter { results[$0] != length }.map { (connections[$0], results[$0]) }
        for (connection, sent) in unfinished {
            connection.continueSending(bytes, sent: sent)
        }
    }

    private func move(from source: Int, to target: Int) {
        guard source != target else { return }
        connections[target] = connections[source]
        descriptors[target] = descriptors[source]
        results[target] = results[source]
        connections[target].membership?.index = target
    }
}
