import Glibc
import WidgetAPI

/// A cell's answer, of which only the members that somebody asks for are read.
///
/// Thousands of states pass through a run of the suite, and nearly all of them only on their way back to the cell.
struct CellReply {
    let isError: Bool
    private let bytes: [UInt8]
    private let members: [(name: String, range: Range<Int>)]

    /// Reads where the members are; most states come back as they were sent, which is quickly seen.
    init(_ bytes: [UInt8], isError: Bool, sent state: [UInt8]) {
        (self.bytes, self.isError) = (bytes, isError)
        members = bytes.withUnsafeBufferPointer { bytes in
            state.withUnsafeBufferPointer { state in
                var walk = MemberWalk(bytes: bytes, state: state)
                return walk.members()
            }
        }
    }

    /// A member's bytes as they came; `null` where it is absent.
    func text(_ name: String) -> [UInt8] {
        guard let member = members.first(where: { $0.name == name }) else { return Array("null".utf8) }
        return Array(bytes[member.range])
    }

    /// A member that was read; `null` where it is absent or no JSON.
    func value(_ name: String) -> JSONValue {
        (try? JSONValue(parsing: text(name))) ?? .null
    }
}

/// Where the members of an object begin and end, which is JSON.
private struct MemberWalk {
    let bytes: UnsafeBufferPointer<UInt8>
    let state: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(bytes: UnsafeBufferPointer<UInt8>, state: UnsafeBufferPointer<UInt8>) {
        (self.bytes, self.state) = (bytes, state)
    }

    mutating func members() -> [(name: String, range: Range<Int>)] {
        var members: [(name: String, range: Range<Int>)] = []
        place = 1
        while place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
            let nameStart = place + 1
            skipString()
            let name = String(decoding: bytes[nameStart..<place - 1], as: UTF8.self)
            place += 1
            let start = place
            if name != "state" || !skipState() { skipValue() }
            members.append((name, start..<place))
            place += 1
        }
        return members
    }

    /// Skips the state that was sent, if that is what stands here.
    private mutating func skipState() -> Bool {
        guard let here = bytes.baseAddress, let sent = state.baseAddress, place + state.count < bytes.count,
            bytes[place + state.count] == UInt8(ascii: ","), memcmp(here + place, sent, state.count) == 0
        else { return false }
        place += state.count
        return true
    }

    private mutating func skipString() {
        place += 1
        guard let base = bytes.baseAddress else { return }
        while place < bytes.count {
            guard let quote = memchr(base + place, CInt(UInt8(ascii: "\"")), bytes.count - place) else {
                place = bytes.count
                return
            }
            let end = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(quote))
            var first = end
            while base[first - 1] == UInt8(ascii: "\\") { first -= 1 }
            place = end + 1
            // An even number of backslashes stands for themselves.
            if (end - first).isMultiple(of: 2) { return }
        }
    }

    private mutating func skipValue() {
        var depth = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                skipString()
                if depth == 0 { return }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
                if depth == 0 {
                    place += 1
                    return
                }
            case UInt8(ascii: ",") where depth == 0: return
            default: break
            }
            place += 1
        }
    }
}
