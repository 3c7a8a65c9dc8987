import WidgetAPI

/// A theme as a file that people keep and pass on: what it looks like, and nothing about whose it is.
struct ThemeFile: Equatable {
    /// Bytes of a file; a larger one is refused before it is read (FR24.3).
    static let limit = 262_144
    private static let format = "streamvibes-theme"
    private static let version: Int64 = 1

    let name: String
    let variables: Theme.Variables

    init(_ theme: Theme) {
        (name, variables) = (theme.name, theme.variables)
    }

    /// Reads a file from anywhere; one that says nothing of its format is taken by what it holds.
    init(_ members: InputMembers) throws(InputError) {
        try members.expectOnly("format", "version", "name", "variables")
        if let format = members["format"], format != .string(Self.format) {
            throw InputError("format", format, wanted: "\"\(Self.format)\"")
        }
        if let version = members["version"], version.integerValue != Self.version {
            throw InputError("version", version, wanted: "\(Self.version)")
        }
        let edit = ThemeEdit(members)
        name = try members.required("name") { _ throws(InputError) in try edit.name() }
        try edit.expectEveryVariable()
        variables = try edit.variables(over: .signal)
    }

    var json: JSONValue {
        [
            "format": .string(Self.format), "version": .integer(Self.version), "name": .string(name),
            "variables": variables.json,
        ]
    }

    /// A `Content-Disposition` value (RFC 6266): `{name}-theme.json`, its other characters as UTF-8 beside it.
    var disposition: String {
        let file = "\(name)-theme.json"
        // These end the quoted text, or mean a folder or a drive to some system.
        let plain = file.unicodeScalars.map { scalar in
            (0x20...0x7E).contains(scalar.value) && !"\"\\/:*?<>|%".unicodeScalars.contains(scalar)
                ? Character(scalar) : "_"
        }
        let fallback = "attachment; filename=\"\(String(plain))\""
        return String(plain) == file ? fallback : "\(fallback); filename*=UTF-8''\(Self.encoded(file))"
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            guard !isPlain, !"-_.".unicodeScalars.contains(scalar) else { return String(Character(scalar)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}
