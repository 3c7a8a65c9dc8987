import Glibc

/// A blocking TCP connection to loopback; tests speak protocols over it byte by byte.
final class Socket {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let descriptor: CInt
    /// Bytes received and not yet taken.
    private(set) var buffer: [UInt8] = []
    private(set) var isAtEnd = false

    /// Connects; a small `receiveBuffer` (bytes, the kernel's) makes a reader that falls behind.
    init(port: Int, receiveBuffer: CInt? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        }
        var one: CInt = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<CInt>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            throw Failure(description: "no connection to port \(port): \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        close(descriptor)
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "send: \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// Receives what is there, waiting for it at most so long; `false` when nothing came.
    @discardableResult
    func receive(withinMilliseconds limit: Int) throws -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard !isAtEnd, poll(&poller, 1, Int32(limit)) > 0 else { return false }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count > 0 {
            buffer += chunk[..<count]
        } else {
            isAtEnd = true
        }
        return true
    }

    /// Whether so many bytes are there in time and before the peer closes; none is taken.
    func has(_ count: Int, withinMilliseconds limit: Int) throws -> Bool {
        let deadline = ContinuousClock.now + .milliseconds(limit)
        while buffer.count < count {
            let left = deadline - ContinuousClock.now
            guard !isAtEnd, left > .zero else { return false }
            try receive(withinMilliseconds: max(1, Int(left / .milliseconds(1))))
        }
        return true
    }

    /// Takes so many bytes once they are there; `nil` when they do not come in time or the peer has closed.
    func take(_ count: Int, withinMilliseconds limit: Int) throws -> [UInt8]? {
        guard try has(count, withinMilliseconds: limit) else { return nil }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    /// Takes everything up to and with the mark.
    func take(through mark: String, withinMilliseconds limit: Int) throws -> String? {
        let mark = Array(mark.utf8)
        let deadline = ContinuousClock.now + .milliseconds(limit)
        while true {
            if let end = buffer.firstRange(of: mark)?.upperBound {
                let text = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end)
                return text
            }
            let left = deadline - ContinuousClock.now
            guard !isAtEnd, left > .zero else { return nil }
            try receive(withinMilliseconds: max(1, Int(left / .milliseconds(1))))
        }
    }
}
