import Glibc
import NIOCore
import WidgetAPI

/// A process that runs the Lua widgets of one streamer, seen from the host.
///
/// Everything happens on one event loop; questions go out one after the other, and each is answered once. A cell that
/// is late, or says what it was not asked, is killed: what it would have said next cannot be trusted.
package final class Cell {
    /// How long a host waits for an answer (architecture section 6, "1 s wall"), not counting when it was away.
    package static let patience: TimeAmount = .seconds(1)
    /// An alarm that comes so late says that the host was away, or the whole machine.
    private static let lateness: TimeAmount = .milliseconds(50)
    /// How often in a row that is held against nobody.
    private static let absencesLimit = 5
    /// How long the zygote has for its word about a cell's end; a cell that ends without one ends for nobody's fault.
    private static let wordLimit: TimeAmount = .seconds(10)

    /// An answer and whether it is an error's, or why there is none.
    typealias RawAnswer = Result<(isError: Bool, payload: CellPayload), CellFailure>
    typealias Answer = (RawAnswer) -> Void

    private struct Question {
        let op: CellFrame.Op
        let instance: UInt16
        let payload: ByteBuffer
        let assets: String
        let answer: Answer
    }

    /// The process, to be killed by that and nothing else.
    package let processId: pid_t
    private let parent: Zygote.Run
    private let patience: TimeAmount
    private let loop: any EventLoop
    private var channel: (any Channel)?
    private var waiting: [Question] = []
    private var asked: (request: UInt32, question: Question)?
    private var lastRequest: UInt32 = 0
    private var watchdog: Scheduled<Void>?
    private var deadline = NIODeadline.now()
    private var failure: CellFailure?
    /// Of each widget's last picture.
    private var pictures: [UInt16: PictureMemory] = [:]
    /// Called once, when it can answer nothing any more.
    var onEnd: ((CellFailure) -> Void)?

    private init(_ birth: Zygote.Birth, patience: TimeAmount, on loop: any EventLoop) {
        (processId, parent, self.patience, self.loop) = (birth.processId, birth.parent, patience, loop)
        CellCensus.born()
    }

    /// Takes over the host's end of a cell's socket; it is closed with the cell.
    static func attach(
        _ birth: Zygote.Birth,
        patience: TimeAmount,
        on loop: any EventLoop
    ) -> EventLoopFuture<NIOLoopBound<Cell>> {
        loop.assertInEventLoop()
        let cell = Cell(birth, patience: patience, on: loop)
        let bound = NIOLoopBound(cell, eventLoop: loop)
        return PeerSocket.open(birth.descriptor, on: loop) { bytes in
            cell.take(&bytes)
        } ended: {
            cell.ended()
        }.map { channel in
            bound.value.channel = channel
            return bound
        }
    }

    /// Whether it can still be asked.
    package var isAlive: Bool { failure == nil }

    /// Asks; answers come in the order of the questions, on the loop.
    ///
    /// Pictures of the widget's package are at the address `assets`.
    func ask(
        _ op: CellFrame.Op,
        instance: UInt16,
        assetsAt assets: String = "",
        _ payload: JSONValue,
        _ answer: @escaping Answer
    ) {
        loop.assertInEventLoop()
        if let failure { return answer(.failure(failure)) }
        var writer = JSONWriter()
        writer.write(payload)
        let bytes = ByteBuffer(bytes: writer.bytes)
        guard bytes.readableBytes + 16 <= CellFrame.outgoingLimit else {
            return answer(.failure(.tooLong(bytes: bytes.readableBytes)))
        }
        waiting.append(Question(op: op, instance: instance, payload: bytes, assets: assets, answer: answer))
        askNext()
    }

    /// Ends it at once; nothing that it still has to say counts.
    package func kill(because reason: CellFailure) {
        guard failure == nil else { return }
        failure = reason
        CellCensus.buried(reason)
        watchdog?.cancel()
        parent.kill(processId)
        channel?.close(promise: nil)
        channel = nil
        let (inWork, others) = (asked?.question, waiting)
        (asked, waiting) = (nil, [])
        inWork?.answer(.failure(reason))
        // It ended over the question it was at, if over any.
        for question in others { question.answer(.failure(.notReached)) }
        onEnd?(reason)
        onEnd = nil
    }

    private func askNext() {
        guard asked == nil, let channel, !waiting.isEmpty else { return }
        let question = waiting.removeFirst()
        lastRequest &+= 1
        asked = (lastRequest, question)
        let frame = CellFrame(
            op: question.op,
            request: lastRequest,
            instance: question.instance,
            payload: question.payload
        )
        var buffer = channel.allocator.buffer(capacity: question.payload.readableBytes + 16)
        frame.write(into: &buffer)
        channel.writeAndFlush(buffer, promise: nil)
        deadline = .now() + patience
        watch()
    }

    /// Looks once the answer is due; one alarm goes for all questions until then, as most are answered long before.
    private func watch() {
        guard watchdog == nil else { return }
        wake(at: deadline) { $0.look() }
    }

    private func look() {
        guard let request = asked?.request else { return }
        guard deadline <= .now() else { return watch() }
        // Alarms come before what has arrived meanwhile is read.
        wake(at: .now() + .milliseconds(1)) { cell in
            guard let asked = cell.asked else { return }
            guard asked.request == request else { return cell.watch() }
            cell.kill(because: .tooSlow(milliseconds: cell.patience.nanoseconds / 1_000_000))
        }
    }

    /// Does something then; where the host was away itself at that time, once it has been back for as long as anybody
    /// has patience.
    private func wake(at time: NIODeadline, absences: Int = 0, _ action: @escaping @Sendable (Cell) -> Void) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        watchdog = loop.scheduleTask(deadline: time) {
            let (cell, now) = (bound.value, NIODeadline.now())
            cell.watchdog = nil
            guard now - time > Self.lateness, absences < Self.absencesLimit else { return action(cell) }
            cell.wake(at: now + cell.patience, absences: absences + 1, action)
        }
    }

    private func take(_ buffer: inout ByteBuffer) {
        do {
            while failure == nil, let frame = try CellFrame.read(from: &buffer) { try take(frame) }
        } catch CellFrame.Violation.notJSON(let reason) {
            kill(because: .refused("an answer that is not JSON: \(reason)"))
        } catch {
            kill(because: .violation("\(error)"))
        }
    }

    private func take(_ frame: CellFrame) throws(CellFrame.Violation) {
        guard let (request, question) = asked, frame.request == request, frame.instance == question.instance,
            frame.op == .error || frame.op.rawValue == question.op.rawValue | 0x80
        else { throw .unasked(request: frame.request) }
        let payload: CellPayload
        do {
            payload = try frame.payload.withUnsafeReadableBytes { bytes in
                try CellPayload(
                    bytes.bindMemory(to: UInt8.self),
                    assetsAt: question.assets,
                    after: &pictures[frame.instance, default: PictureMemory()]
                )
            }
        } catch {
            throw .notJSON("\(error)")
        }
        if frame.op == .dropped { pictures[frame.instance] = nil }
        asked = nil
        question.answer(.success((frame.op == .error, payload)))
        askNext()
    }

    /// Its socket is closed, so its process has ended or is about to.
    private func ended() {
        guard failure == nil else { return }
        watchdog?.cancel()
        // Nobody waits for ever for a word about its end.
        wake(at: .now() + Self.wordLimit) { $0.kill(because: .ended(.unknown)) }
        let bound = NIOLoopBound(self, eventLoop: loop)
        parent.ending(of: processId, on: loop) { ending in bound.value.kill(because: .ended(ending)) }
    }
}
