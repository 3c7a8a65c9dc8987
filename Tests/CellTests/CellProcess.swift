import Foundation
import Glibc

/// A zygote of `streamvibes-cell`, as the host starts it, and its control socket.
final class Zygote {
    private let control: Int32
    private let pid: pid_t
    private var ended: [Int32: Int32] = [:]
    /// The layers of the wall that stand here.
    let layers: UInt32

    /// Starts the program that was built beside the tests.
    init(probes: Bool = false) throws {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure.system(errno) }
        control = ends[0]
        setTimeout(of: control)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 3)
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("streamvibes-cell").path
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("streamvibes-cell")]
        if probes { arguments.append(strdup("--probe")) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var child: pid_t = 0
        let failure = posix_spawn(&child, program, &actions, nil, arguments, &environment)
        close(ends[1])
        guard failure == 0 else { throw Failure.system(failure) }
        pid = child
        let ready = try Self.packet(control)
        guard ready[0] == 0x80 else { throw Failure.unexpected }
        layers = ready[3]
    }

    deinit {
        close(control)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }

    /// Forks a cell and gives the host's end of its socket.
    func spawn() throws -> CellConnection {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure.system(errno) }
        setTimeout(of: ends[0])
        try send(ends[1])
        close(ends[1])
        while true {
            let packet = try next()
            guard packet[0] == 0x81 else { continue }
            return CellConnection(socket: ends[0], pid: Int32(bitPattern: packet[2]))
        }
    }

    /// Waits for the end of a cell and gives its wait status.
    func end(of cell: CellConnection) throws -> Int32 {
        while true {
            if let status = ended[cell.pid] { return status }
            _ = try next()
        }
    }

    private func next() throws -> [UInt32] {
        let packet = try Self.packet(control)
        if packet[0] == 0x82 { ended[Int32(bitPattern: packet[2])] = Int32(bitPattern: packet[3]) }
        return packet
    }

    private static func packet(_ control: Int32) throws -> [UInt32] {
        var words: [UInt32] = [0, 0, 0, 0]
        guard words.withUnsafeMutableBytes({ recv(control, $0.baseAddress, 16, 0) }) == 16 else {
            throw Failure.system(errno)
        }
        return words.map { UInt32(littleEndian: $0) }
    }

    /// SPAWN with the descriptor as its one right.
    private func send(_ descriptor: Int32) throws {
        var words: [UInt32] = [1, 7, 0, 0].map { UInt32($0).littleEndian }
        // A cmsghdr is a word of length, level and type; the descriptor follows, filled up to a word.
        var rights = [UInt8](repeating: 0, count: 24)
        rights.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: 20, as: Int.self)
            bytes.storeBytes(of: SOL_SOCKET, toByteOffset: 8, as: Int32.self)
            bytes.storeBytes(of: 1, toByteOffset: 12, as: Int32.self)
            bytes.storeBytes(of: descriptor, toByteOffset: 16, as: Int32.self)
        }
        let sent = words.withUnsafeMutableBytes { payload in
            rights.withUnsafeMutableBytes { control in
                var part = iovec(iov_base: payload.baseAddress, iov_len: 16)
                return withUnsafeMutablePointer(to: &part) { parts in
                    var message = msghdr()
                    message.msg_iov = parts
                    message.msg_iovlen = 1
                    message.msg_control = control.baseAddress
                    message.msg_controllen = 24
                    return sendmsg(self.control, &message, Int32(MSG_NOSIGNAL))
                }
            }
        }
        guard sent == 16 else { throw Failure.system(errno) }
    }
}

/// The host's end of a cell's socket.
final class CellConnection {
    let pid: Int32
    private let socket: Int32
    private var request: UInt32 = 0

    init(socket: Int32, pid: Int32) {
        self.socket = socket
        self.pid = pid
    }

    deinit { close(socket) }

    /// Loads a program as instance 1; `more` goes over the rest of LOAD.
    @discardableResult
    func load(_ main: String, files: [String: String] = [:], more: [String: Any] = [:]) throws -> CellAnswer {
        var payload: [String: Any] = [
            "id": "tested", "version": "1.0.0", "files": files.merging(["main.lua": main]) { $1 },
            "permissions": ["storage", "timers", "sound"], "events": ["*"], "config": [String: Any](),
            "state": NSNull(), "timers": [Any](), "storage": [String: Any](), "locale": [String: Any](), "now": 1000,
        ]
        payload.merge(more) { $1 }
        return try ask(1, payload)
    }

    /// Gives it one event and asks for the picture.
    func event(_ type: String = "go", at: Int = 2000, seed: UInt64 = 1) throws -> CellAnswer {
        let event: [String: Any] = ["type": type, "receivedAtMs": at, "seed": String(seed), "payload": [String: Any]()]
        return try ask(2, ["events": [event], "until": NSNull(), "render": true])
    }

    /// Sends a frame and waits for its answer.
    func ask(_ op: UInt8, _ payload: [String: Any]) throws -> CellAnswer {
        let body = [UInt8](try JSONSerialization.data(withJSONObject: payload))
        request += 1
        try write(bytes(UInt32(body.count + 7)) + [op] + bytes(request) + [1, 0] + body)
        let head = try read(4)
        let length = head.enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
        let frame = try read(length)
        guard Array(frame[1..<7]) == bytes(request) + [1, 0] else { throw Failure.unexpected }
        let json = try JSONSerialization.jsonObject(with: Data(frame[7...]))
        guard let members = json as? [String: Any] else { throw Failure.unexpected }
        return CellAnswer(op: frame[0], members: members)
    }

    /// Sends bytes that are no frame.
    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { throw Failure.system(errno) }
            rest = rest.dropFirst(sent)
        }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let length = bytes.withUnsafeMutableBytes {
                recv(socket, $0.baseAddress?.advanced(by: have), count - have, 0)
            }
            guard length > 0 else { throw Failure.closed }
            have += length
        }
        return bytes
    }

    private func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}

/// What a cell answered.
struct CellAnswer {
    let op: UInt8
    let members: [String: Any]

    /// The fault of an ERROR, of the first event or of the picture: `kind: message`.
    var fault: String? {
        let result = (members["results"] as? [Any])?.first as? [String: Any]
        guard let fault = members["error"] ?? result?["error"] ?? members["viewError"] else { return nil }
        guard let parts = fault as? [String: Any] else { return "no fault" }
        return "\(parts["kind"] ?? ""): \(parts["message"] ?? "")"
    }

    /// A member as JSON text with sorted names.
    func text(_ member: String) -> String {
        guard let value = members[member] else { return "" }
        let data = try? JSONSerialization.data(
            withJSONObject: [value],
            options: [.sortedKeys, .withoutEscapingSlashes]
        )
        return String(decoding: (data ?? Data()).dropFirst().dropLast(), as: UTF8.self)
    }

    /// The texts of the log.
    var log: [String] {
        (members["log"] as? [[String: Any]] ?? []).map { "\($0["text"] ?? "")" }
    }
}

enum Failure: Error {
    case system(Int32)
    case closed
    case unexpected
}

/// A cell that does not answer fails the test instead of holding it up.
private func setTimeout(of socket: Int32) {
    var wait = timeval(tv_sec: 120, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
}
