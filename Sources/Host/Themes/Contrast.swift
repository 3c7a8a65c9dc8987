import Foundation

/// How well text can be read on a panel that lets the game behind it through.
///
/// Ratio and luminance as WCAG 2.2 defines them ("contrast ratio", "relative luminance"):
/// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
enum Contrast {
    /// What running text needs at least (WCAG 2.2, 1.4.3).
    static let enoughForText = 4.5

    /// The smaller of the ratios over a black and over a white game: 1 (cannot be seen) to 21.
    ///
    /// - Parameters:
    ///   - text: the text's colour, `#RRGGBB`.
    ///   - background: the panel's colour, `#RRGGBB`.
    ///   - alpha: how much of the panel covers what is behind it, 0 to 1.
    /// - Returns: the ratio, or `nil` when one of the colours is none.
    static func worst(of text: String, on background: String, alpha: Double) -> Double? {
        guard let text = Color(hex: text), let background = Color(hex: background) else { return nil }
        let ratios = [Color.black, Color.white].map { game in
            ratio(text, background.covering(game, alpha: min(max(alpha, 0), 1)))
        }
        return ratios.min()
    }

    private static func ratio(_ first: Color, _ second: Color) -> Double {
        let (lighter, darker) = (max(first.luminance, second.luminance), min(first.luminance, second.luminance))
        return (lighter + 0.05) / (darker + 0.05)
    }

    /// An sRGB colour, each channel 0 to 255.
    private struct Color {
        static let black = Color(channels: [0, 0, 0])
        static let white = Color(channels: [255, 255, 255])

        let channels: [Double]

        init(channels: [Double]) {
            self.channels = channels
        }

        init?(hex: String) {
            let digits = hex.dropFirst()
            // `Int(_:radix:)` would also take a sign.
            guard hex.first == "#", digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
                let value = Int(digits, radix: 16)
            else { return nil }
            channels = [value >> 16, value >> 8 & 255, value & 255].map(Double.init)
        }

        func covering(_ other: Color, alpha: Double) -> Color {
            // A pixel has whole channels.
            Color(channels: zip(channels, other.channels).map { ($0 * alpha + $1 * (1 - alpha)).rounded() })
        }

        var luminance: Double {
            zip([0.2126, 0.7152, 0.0722], channels).reduce(0) { sum, part in
                let channel = part.1 / 255
                let light = channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
                return sum + part.0 * light
            }
        }
    }
}

extension Theme.Variables {
    /// The worst ratio of each colour that text is written in on this theme's panel, by the variable's name.
    var contrasts: [(variable: String, ratio: Double)] {
        [
            ("text", text), ("mutedText", mutedText), ("primary", primary), ("secondary", secondary),
            ("accent", accent),
        ].compactMap { name, color in
            Contrast.worst(of: color, on: background, alpha: backgroundAlpha).map { (name, $0) }
        }
    }
}
