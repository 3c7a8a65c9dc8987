import NIOCore
import NIOWebSocket

/// Puts frames together to messages and checks what NIO's decoder leaves to us: masks, reserved bits, opcodes, the
/// order of fragments, UTF-8 of whole messages, close codes and reasons (RFC 6455 sections 5 to 8).
struct MessageReader {
    /// What a frame means for the connection.
    enum Action: Equatable {
        /// Nothing yet: a fragment, or a pong.
        case none
        case text(ByteBuffer)
        case binary(ByteBuffer)
        case ping(ByteBuffer)
        /// The peer closes; answer with the same code, or without one.
        case close(UInt16?)
        /// The peer broke a rule.
        case fail(CloseCode, String)
    }

    /// Which end of the connection reads.
    enum End {
        case server, client
    }

    private let sizeLimit: Int
    private let end: End
    private var fragments: (isText: Bool, bytes: ByteBuffer)?

    /// - Parameters:
    ///   - sizeLimit: bytes of a whole message, at most.
    ///   - end: which end reads; the two have different rules for masks.
    init(sizeLimit: Int, at end: End = .server) {
        self.sizeLimit = sizeLimit
        self.end = end
    }

    mutating func receive(_ frame: WebSocketFrame) -> Action {
        // A client masks every frame, a server none (RFC 6455 section 5.1).
        guard (frame.maskKey != nil) == (end == .server) else {
            return .fail(.protocolError, "a frame of a \(end == .server ? "client must" : "server must not") be masked")
        }
        guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return .fail(.protocolError, "a reserved bit is set") }
        let data = frame.unmaskedData
        switch frame.opcode {
        case .text, .binary: return begin(frame, data)
        case .continuation: return proceed(frame, data)
        case .ping: return .ping(data)
        case .pong: return .none
        case .connectionClose: return close(data)
        default: return .fail(.protocolError, "unknown opcode")
        }
    }

    private mutating func begin(_ frame: WebSocketFrame, _ data: ByteBuffer) -> Action {
        guard fragments == nil else { return .fail(.protocolError, "a message began inside another one") }
        if frame.fin { return complete(isText: frame.opcode == .text, data) }
        fragments = (frame.opcode == .text, data)
        return .none
    }

    private mutating func proceed(_ frame: WebSocketFrame, _ data: ByteBuffer) -> Action {
        guard case (let isText, var bytes)? = fragments else {
            return .fail(.protocolError, "a continuation of no message")
        }
        guard bytes.readableBytes + data.readableBytes <= sizeLimit else {
            return .fail(.tooBig, "a message may have \(sizeLimit) bytes")
        }
        // Held twice, the message so far would be copied for every fragment, and fragments may be a byte long.
        fragments = nil
        bytes.writeImmutableBuffer(data)
        guard frame.fin else {
            fragments = (isText, bytes)
            return .none
        }
        return complete(isText: isText, bytes)
    }

    private func complete(isText: Bool, _ bytes: ByteBuffer) -> Action {
        guard bytes.readableBytes <= sizeLimit else {
            return .fail(.tooBig, "a message may have \(sizeLimit) bytes")
        }
        guard isText else { return .binary(bytes) }
        guard Self.isUTF8(bytes) else { return .fail(.invalidText, "the text is not UTF-8") }
        return .text(bytes)
    }

    private func close(_ data: ByteBuffer) -> Action {
        var data = data
        guard data.readableBytes > 0 else { return .close(nil) }
        guard let code = data.readInteger(as: UInt16.self), CloseCode.isAllowedFromPeer(code) else {
            return .fail(.protocolError, "no valid close code")
        }
        guard Self.isUTF8(data) else { return .fail(.invalidText, "the reason is not UTF-8") }
        return .close(code)
    }

    private static func isUTF8(_ bytes: ByteBuffer) -> Bool {
        bytes.withUnsafeReadableBytes { raw in
            raw.withMemoryRebound(to: UInt8.self) { String(validating: $0, as: UTF8.self) != nil }
        }
    }
}
