import WidgetAPI

/// What a streamer wants a theme to be: the body of a request, or a file that came from anywhere, checked.
///
/// Every value ends in the style sheet of pages, so each is of a form that can hold nothing else.
struct ThemeEdit {
    /// Characters of a name at most.
    static let nameLimit = 80
    private static let fontLimit = 64
    private static let scales = [0.85, 1, 1.2]

    private let members: InputMembers

    init(_ members: InputMembers) {
        self.members = members
    }

    /// The name, or `nil` where none is given.
    func name() throws(InputError) -> String? {
        try members.text("name", 1...Self.nameLimit)
    }

    /// The variables with what was given; the others stay.
    func variables(over old: Theme.Variables) throws(InputError) -> Theme.Variables {
        guard let given = try members.object("variables") else { return old }
        try given.expectOnly(Theme.Variables.names)
        var new = old
        new.primary = try Self.color(given, "primary") ?? old.primary
        new.secondary = try Self.color(given, "secondary") ?? old.secondary
        new.accent = try Self.color(given, "accent") ?? old.accent
        new.background = try Self.color(given, "background") ?? old.background
        new.backgroundAlpha = try given.number("backgroundAlpha", 0...1) ?? old.backgroundAlpha
        new.text = try Self.color(given, "text") ?? old.text
        new.mutedText = try Self.color(given, "mutedText") ?? old.mutedText
        new.radius = try given.integer("radius", 0...32) ?? old.radius
        new.spacing = try given.integer("spacing", 0...32) ?? old.spacing
        new.headingFont = try Self.font(given, "headingFont") ?? old.headingFont
        new.bodyFont = try Self.font(given, "bodyFont") ?? old.bodyFont
        new.fontScale = try Self.scale(given, "fontScale") ?? old.fontScale
        return new
    }

    /// Refuses a theme that leaves a variable open.
    func expectEveryVariable() throws(InputError) {
        let given = try members.required("variables") { name throws(InputError) in try members.object(name) }
        for name in Theme.Variables.names where given[name] == nil {
            throw InputError(given.name(name), .null, wanted: "a value (it is missing)")
        }
    }

    private static func color(_ members: InputMembers, _ name: String) throws(InputError) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.stringValue, text.utf8.count == 7, text.first == "#",
            text.utf8.dropFirst().allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else { throw InputError(members.name(name), value, wanted: "a colour such as #5EA8FF") }
        return text
    }

    /// Letters, digits and a little more: a quote or a backslash would leave the string of the style sheet.
    private static func font(_ members: InputMembers, _ name: String) throws(InputError) -> String? {
        guard let text = try members.text(name, 1...fontLimit) else { return nil }
        guard
            text.unicodeScalars.allSatisfy({ scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || " -_.&+".unicodeScalars.contains(scalar)
            }), !text.hasPrefix(" "), !text.hasSuffix(" ")
        else {
            let wanted = "the name of a font family: letters, digits, spaces and - _ . & +"
            throw InputError(members.name(name), .string(text), wanted: wanted)
        }
        return text
    }

    private static func scale(_ members: InputMembers, _ name: String) throws(InputError) -> Double? {
        guard let value = members[name] else { return nil }
        guard let number = value.numberValue, scales.contains(number) else {
            throw InputError(members.name(name), value, wanted: "0.85, 1 or 1.2")
        }
        return number
    }
}
