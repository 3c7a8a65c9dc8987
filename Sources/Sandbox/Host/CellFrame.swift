import NIOCore

/// One message between the host and a cell: `u32 length | u8 op | u32 request | u16 instance | payload`, little endian.
///
/// The length counts what follows it. Payloads are JSON.
struct CellFrame: Equatable {
    /// What is asked, or how it was answered.
    enum Op: UInt8, CaseIterable {
        case load = 1
        case events = 2
        case config = 3
        case render = 4
        case drop = 5
        case probe = 6
        case error = 0x7F
        case loaded = 0x81
        case handled = 0x82
        case configured = 0x83
        case rendered = 0x84
        case dropped = 0x85
    }

    /// Bytes after the length that the host sends at most.
    static let outgoingLimit = 3 << 20
    /// Bytes after the length that a cell may send.
    static let incomingLimit = 512 << 10
    private static let headLength = 7

    var op: Op
    var request: UInt32
    var instance: UInt16
    var payload: ByteBuffer

    /// What a cell said that no honest one says; it is killed.
    enum Violation: Error, Equatable, CustomStringConvertible {
        case length(Int)
        case op(UInt8)
        case unasked(request: UInt32)
        case notJSON(String)

        var description: String {
            switch self {
            case .length(let length): "a frame of \(length) bytes"
            case .op(let op): "a frame of the unknown kind \(op)"
            case .unasked(let request): "an answer to \(request), which nobody asked"
            case .notJSON(let reason): "an answer that is not JSON: \(reason)"
            }
        }
    }

    func write(into buffer: inout ByteBuffer) {
        buffer.writeInteger(UInt32(Self.headLength + payload.readableBytes), endianness: .little)
        buffer.writeInteger(op.rawValue)
        buffer.writeInteger(request, endianness: .little)
        buffer.writeInteger(instance, endianness: .little)
        buffer.writeImmutableBuffer(payload)
    }

    /// Takes the next whole frame from what a cell has sent; `nil` while it is not whole.
    static func read(from buffer: inout ByteBuffer) throws(Violation) -> CellFrame? {
        guard let length: UInt32 = buffer.getInteger(at: buffer.readerIndex, endianness: .little) else { return nil }
        guard (headLength...incomingLimit).contains(Int(length)) else { throw .length(Int(length)) }
        guard buffer.readableBytes >= 4 + Int(length) else { return nil }
        buffer.moveReaderIndex(forwardBy: 4)
        guard let code: UInt8 = buffer.readInteger(), let request: UInt32 = buffer.readInteger(endianness: .little),
            let instance: UInt16 = buffer.readInteger(endianness: .little),
            let payload = buffer.readSlice(length: Int(length) - headLength)
        else { return nil }
        guard let op = Op(rawValue: code) else { throw .op(code) }
        return CellFrame(op: op, request: request, instance: instance, payload: payload)
    }
}
