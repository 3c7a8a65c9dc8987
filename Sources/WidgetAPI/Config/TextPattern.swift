/// A regular expression that takes a time in proportion to the text, whatever it and the text are.
///
/// Patterns come from strangers' manifests and texts from whoever fills in a form; an engine that goes back and tries
/// again can be made to try for years. This one follows all ways at once. It knows characters, `.`, classes as
/// `[a-z0-9_]` and `[^,]`, `\d \w \s` and their opposites, escapes as `\.` and `\u00e9`, groups, `|`, `* + ?` and
/// `{2,5}`, `^` and `$`; it knows no look-around, no back-reference and no `\b`.
public struct TextPattern: Sendable, Equatable {
    /// Why a pattern is none.
    public struct Fault: Error, Sendable, Equatable {
        /// What was found or missing, in words.
        public let message: String
    }

    private let program: PatternProgram

    /// Reads a pattern.
    public init(_ text: String) throws(Fault) {
        var parser = PatternParser(text)
        guard let program = PatternProgram(try parser.pattern()) else {
            throw Fault(message: "the pattern is too long when its repetitions are written out")
        }
        self.program = program
    }

    /// How much work one character of a text is at most.
    public var stepCount: Int { program.stepCount }

    /// Whether it takes a text from its first character to its last.
    public func matches(_ text: String) -> Bool {
        program.matches(text)
    }

    /// The pattern that takes a whole text where a JSON Schema's `pattern` would be found anywhere in it.
    public static func whole(ofSearch pattern: String) -> String {
        let shape = PatternShape(pattern)
        if pattern.hasPrefix("^"), shape.endsAtEnd, !shape.hasTopLevelChoice {
            let inner = String(pattern.dropFirst().dropLast())
            return PatternShape(inner).contentOfOnlyGroup ?? inner
        }
        return "[\\s\\S]*(?:\(pattern))[\\s\\S]*"
    }
}

/// Where the groups of a pattern begin and end.
private struct PatternShape {
    private(set) var hasTopLevelChoice = false
    private(set) var endsAtEnd = false
    /// What stands in `(?:…)` or `(?:…)?` when the pattern is nothing but that.
    private(set) var contentOfOnlyGroup: String?

    init(_ pattern: String) {
        let scalars = Array(pattern.unicodeScalars)
        var depth = 0
        var isInClass = false
        var index = 0
        var firstGroupEnd: Int?
        while index < scalars.count {
            switch scalars[index] {
            case "\\": index += 1
            case "[": isInClass = true
            case "]": isInClass = false
            case "(" where !isInClass: depth += 1
            case ")" where !isInClass:
                depth -= 1
                if depth == 0, firstGroupEnd == nil { firstGroupEnd = index }
            case "|" where !isInClass && depth == 0: hasTopLevelChoice = true
            case "$" where !isInClass && index == scalars.count - 1: endsAtEnd = true
            default: break
            }
            index += 1
        }
        guard pattern.hasPrefix("(?:"), let end = firstGroupEnd else { return }
        let rest = scalars[(end + 1)...]
        if rest.isEmpty || rest.elementsEqual(["?"]) {
            var content = String.UnicodeScalarView()
            content.append(contentsOf: scalars[3..<end])
            contentOfOnlyGroup = String(content)
        }
    }
}

/// Reads a pattern from its first character to its last.
private struct PatternParser {
    private static let lengthLimit = 1_000
    private static let depthLimit = 32
    private static let repetitionLimit = 500
    private static let special: Set<Unicode.Scalar> = ["*", "+", "?", "{", "}", ")", "]"]

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func pattern() throws(TextPattern.Fault) -> PatternProgram.Node {
        guard scalars.count <= Self.lengthLimit else {
            throw TextPattern.Fault(message: "the pattern is longer than \(Self.lengthLimit) characters")
        }
        let node = try choice()
        guard position == scalars.count else { throw unexpected() }
        return node
    }

    private mutating func choice() throws(TextPattern.Fault) -> PatternProgram.Node {
        var ways = [try sequence()]
        while consume("|") { ways.append(try sequence()) }
        return ways.count == 1 ? ways[0] : .either(ways)
    }

    private mutating func sequence() throws(TextPattern.Fault) -> PatternProgram.Node {
        var parts: [PatternProgram.Node] = []
        while let scalar = peek, scalar != "|", scalar != ")" {
            parts.append(try repetition(of: try atom()))
        }
        return parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func atom() throws(TextPattern.Fault) -> PatternProgram.Node {
        guard let scalar = peek, !Self.special.contains(scalar) else { throw unexpected() }
        position += 1
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .set(.line)
        case "(": return try group()
        case "[": return .set(try characterClass())
        case "\\": return .set(try escape())
        default: return .set(ScalarSet(ranges: [scalar.value...scalar.value]))
        }
    }

