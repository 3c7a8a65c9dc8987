import CDescriptor
import Glibc
import NIOCore

/// The host's end of the control socket, on one event loop.
final class ControlLine {
    typealias Spawned = @Sendable (Result<pid_t, CellFailure>) -> Void

    private enum Kind {
        static let spawn: UInt32 = 1
        static let kill: UInt32 = 2
        static let ready: UInt32 = 0x80
        static let spawned: UInt32 = 0x81
        static let ended: UInt32 = 0x82
    }

    /// Endings that nobody has asked for yet, at most; a cell whose streamer fell asleep is asked for by nobody.
    private static let endingsLimit = 256

    let ready: EventLoopPromise<Zygote.Layers>
    private let processId: pid_t
    private let loop: any EventLoop
    private let descriptor: CInt
    private var channel: (any Channel)?
    private var waiting: [UInt32: Spawned] = [:]
    private var lastTag: UInt32 = 0
    private var endings: [(processId: pid_t, ending: CellEnding)] = []
    private var watcher: (@Sendable () -> Void)?
    private var mourners: [pid_t: @Sendable (CellEnding) -> Void] = [:]

    private init(_ descriptor: CInt, processId: pid_t, loop: any EventLoop) {
        (self.processId, self.loop) = (processId, loop)
        // The channel owns its own; this one sends what a channel cannot, descriptors.
        self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        ready = loop.makePromise()
    }

    static func open(
        _ descriptor: CInt,
        processId: pid_t,
        on loop: any EventLoop
    ) -> EventLoopFuture<NIOLoopBound<ControlLine>> {
        loop.flatSubmit {
            let line = ControlLine(descriptor, processId: processId, loop: loop)
            let bound = NIOLoopBound(line, eventLoop: loop)
            loop.scheduleTask(in: .seconds(10)) {
                bound.value.ready.fail(CellFailure.notStarted("the zygote does not answer"))
            }
            return PeerSocket.open(descriptor, on: loop) { bytes in
                while bytes.readableBytes >= 16 {
                    line.take((0..<4).compactMap { _ in bytes.readInteger(endianness: .little, as: UInt32.self) })
                }
            } ended: {
                line.ended()
            }.map { channel in
                bound.value.channel = channel
                return bound
            }
        }
    }

    /// Calls when the other end has closed; at once when it has already.
    func whenEnded(_ body: @escaping @Sendable () -> Void) {
        guard channel != nil else { return body() }
        watcher = body
    }

    func spawn(_ end: CInt, _ body: @escaping Spawned) {
        defer { Glibc.close(end) }
        guard let channel, channel.isActive else { return body(.failure(.notStarted("the zygote has ended"))) }
        lastTag &+= 1
        let failure = send(Kind.spawn, lastTag, 0, with: end)
        guard failure == 0 else { return body(.failure(.notStarted(Zygote.reason(failure)))) }
        waiting[lastTag] = body
    }

    func kill(_ processId: pid_t) {
        _ = send(Kind.kill, 0, UInt32(bitPattern: processId), with: nil)
    }

    func close() {
        channel?.close(promise: nil)
    }

    func ending(of processId: pid_t, _ body: @escaping @Sendable (CellEnding) -> Void) {
        if let index = endings.firstIndex(where: { $0.processId == processId }) {
            return body(endings.remove(at: index).ending)
        }
        guard channel != nil else { return body(.unknown) }
        mourners[processId] = body
    }

    private func note(_ ending: CellEnding, of processId: pid_t) {
        if let body = mourners.removeValue(forKey: processId) { return body(ending) }
        endings.append((processId, ending))
        if endings.count > Self.endingsLimit { endings.removeFirst() }
    }

    private func send(_ kind: UInt32, _ second: UInt32, _ third: UInt32, with end: CInt?) -> CInt {
        // Closed, its number may be somebody else's by now.
        guard channel != nil else { return EPIPE }
        let packet = [kind, second, third, 0].map(\.littleEndian)
        return packet.withUnsafeBytes { bytes in
            if let end { return descriptor_send(descriptor, bytes.baseAddress, bytes.count, end) }
            return Glibc.send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL)) < 0 ? errno : 0
        }
    }

    private func take(_ packet: [UInt32]) {
        switch packet[0] {
        case Kind.ready: ready.succeed(Zygote.Layers(rawValue: packet[3]))
        case Kind.spawned:
            let number = Int32(bitPattern: packet[2])
            // An end of which nobody wanted to know was that of another process with this number.
            endings.removeAll { $0.processId == number }
            let body = waiting.removeValue(forKey: packet[1])
            body?(number > 0 ? .success(number) : .failure(.notStarted(Zygote.reason(-number))))
        case Kind.ended: note(CellEnding(status: Int32(bitPattern: packet[3])), of: Int32(bitPattern: packet[2]))
        default: break
        }
    }

    private func ended() {
        Glibc.close(descriptor)
        channel = nil
        let failure = CellFailure.notStarted("the zygote has ended")
        ready.fail(failure)
        watcher?()
        watcher = nil
        for body in waiting.values { body(.failure(failure)) }
        for body in mourners.values { body(.unknown) }
        (waiting, mourners) = ([:], [:])
        Self.reap(processId, on: loop, tries: 100)
    }

    /// Takes note of its end, so that nothing is left of it; its socket is closed, so that is a matter of moments.
    private static func reap(_ processId: pid_t, on loop: any EventLoop, tries: Int) {
        guard tries > 0, waitpid(processId, nil, WNOHANG) == 0 else { return }
        loop.scheduleTask(in: .milliseconds(50)) { reap(processId, on: loop, tries: tries - 1) }
    }
}
