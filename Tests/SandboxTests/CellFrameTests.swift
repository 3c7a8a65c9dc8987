import NIOCore
import Testing

@testable import Sandbox

@Suite struct CellFrameTests {
    @Test func `a frame is read as it was written, however it is cut`() throws {
        let frame = CellFrame(op: .handled, request: 7, instance: 3, payload: ByteBuffer(string: #"{"a":1}"#))
        var written = ByteBuffer()
        frame.write(into: &written)
        frame.write(into: &written)

        var received = ByteBuffer()
        var frames: [CellFrame] = []
        while let byte: UInt8 = written.readInteger() {
            received.writeInteger(byte)
            while let frame = try CellFrame.read(from: &received) { frames.append(frame) }
        }

        #expect(frames == [frame, frame])
        #expect(received.readableBytes == 0)
    }

    @Test(arguments: [0, 6, CellFrame.incomingLimit + 1, Int(UInt32.max)])
    func `a length that no cell may say is refused before its bytes have come`(length: Int) {
        var received = ByteBuffer()
        received.writeInteger(UInt32(length), endianness: .little)

        #expect(throws: CellFrame.Violation.length(length)) { try CellFrame.read(from: &received) }
    }

    @Test func `a frame of the greatest length is taken`() throws {
        let payload = ByteBuffer(repeating: 0x20, count: CellFrame.incomingLimit - 7)
        var received = ByteBuffer()
        CellFrame(op: .error, request: 1, instance: 1, payload: payload).write(into: &received)

        let frame = try CellFrame.read(from: &received)

        #expect(frame?.payload == payload)
    }

    @Test func `an unknown kind is refused`() {
        var received = ByteBuffer(bytes: [7, 0, 0, 0, 0x42, 1, 0, 0, 0, 1, 0])

        #expect(throws: CellFrame.Violation.op(0x42)) { try CellFrame.read(from: &received) }
    }
}
