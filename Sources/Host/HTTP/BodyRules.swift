import NIOCore
import WidgetAPI

/// What a body may not hold though it is JSON, because two readers may take it for two different things.
enum BodyRules {
    /// The name of a member that stands twice in one object, with where it stands; `nil` where none does.
    static func repeatedName(in value: JSONValue, at path: String = "") -> String? {
        switch value {
        case .object(let object):
            var names: Set<String> = []
            for member in object.members {
                let name = path.isEmpty ? member.name : "\(path).\(member.name)"
                guard names.insert(member.name).inserted else { return name }
                if let found = repeatedName(in: member.value, at: name) { return found }
            }
            return nil
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                if let found = repeatedName(in: element, at: "\(path)[\(index)]") { return found }
            }
            return nil
        case .null, .bool, .integer, .number, .string: return nil
        }
    }

    /// Where an escape of well-formed JSON stands for half of a character (RFC 8259 section 8.2), counted in bytes.
    static func loneSurrogate(in bytes: ByteBufferView) -> Int? {
        var (index, high) = (bytes.startIndex, -1)
        while let slash = bytes[index...].firstIndex(of: UInt8(ascii: "\\")) {
            guard slash + 1 < bytes.endIndex else { return nil }
            let unit = bytes[slash + 1] == UInt8(ascii: "u") ? number(bytes[(slash + 2)...].prefix(4)) : 0
            if high >= 0 {
                guard slash == high + 6, (0xDC00...0xDFFF).contains(unit) else { return high - bytes.startIndex }
                high = -1
            } else if (0xDC00...0xDFFF).contains(unit) {
                return slash - bytes.startIndex
            } else if (0xD800...0xDBFF).contains(unit) {
                high = slash
            }
            index = slash + 2
        }
        return high < 0 ? nil : high - bytes.startIndex
    }

    private static func number(_ digits: ByteBufferView) -> Int {
        digits.reduce(0) { $0 << 4 + (Character(Unicode.Scalar($1)).hexDigitValue ?? 0) }
    }
}
