import WidgetAPI

/// The colour of a name in chat: dark ones are lightened until they can be read on a dark panel.
///
/// No colour reads on a dark and on a light panel, and a widget does not know which one its theme has. So a name is
/// made for the dark ones, which are six of our seven, and wears a dark outline that carries it on a light panel and on
/// a game without any panel (`.name` in the style sheet).
struct NameColor: Equatable {
    /// The least luminance: 4.5 : 1 (WCAG) on the most transparent of our dark panels, `#111111` at 80 %, over white.
    static let minimumLuminance = 0.42

    private static let lighteningSteps = 16
    private static let light: [Double] = (0...255).map(linear)

    private let red: Int
    private let green: Int
    private let blue: Int

    /// The colour the user chose, or one that belongs to the user for ever; saturation and lightness in percent.
    init(chosen: String?, userId: String, saturation: Int, lightness: Int) {
        let color = chosen.flatMap(NameColor.init(hex:))
        self = (color ?? NameColor(hashing: userId, saturation: saturation, lightness: lightness)).readable
    }

    /// `#rrggbb`.
    var hex: String {
        let digits = String((1 << 24) | red << 16 | green << 8 | blue, radix: 16)
        return "#\(digits.dropFirst())"
    }

    /// Relative luminance as WCAG defines it, 0 (black) to 1 (white).
    var luminance: Double {
        0.2126 * Self.light[red] + 0.7152 * Self.light[green] + 0.0722 * Self.light[blue]
    }

    init(red: Int, green: Int, blue: Int) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads `#RRGGBB`; anything else a platform may send is no colour.
    init?(hex: String) {
        let digits = hex.dropFirst()
        // `Int(_:radix:)` would also take a sign.
        guard hex.first == "#", digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let value = Int(digits, radix: 16)
        else { return nil }
        self.init(red: value >> 16, green: value >> 8 & 255, blue: value & 255)
    }

    /// That saturation and lightness at a hue from the id.
    private init(hashing userId: String, saturation: Int, lightness: Int) {
        let hue = Double(stableHash(of: userId) % 360)
        let lightness = Double(lightness) / 100
        let chroma = Double(saturation) / 100 * (1 - abs(2 * lightness - 1))
        func channel(_ offset: Double) -> Int {
            let position = (offset + hue / 30).truncatingRemainder(dividingBy: 12)
            let part = lightness - chroma / 2 * max(-1, min(position - 3, 9 - position, 1))
            return Int((part * 255).rounded())
        }
        self.init(red: channel(0), green: channel(8), blue: channel(4))
    }

    private var readable: NameColor {
        var color = self
        for step in 1...Self.lighteningSteps where color.luminance < Self.minimumLuminance {
            color = mixedWithWhite(step)
        }
        return color
    }

    private func mixedWithWhite(_ step: Int) -> NameColor {
        func mixed(_ channel: Int) -> Int { channel + (255 - channel) * step / Self.lighteningSteps }
        return NameColor(red: mixed(red), green: mixed(green), blue: mixed(blue))
    }

    /// The light of an sRGB channel.
    private static func linear(_ channel: Int) -> Double {
        let value = Double(channel) / 255
        guard value > 0.04045 else { return value / 12.92 }
        let base = (value + 0.055) / 1.055
        return base * base * fifthRoot(base * base)
    }

    /// Newton's method, because `pow` is Foundation's; x^2.4 is x² times the fifth root of x².
    private static func fifthRoot(_ value: Double) -> Double {
        var root = 1.0
        // From 1 downwards it converges for every channel in fewer than ten rounds.
        for _ in 0..<12 {
            let fourth = root * root * root * root
            root -= (fourth * root - value) / (5 * fourth)
        }
        return root
    }
}
