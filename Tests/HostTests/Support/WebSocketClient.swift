import Foundation
import WidgetAPI

/// A WebSocket client that can also break every rule.
final class WebSocketClient {
    /// A frame as it came.
    struct Frame: Equatable {
        var isFinal = true
        var reserved: UInt8 = 0
        var opcode: UInt8
        var payload: [UInt8]

        var text: String { String(decoding: payload, as: UTF8.self) }

        /// The code of a close frame, or `nil`.
        var closeCode: Int? { opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
    }

    let socket: Socket

    /// Connects and shakes hands.
    ///
    /// - Throws: `Socket.Failure` with the status when the server does not switch protocols.
    init(
        port: Int,
        path: String = "/ws",
        headers: [(String, String)] = [],
        receiveBuffer: CInt? = nil
    ) throws {
        socket = try Socket(port: port, receiveBuffer: receiveBuffer)
        var request = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUpgrade: websocket\r\n"
        request += "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        request += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        for (name, value) in headers { request += "\(name): \(value)\r\n" }
        try socket.send(Array((request + "\r\n").utf8))
        guard let head = try socket.take(through: "\r\n\r\n", withinMilliseconds: 60_000) else {
            throw Socket.Failure(description: "no answer to the handshake")
        }
        guard head.hasPrefix("HTTP/1.1 101 "), head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") else {
            throw Socket.Failure(description: head)
        }
    }

    /// Sends a frame, masked as a client must unless told otherwise.
    func send(_ frame: Frame, masked: Bool = true) throws {
        try socket.send(Self.encode(frame, masked: masked))
    }

    func send(text: String) throws {
        try send(Frame(opcode: 1, payload: Array(text.utf8)))
    }

    /// Sends a message of the contract's envelope.
    func send(_ type: String, _ payload: JSONValue) throws {
        let message: JSONValue = ["type": .string(type), "payload": payload, "timestamp": "", "streamerId": nil]
        try send(text: message.text)
    }

    static func encode(_ frame: Frame, masked: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = [(frame.isFinal ? 0x80 : 0) | frame.reserved << 4 | frame.opcode]
        let count = frame.payload.count
        let mark: UInt8 = masked ? 0x80 : 0
        switch count {
        case ..<126: bytes.append(mark | UInt8(count))
        case ..<65_536: bytes += [mark | 126, UInt8(count >> 8), UInt8(count & 255)]
        default: bytes += [mark | 127] + (0..<8).reversed().map { UInt8(count >> ($0 * 8) & 255) }
        }
        guard masked else { return bytes + frame.payload }
        let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        return bytes + mask + frame.payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    /// The next frame, or `nil` when none comes whole in time or the server has closed; a part of one stays.
    func receive(withinMilliseconds limit: Int = 30_000) throws -> Frame? {
        guard let size = try frameSize(withinMilliseconds: limit),
            let bytes = try socket.take(size.head + size.payload, withinMilliseconds: limit)
        else { return nil }
        let (head, payload) = (bytes, Array(bytes.dropFirst(size.head)))
        return Frame(
            isFinal: head[0] & 0x80 != 0,
            reserved: head[0] >> 4 & 7,
            opcode: head[0] & 15,
            payload: payload
        )
    }

    /// How many bytes the next frame has, once so much of it is there that it says so.
    private func frameSize(withinMilliseconds limit: Int) throws -> (head: Int, payload: Int)? {
        guard try socket.has(2, withinMilliseconds: limit) else { return nil }
        let count = Int(socket.buffer[1] & 0x7F)
        guard count >= 126 else { return (2, count) }
        let width = count == 126 ? 2 : 8
        guard try socket.has(2 + width, withinMilliseconds: limit) else { return nil }
        return (2 + width, socket.buffer[2..<2 + width].reduce(0) { $0 << 8 | Int($1) })
    }

    /// Answers a ping (RFC 6455 section 5.5.2), unless the server has closed: what it said before can still be read.
    func answer(_ frame: Frame) throws {
        guard frame.opcode == 9, !socket.isAtEnd else { return }
        try send(Frame(opcode: 10, payload: frame.payload))
    }

    /// Answers the pings that have come and passes over all else: a page that answers none for a minute is let go.
    func stayAwake() throws {
        _ = try message("none", withinMilliseconds: 1)
    }

    /// The next message of that type of which that is true; others are passed over, pings are answered.
    func message(
        _ type: String,
        withinMilliseconds limit: Int = 30_000,
        where isWanted: (JSONValue) -> Bool = { _ in true }
    ) throws -> JSONValue? {
        let deadline = ContinuousClock.now + .milliseconds(limit)
        while ContinuousClock.now < deadline {
            let left = max(1, Int((deadline - ContinuousClock.now) / .milliseconds(1)))
            guard let frame = try receive(withinMilliseconds: left) else { return nil }
            try answer(frame)
            guard frame.opcode == 1 else { continue }
            let message = try JSONValue(parsing: frame.text)
            if message["type"]?.stringValue == type, isWanted(message) { return message }
        }
        return nil
    }

    /// The payload of the next snapshot, or `nil` when the server closes first.
    func snapshot() throws -> JSONValue? {
        try message("overlay:snapshot")?["payload"]
    }

    /// The code with which the server closes, other frames passed over; `nil` when it does not in time.
    func closeCode(withinMilliseconds limit: Int = 30_000) throws -> Int? {
        let deadline = ContinuousClock.now + .milliseconds(limit)
        while ContinuousClock.now < deadline {
            let left = max(1, Int((deadline - ContinuousClock.now) / .milliseconds(1)))
            guard let frame = try receive(withinMilliseconds: left) else { return nil }
            try answer(frame)
            if let code = frame.closeCode { return code }
        }
        return nil
    }

    /// Subscribes to an overlay and returns its snapshot's payload.
    func subscribe(_ channel: String, view: String = "overlay", known: JSONObject = [:]) throws -> JSONValue? {
        var payload = known
        payload["platform"] = "twitch"
        payload["channel"] = .string(channel)
        payload["view"] = .string(view)
        try send("overlay:subscribe", .object(payload))
        return try message("overlay:snapshot")?["payload"]
    }
}
