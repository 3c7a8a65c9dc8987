import NIOCore

/// What one event loop has sent, counted once a publish and not once a connection.
final class LoopTally {
    var frames = 0
    var bytes = 0
    /// Frames thrown away with the backlog of a connection that read too slowly.
    var droppedFrames = 0
    /// How often the host has closed a connection, by the reason.
    var closes: [CloseCode: Int] = [:]

    func add(_ count: Int, _ sent: ByteBuffer) {
        frames += count
        bytes += sent.readableBytes
    }
}

/// What all loops of a hub have sent and hold, at one moment.
struct HubReading: Sendable {
    var frames = 0
    var bytes = 0
    var droppedFrames = 0
    var closes: [CloseCode: Int] = [:]
    var connections: [ConnectionKind: Int] = [:]
}

extension RealtimeHub {
    /// Asks every loop once; none of them waits for another.
    func reading() async -> HubReading {
        var all = HubReading()
        for part in await perLoop({ hub in
            var part = HubReading(
                frames: hub.tally.frames,
                bytes: hub.tally.bytes,
                droppedFrames: hub.tally.droppedFrames,
                closes: hub.tally.closes
            )
            for connection in hub.connections.values { part.connections[connection.kind, default: 0] += 1 }
            return part
        }) {
            all.frames += part.frames
            all.bytes += part.bytes
            all.droppedFrames += part.droppedFrames
            all.closes.merge(part.closes) { $0 + $1 }
            all.connections.merge(part.connections) { $0 + $1 }
        }
        return all
    }
}
