import Glibc
import NIOPosix

@testable import Sandbox

/// A real cell of which each question waits for its answer, for callers that cannot suspend.
final class WaitingCell {
    /// Why there is no answer.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let patienceSeconds = 120

    private let descriptor: CInt
    private var lastRequest: UInt32 = 0

    /// Has the zygote make one more cell.
    static func start(of zygote: Zygote) async throws -> sending WaitingCell {
        let birth = try await withCheckedThrowingContinuation { continuation in
            zygote.spawn(on: MultiThreadedEventLoopGroup.singleton.next()) { continuation.resume(with: $0) }
        }
        return WaitingCell(birth.descriptor)
    }

    private init(_ descriptor: CInt) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        // A cell that does not answer fails the test instead of holding it up.
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Asks about an instance in that state, and waits.
    func ask(
        _ op: CellFrame.Op,
        instance: UInt16,
        _ payload: [UInt8],
        in state: [UInt8] = []
    ) throws(Failure) -> CellReply {
        lastRequest &+= 1
        var frame: [UInt8] = []
        frame.reserveCapacity(payload.count + 11)
        frame += Self.bytes(UInt32(payload.count + 7))
        frame.append(op.rawValue)
        frame += Self.bytes(lastRequest) + [UInt8(instance & 0xFF), UInt8(instance >> 8)]
        frame += payload
        try write(frame)
        let length = try read(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        let answer = try read(length)
        guard Array(answer[1..<7]) == Array(frame[5..<11]) else {
            throw Failure(description: "an answer to something else")
        }
        return CellReply(Array(answer[7...]), isError: answer[0] == CellFrame.Op.error.rawValue, sent: state)
    }

    private func write(_ bytes: [UInt8]) throws(Failure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                send(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "the cell takes no more: \(Zygote.reason(errno))") }
            sent += count
        }
    }

    private func read(_ count: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let length = bytes.withUnsafeMutableBytes { bytes in
                recv(descriptor, bytes.baseAddress?.advanced(by: have), count - have, 0)
            }
            guard length > 0 else {
                throw Failure(description: length == 0 ? "the cell has ended" : Zygote.reason(errno))
            }
            have += length
        }
        return bytes
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
