import NIOCore

@testable import Sandbox

/// Reads bytes as a cell's side of the socket: at once, and in pieces as a socket brings them.
enum FrameReading {
    /// What came out of a run of bytes.
    private struct Reading: Equatable {
        var frames: [CellFrame] = []
        var violation: CellFrame.Violation?
        /// Bytes that wait for the rest of their frame.
        var left = 0
        /// Of every frame: the bytes that were taken for it.
        var taken: [Int] = []

        /// Whether there was one.
        mutating func takeFrame(
            from received: inout ByteBuffer,
            by decoder: Decoder
        ) throws(CellFrame.Violation) -> Bool {
            let before = received.readableBytes
            guard let frame = try decoder(&received) else { return false }
            frames.append(frame)
            taken.append(before - received.readableBytes)
            return true
        }
    }

    typealias Decoder = (inout ByteBuffer) throws(CellFrame.Violation) -> CellFrame?

    static func run(_ bytes: [UInt8], by decoder: Decoder = CellFrame.read) throws(FuzzFinding) {
        // The bytes choose how they are cut, too.
        let cut = Int(bytes.last ?? 0) % 17 + 1
        let whole = read(bytes, inPiecesOf: bytes.count, by: decoder)
        let pieces = read(bytes, inPiecesOf: cut, by: decoder)
        try FuzzFinding.unless(whole == pieces, "however the bytes are cut, the same frames are read")

        var written = ByteBuffer()
        for (frame, taken) in zip(whole.frames, whole.taken) {
            let length = frame.payload.readableBytes
            try FuzzFinding.unless(length + 7 <= CellFrame.incomingLimit, "no payload is over its limit")
            try FuzzFinding.unless(taken == length + 11, "a frame takes what it says")
            frame.write(into: &written)
        }
        let taken = Array(written.readableBytesView)
        try FuzzFinding.unless(bytes.starts(with: taken), "a frame is written as it was read")
        if whole.violation == nil {
            try FuzzFinding.unless(taken.count + whole.left == bytes.count, "every byte is in a frame or waits")
            try FuzzFinding.unless(whole.left < CellFrame.incomingLimit + 4, "no more waits than a frame")
        }
    }

    private static func read(_ bytes: [UInt8], inPiecesOf size: Int, by decoder: Decoder) -> Reading {
        var reading = Reading()
        var received = ByteBuffer()
        var position = 0
        while position < bytes.count, reading.violation == nil {
            let end = min(position + max(size, 1), bytes.count)
            received.writeBytes(bytes[position..<end])
            position = end
            do throws(CellFrame.Violation) {
                while try reading.takeFrame(from: &received, by: decoder) {}
            } catch {
                reading.violation = error
            }
            received.discardReadBytes()
        }
        // What follows a violation is nobody's business.
        reading.left = reading.violation == nil ? received.readableBytes : 0
        return reading
    }
}
