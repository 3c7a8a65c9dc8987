import Foundation
import Glibc
import Synchronization

/// A network between browser and host that can be cut: it passes bytes on, or ends every connection.
final class Relay: Sendable {
    private struct State {
        var isCut = false
        var isOver = false
    }

    let port: Int
    private let state = Mutex(State())

    /// Listens on a free port and passes on to the host's.
    init(to target: Int) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw Socket.Failure(description: "the relay found no port") }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            var wires = Wires(listener: listener, target: target)
            // Without its owner a relay is over.
            while let state = self?.state.withLock({ $0 }), !state.isOver { wires.pass(isCut: state.isCut) }
            wires.end()
        }
    }

    deinit {
        state.withLock { $0.isOver = true }
    }

    /// Ends every connection, and every new one at once.
    func cut() {
        state.withLock { $0.isCut = true }
    }

    /// Lets connections through again.
    func mend() {
        state.withLock { $0.isCut = false }
    }
}

/// The relay's connections; one thread alone has them.
private struct Wires {
    private struct Wire {
        let browser: CInt
        let host: Socket
    }

    let listener: CInt
    let target: Int
    private var wires: [Wire] = []

    init(listener: CInt, target: Int) {
        self.listener = listener
        self.target = target
    }

    /// Passes on what has come, waiting for it a moment.
    mutating func pass(isCut: Bool) {
        if isCut { endAll { _ in true } }
        let descriptors = [listener] + wires.flatMap { [$0.browser, $0.host.descriptor] }
        var pollers = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&pollers, nfds_t(pollers.count), 20) > 0 else { return }
        let ready = Set(pollers.filter { $0.revents != 0 }.map(\.fd))
        var ended: Set<CInt> = []
        for wire in wires {
            let toHost = !ready.contains(wire.browser) || move(from: wire.browser, to: wire.host.descriptor)
            let toBrowser = !ready.contains(wire.host.descriptor) || move(from: wire.host.descriptor, to: wire.browser)
            if !toHost || !toBrowser { ended.insert(wire.browser) }
        }
        endAll { ended.contains($0.browser) }
        if ready.contains(listener) { accept(isCut: isCut) }
    }

    mutating func end() {
        endAll { _ in true }
        close(listener)
    }

    private mutating func accept(isCut: Bool) {
        let browser = Glibc.accept(listener, nil, nil)
        guard browser >= 0 else { return }
        guard !isCut, let host = try? Socket(port: target) else {
            close(browser)
            return
        }
        wires.append(Wire(browser: browser, host: host))
    }

    /// Passes on one piece; `false` when one of the two has gone.
    private func move(from source: CInt, to sink: CInt) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(source, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        var sent = 0
        while sent < count {
            let more = chunk[sent..<count].withUnsafeBytes { send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard more > 0 else { return false }
            sent += more
        }
        return true
    }

    private mutating func endAll(where isOver: (Wire) -> Bool) {
        for wire in wires where isOver(wire) { close(wire.browser) }
        wires.removeAll(where: isOver)
    }
}
