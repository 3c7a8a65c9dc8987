import Glibc
import WidgetAPI

/// Many pages on one view, read together by one thread.
///
/// Frames are looked at where they arrive: a thousand pages get more text than a test could parse for each of them.
final class Crowd {
    /// What one page has seen.
    struct Member {
        fileprivate let client: WebSocketClient
        fileprivate var rest: [UInt8] = []
        /// The number of its last picture.
        fileprivate(set) var rev = 0
        /// Bytes of all its patches.
        fileprivate(set) var bytes = 0
        /// Why it is no longer right, or `nil`.
        fileprivate(set) var fault: String?
    }

    private(set) var members: [Member] = []
    /// Called with the text of every patch that the first member gets.
    var onPatch: (String) -> Void = { _ in }
    private var polled: [pollfd] = []
    private var scratch = [UInt8](repeating: 0, count: 1 << 20)

    /// Opens so many pages of a fresh channel's chat.
    init(_ count: Int, port: Int, channel: String) throws {
        Self.raiseFileLimit()
        for _ in 0..<count {
            let client = try WebSocketClient(port: port)
            try Self.subscribe(client, channel)
            members.append(Member(client: client))
            polled.append(pollfd(fd: client.socket.descriptor, events: Int16(POLLIN), revents: 0))
            // On a busy machine the last one comes so late that the first ones have been asked whether they live.
            if members.count.isMultiple(of: 50) { read(withinMilliseconds: 0) }
        }
    }

    /// Asks for the chat and waits for the first, empty picture.
    static func subscribe(_ client: WebSocketClient, _ channel: String) throws {
        let payload: JSONValue = ["platform": "twitch", "channel": .string(channel), "view": "chat"]
        try client.send("overlay:subscribe", payload)
        guard let frame = try client.next(), frame.text.hasPrefix(#"{"type":"overlay:snapshot""#) else {
            throw Socket.Failure(description: "no snapshot")
        }
    }

    var faults: [String] { members.compactMap(\.fault) }

    /// Whether all have the picture that the first one has.
    var isTogether: Bool { members.allSatisfy { $0.rev == members[0].rev } }

    /// Reads what has come for anybody; returns at once when something had, else after the limit.
    func read(withinMilliseconds limit: Int) {
        guard poll(&polled, nfds_t(polled.count), Int32(limit)) > 0 else { return }
        for index in members.indices where polled[index].revents != 0 && members[index].fault == nil {
            receive(index)
        }
    }

    private func receive(_ index: Int) {
        let kept = members[index].rest.count
        scratch.replaceSubrange(0..<kept, with: members[index].rest)
        let count = scratch.withUnsafeMutableBytes {
            recv(polled[index].fd, $0.baseAddress?.advanced(by: kept), $0.count - kept, Int32(MSG_DONTWAIT))
        }
        guard count > 0 else {
            members[index].fault = "cut after picture \(members[index].rev)"
            polled[index].fd = -1
            return
        }
        var start = 0
        let end = kept + count
        while let frame = Self.frame(scratch, start, end) {
            take(frame, index)
            start = frame.payload.upperBound
        }
        members[index].rest = Array(scratch[start..<end])
    }

    private func take(_ frame: (opcode: UInt8, payload: Range<Int>), _ index: Int) {
        if frame.opcode == 8 {
            let code = scratch[frame.payload].prefix(2).reduce(0) { $0 << 8 | Int($1) }
            members[index].fault = "told to close with \(code)"
        }
        if frame.opcode == 9 {
            let pong = WebSocketClient.Frame(opcode: 10, payload: Array(scratch[frame.payload]))
            do { try members[index].client.send([pong]) } catch { members[index].fault = "cannot answer: \(error)" }
        }
        guard frame.opcode == 1 else { return }
        guard let rev = Self.rev(scratch, frame.payload) else {
            members[index].fault = "got something that is no patch"
            return
        }
        if rev != members[index].rev + 1 { members[index].fault = "got \(rev) after \(members[index].rev)" }
        members[index].rev = rev
        members[index].bytes += frame.payload.count
        if index == 0 { onPatch(String(decoding: scratch[frame.payload], as: UTF8.self)) }
    }

    /// The frame that begins at that place, or `nil` while it is not whole.
    private static func frame(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (opcode: UInt8, payload: Range<Int>)? {
        guard end - start >= 2 else { return nil }
        var (length, head) = (Int(bytes[start + 1] & 0x7F), 2)
        if length >= 126 {
            head = length == 126 ? 4 : 10
            guard end - start >= head else { return nil }
            length = bytes[start + 2..<start + head].reduce(0) { $0 << 8 | Int($1) }
        }
        guard end - start >= head + length else { return nil }
        return (bytes[start] & 15, start + head..<start + head + length)
    }

    private static let mark = Array(#""rev":"#.utf8)

    /// The number in a patch; it stands within the first bytes.
    private static func rev(_ bytes: [UInt8], _ payload: Range<Int>) -> Int? {
        let head = bytes[payload.prefix(200)]
        guard let place = head.firstRange(of: mark)?.upperBound else { return nil }
        let digits = bytes[place..<payload.upperBound].prefix { $0 >= 0x30 && $0 <= 0x39 }
        return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func raiseFileLimit() {
        var limit = rlimit()
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(files, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(files, &limit)
    }
}

extension ServerProcess {
    /// Kilobytes of memory that the process holds.
    var residentKilobytes: Int {
        guard let file = fopen("/proc/\(processId)/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, CInt(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("VmRSS:") { return Int(text.filter(\.isNumber)) ?? 0 }
        }
        return 0
    }
}
