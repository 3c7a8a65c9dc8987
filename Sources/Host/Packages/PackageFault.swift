import WidgetAPI

/// One thing that is wrong with a widget package: where it stands, what was found and what is wanted.
struct PackageFault: Sendable, Equatable, CustomStringConvertible {
    /// Path inside the package, or the archive's own name.
    let file: String
    /// Counted from 1; `nil` where a fault has no line, as that of a picture.
    let line: Int?
    /// Counted from 1, in bytes.
    let column: Int?
    let message: String

    init(_ file: String, line: Int? = nil, column: Int? = nil, _ message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// Written as compilers do, so that editors find the place: `widget.json:12: …`.
    var description: String {
        let place = [line, line == nil ? nil : column].compactMap(\.self).map { ":\($0)" }.joined()
        return "\(file)\(place): \(message)"
    }
}

/// Everything that is wrong with a package, so that its author needs one round and not ten.
struct PackageError: Error, Equatable, CustomStringConvertible {
    // A hostile package may hold a fault in every byte; nobody reads more than this.
    private static let faultsLimit = 100

    let faults: [PackageFault]

    init(_ faults: [PackageFault]) {
        self.faults = Array(faults.prefix(Self.faultsLimit))
    }

    init(_ fault: PackageFault) {
        self.init([fault])
    }

    var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Hostile bytes as an error may show them: printable and short.
enum ShownText {
    static func of(_ bytes: some Collection<UInt8>, limit: Int = 80) -> String {
        var text = ""
        for scalar in String(decoding: bytes.prefix(limit), as: UTF8.self).unicodeScalars {
            let isPlain = scalar.properties.isAlphabetic || (0x20..<0x7F).contains(scalar.value)
            text.unicodeScalars.append(isPlain ? scalar : "\u{FFFD}")
        }
        return bytes.count > limit ? text + "…" : text
    }

    static func of(_ text: String, limit: Int = 80) -> String { of(text.utf8, limit: limit) }

    static func of(_ value: JSONValue) -> String { of(value.text.utf8) }
}
