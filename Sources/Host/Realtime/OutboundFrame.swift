import NIOCore

/// A WebSocket frame, encoded once and shared by every connection that gets it.
struct OutboundFrame: Sendable {
    let bytes: ByteBuffer

    /// A text message of these UTF-8 bytes.
    init(text: some Collection<UInt8>) {
        self.init(opcode: 0x1, payload: text)
    }

    /// A binary message; only the conformance echo sends these.
    init(binary: some Collection<UInt8>) {
        self.init(opcode: 0x2, payload: binary)
    }

    /// An empty ping: browsers answer by themselves.
    static let ping = OutboundFrame(opcode: 0x9, payload: [])

    /// The answer to a ping.
    static func pong(_ payload: some Collection<UInt8>) -> OutboundFrame {
        OutboundFrame(opcode: 0xA, payload: payload)
    }

    /// A close frame; the reason must fit 123 bytes.
    static func close(_ code: UInt16, _ reason: String = "") -> OutboundFrame {
        OutboundFrame(opcode: 0x8, payload: [UInt8(code >> 8), UInt8(code & 0xFF)] + reason.utf8.prefix(123))
    }

    /// A close frame without a code, the answer to one without.
    static let closeWithoutCode = OutboundFrame(opcode: 0x8, payload: [])

    /// Frames one after another, for one send.
    static func joined(_ frames: [OutboundFrame]) -> ByteBuffer {
        if frames.count == 1 { return frames[0].bytes }
        var all = ByteBuffer()
        all.reserveCapacity(frames.reduce(0) { $0 + $1.bytes.readableBytes })
        for frame in frames {
            all.writeImmutableBuffer(frame.bytes)
        }
        return all
    }

    private init(opcode: UInt8, payload: some Collection<UInt8>) {
        let length = payload.count
        var buffer = ByteBuffer()
        buffer.reserveCapacity(length + 10)
        buffer.writeInteger(0x80 | opcode)
        switch length {
        case ..<126: buffer.writeInteger(UInt8(length))
        case ..<65_536:
            buffer.writeInteger(UInt8(126))
            buffer.writeInteger(UInt16(length))
        default:
            buffer.writeInteger(UInt8(127))
            buffer.writeInteger(UInt64(length))
        }
        buffer.writeBytes(payload)
        bytes = buffer
    }
}
