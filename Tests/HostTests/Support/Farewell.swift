import Glibc

/// How a server ended a WebSocket.
struct Farewell: Equatable {
    /// What came before the close frame.
    var frames: [WebSocketClient.Frame] = []
    /// The close frame's payload; `nil` when the server said none.
    var payload: [UInt8]?
    /// Whether the server let go of the connection in the end.
    var isOver = false

    /// The code of the close frame, or `nil`.
    var code: Int? { payload.flatMap { WebSocketClient.Frame(opcode: 8, payload: $0).closeCode } }

    var reason: String { String(decoding: (payload ?? []).dropFirst(2), as: UTF8.self) }
}

extension WebSocketClient {
    /// Reads up to the server's close frame, answers it, says that nothing more will come, and waits for the end.
    ///
    /// With `answering` false it behaves like a page that has stopped to care.
    func farewell(withinSeconds limit: Double = 30, answering: Bool = true) throws -> Farewell {
        let deadline = Deadline(seconds: limit)
        var farewell = Farewell()
        while let frame = try next(withinMilliseconds: deadline.millisecondsLeft) {
            guard frame.opcode == 8 else {
                farewell.frames.append(frame)
                continue
            }
            farewell.payload = frame.payload
            break
        }
        if answering {
            // The server may have gone already; then there is nobody to answer.
            try? send(Frame(opcode: 8, payload: farewell.payload ?? []))
            socket.finishSending()
        }
        farewell.isOver = try socket.reachesEnd(withinMilliseconds: deadline.millisecondsLeft)
        return farewell
    }

    /// The next frame that is no ping: the server may send one of those at any time.
    func next(withinMilliseconds limit: Int = 30_000) throws -> Frame? {
        let deadline = Deadline(seconds: Double(limit) / 1000)
        while let frame = try receive(withinMilliseconds: deadline.millisecondsLeft) {
            if frame.opcode != 9 { return frame }
        }
        return nil
    }

    /// Sends frames in one piece, so that the server cannot close between two of them.
    func send(_ frames: [Frame], masked: Bool = true) throws {
        try socket.send(frames.flatMap { Self.encode($0, masked: masked) })
    }

    /// Sends bytes a few at a time, as a bad line would.
    func send(_ bytes: [UInt8], inChopsOf size: Int) throws {
        for start in stride(from: 0, to: bytes.count, by: size) {
            try socket.send(Array(bytes[start..<min(start + size, bytes.count)]))
        }
    }
}

extension Socket {
    /// Says that nothing more will be sent; reading goes on.
    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Whether the peer ends the connection in time; what it still says is kept.
    func reachesEnd(withinMilliseconds limit: Int) throws -> Bool {
        let deadline = Deadline(seconds: Double(limit) / 1000)
        while !isAtEnd, !deadline.isOver {
            try receive(withinMilliseconds: deadline.millisecondsLeft)
        }
        return isAtEnd
    }

    /// Ends the connection as a machine that crashes does: at once, with a reset.
    func reset() {
        var lingering = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
        // The descriptor itself is closed with this object; connecting it to nothing ends what it stood for.
        var nowhere = sockaddr(sa_family: sa_family_t(AF_UNSPEC), sa_data: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }
}
