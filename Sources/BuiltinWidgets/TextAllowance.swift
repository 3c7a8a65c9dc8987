/// How much more of viewers' text a widget keeps for one line.
///
/// A character has no upper size: one letter may carry a thousand accents. So bytes count as well, as JSON would write
/// them. What does not fit is cut at a character and ends in "…", which is not counted.
struct TextAllowance {
    private(set) var isExhausted = false
    private var characters: Int
    private var bytes: Int

    init(characters: Int, bytes: Int) {
        self.characters = characters
        self.bytes = bytes
    }

    /// As much of the text as is still allowed, in one line; nothing once a text has been cut.
    mutating func take(_ text: String) -> String {
        guard !isExhausted else { return "" }
        var taken = ""
        for character in text {
            // Line breaks and other controls would tear a one-line layout, and JSON writes six bytes for one.
            let shown = Self.isControl(character) ? " " : character
            let cost = shown.utf8.reduce(0) { $0 + (Self.isEscaped($1) ? 2 : 1) }
            guard characters > 0, cost <= bytes else {
                isExhausted = true
                return taken + "…"
            }
            characters -= 1
            bytes -= cost
            taken.append(shown)
        }
        return taken
    }

    private static func isControl(_ character: Character) -> Bool {
        // The category Cc by its two ranges: looking it up costs more than all the rest of a chat line.
        guard let scalar = character.unicodeScalars.first?.value else { return false }
        return scalar < 0x20 || (0x7F...0x9F).contains(scalar)
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}

extension String {
    /// This text as far as so many characters and bytes allow.
    func cut(characters: Int, bytes: Int) -> String {
        var allowance = TextAllowance(characters: characters, bytes: bytes)
        return allowance.take(self)
    }
}
