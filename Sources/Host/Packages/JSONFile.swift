import WidgetAPI

/// The way to a value inside a JSON text.
struct JSONPath: Sendable, Equatable, CustomStringConvertible {
    enum Step: Sendable, Equatable {
        case name(String)
        case index(Int)
    }

    private(set) var steps: [Step] = []

    static func / (path: JSONPath, name: String) -> JSONPath {
        JSONPath(steps: path.steps + [.name(name)])
    }

    subscript(index: Int) -> JSONPath {
        JSONPath(steps: steps + [.index(index)])
    }

    /// Written as `samples[0].type`.
    var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .name(let name): text += text.isEmpty ? ShownText.of(name) : ".\(ShownText.of(name))"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}

/// A JSON file of a package while it is checked: its value, and what was found wrong with it.
struct JSONFile {
    let name: String
    let value: JSONValue
    // The line of each is looked for from the start, so a file full of faults must not be followed to its end.
    private static let faultsLimit = 100

    private let bytes: [UInt8]
    private(set) var faults: [PackageFault] = []

    /// Reads a file of at most so many bytes.
    init(_ name: String, _ bytes: [UInt8], limit: Int) throws(PackageError) {
        self.name = name
        self.bytes = bytes
        guard bytes.count <= limit else {
            throw PackageError(PackageFault(name, "\(bytes.count) bytes given, at most \(limit) wanted"))
        }
        do throws(JSONSyntaxError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw PackageError(PackageFault(name, line: error.line, column: error.column, error.message))
        }
    }

    /// Notes that a value is not what is wanted.
    mutating func refuse(_ path: JSONPath, _ value: JSONValue?, _ wanted: String) {
        refuse(path, "\(value.map { "\(ShownText.of($0)) given" } ?? "nothing given"), \(wanted) wanted")
    }

    /// Notes a fault in words of its own.
    mutating func refuse(_ path: JSONPath, _ message: String) {
        guard faults.count < Self.faultsLimit else { return }
        let line = JSONPlaces.line(of: path, in: bytes)
        faults.append(PackageFault(name, line: line, path.steps.isEmpty ? message : "\(path): \(message)"))
    }

    /// The members of an object, with every name that is unknown or there twice noted.
    mutating func members(of value: JSONValue?, at path: JSONPath, known: [String]?) -> JSONObject? {
        guard let object = value?.objectValue else {
            refuse(path, value, "an object")
            return nil
        }
        var seen: Set<String> = []
        for member in object.members {
            if let known, !known.contains(member.name) {
                refuse(path / member.name, "no member of this name, but \(known.joined(separator: ", "))")
            }
            if !seen.insert(member.name).inserted { refuse(path / member.name, "the name twice, once wanted") }
        }
        return object
    }
}

/// Finds the line of a value in a JSON text that has been read without a fault.
struct JSONPlaces {
    private let bytes: [UInt8]
    private var position = 0

    /// The line where that member or element begins, or the nearest one above it that exists.
    ///
    /// It is looked for only when there is a fault: keeping every place of a hostile file would take far more memory
    /// than the file.
    static func line(of path: JSONPath, in bytes: [UInt8]) -> Int {
        var places = JSONPlaces(bytes: bytes)
        places.skipWhiteSpace()
        var found = places.position
        for step in path.steps {
            guard let next = places.enter(step) else { break }
            found = next
        }
        return bytes[..<min(found, bytes.count)].count { $0 == 0x0A } + 1
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Goes to a value's member or element; answers where its name, or it itself, begins.
    ///
    /// Of members with one name the last one counts, as everywhere.
    private mutating func enter(_ step: JSONPath.Step) -> Int? {
        let isObject = peek == UInt8(ascii: "{")
        guard isObject || peek == UInt8(ascii: "[") else { return nil }
        position += 1
        var index = 0
        var match: (mark: Int, value: Int)?
        while true {
            skipWhiteSpace()
            guard let byte = peek, byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]") else { break }
            let mark = position
            var isMatch = step == .index(index)
            if isObject {
                skipString()
                if case .name(let name) = step {
                    isMatch = (try? JSONValue(parsing: bytes[mark..<position]))?.stringValue == name
                }
                skipWhiteSpace()
                position += 1
                skipWhiteSpace()
            }
            if isMatch { match = (mark, position) }
            skipValue()
            skipWhiteSpace()
            index += 1
            if peek == UInt8(ascii: ",") { position += 1 }
        }
        guard let match else { return nil }
        position = match.value
        return match.mark
    }

    private mutating func skipValue() {
        var depth = 0
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
                position += 1
            case UInt8(ascii: ","):
                if depth == 0 { return }
                position += 1
            default: position += 1
            }
        }
    }

    private mutating func skipString() {
        position += 1
        while let byte = peek, byte != UInt8(ascii: "\"") {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
    }

    private mutating func skipWhiteSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
}