    private mutating func group() throws(TextPattern.Fault) -> PatternProgram.Node {
        if consume("?"), !consume(":") { throw TextPattern.Fault(message: "a group that is neither (…) nor (?:…)") }
        depth += 1
        guard depth <= Self.depthLimit else { throw TextPattern.Fault(message: "groups stand too deep in one another") }
        let node = try choice()
        guard consume(")") else { throw TextPattern.Fault(message: "a group is not closed") }
        depth -= 1
        return node
    }

    private mutating func repetition(of node: PatternProgram.Node) throws(TextPattern.Fault) -> PatternProgram.Node {
        var result = node
        switch peek {
        case "*": result = .repeated(node, least: 0, most: nil)
        case "+": result = .repeated(node, least: 1, most: nil)
        case "?": result = .repeated(node, least: 0, most: 1)
        case "{":
            position += 1
            let least = try number()
            let most = consume(",") ? (peek == "}" ? nil : try number()) : least
            guard peek == "}" else { throw TextPattern.Fault(message: "a repetition such as {2,5} is not closed") }
            if let most, most < least { throw TextPattern.Fault(message: "a repetition ends before it begins") }
            result = .repeated(node, least: least, most: most)
        default: return node
        }
        position += 1
        // How much a repetition would rather take makes no difference to whether the whole text fits.
        _ = consume("?")
        if let next = peek, next == "*" || next == "+" || next == "?" || next == "{" { throw unexpected() }
        return result
    }

    private mutating func number() throws(TextPattern.Fault) -> Int {
        var value: Int?
        while let scalar = peek, ("0"..."9").contains(scalar), (value ?? 0) <= Self.repetitionLimit {
            value = (value ?? 0) * 10 + Int(scalar.value - 0x30)
            position += 1
        }
        guard let value, value <= Self.repetitionLimit else {
            throw TextPattern.Fault(message: "a repetition needs numbers up to \(Self.repetitionLimit)")
        }
        return value
    }

    private mutating func characterClass() throws(TextPattern.Fault) -> ScalarSet {
        let isNegated = consume("^")
        var ranges: [ClosedRange<UInt32>] = []
        while let scalar = peek, scalar != "]" {
            let first = try member()
            guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                ranges += first.plainRanges
                continue
            }
            position += 1
            let last = try member()
            guard let low = first.single, let high = last.single, low <= high else {
                throw TextPattern.Fault(message: "a range such as a-z ends before it begins")
            }
            ranges.append(low...high)
        }
        guard consume("]") else { throw TextPattern.Fault(message: "a class such as [a-z] is not closed") }
        return ScalarSet(ranges: ranges, isNegated: isNegated)
    }

    private mutating func member() throws(TextPattern.Fault) -> ScalarSet {
        guard let scalar = peek else { throw TextPattern.Fault(message: "a class such as [a-z] is not closed") }
        position += 1
        return scalar == "\\" ? try escape() : ScalarSet(ranges: [scalar.value...scalar.value])
    }

    private mutating func escape() throws(TextPattern.Fault) -> ScalarSet {
        guard let scalar = peek else { throw TextPattern.Fault(message: "a backslash at the end") }
        position += 1
        switch scalar {
        case "d": return .digits
        case "D": return .digits.opposite
        case "w": return .words
        case "W": return .words.opposite
        case "s": return .spaces
        case "S": return .spaces.opposite
        case "n": return ScalarSet(ranges: [0x0A...0x0A])
        case "r": return ScalarSet(ranges: [0x0D...0x0D])
        case "t": return ScalarSet(ranges: [0x09...0x09])
        case "u": return try numbered()
        default:
            guard scalar.value < 0x80, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
                throw TextPattern.Fault(message: "\\\(scalar) is not known here")
            }
            return ScalarSet(ranges: [scalar.value...scalar.value])
        }
    }

    private mutating func numbered() throws(TextPattern.Fault) -> ScalarSet {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = peek.flatMap({ Character($0).hexDigitValue }) else {
                throw TextPattern.Fault(message: "\\u needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return ScalarSet(ranges: [value...value])
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private func unexpected() -> TextPattern.Fault {
        let place = position + 1
        return TextPattern.Fault(message: peek.map { "\"\($0)\" at character \(place)" } ?? "the pattern ends too soon")
    }
}

extension ScalarSet {
    /// The one character of the set, or `nil`.
    fileprivate var single: UInt32? {
        guard !isNegated, ranges.count == 1, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}
