import Testing

@testable import BuiltinWidgets

@Suite struct NameColorTests {
    /// Background and alpha of the theme presets that have a dark panel.
    private static let darkPanels: [(String, Double)] = [
        ("#10141C", 0.86), ("#0B0620", 0.84), ("#111111", 0.80), ("#1E1024", 0.84), ("#0E1A14", 0.84), ("#000000", 1),
    ]

    @Test func `a bright colour that the user chose is kept`() {
        #expect(color(chosen: "#FFB347").hex == "#ffb347")
    }

    @Test(arguments: ["#000000", "#0000FF", "#8B0000", "#2E0854", "#00000A", "#FF7F50", "#777777"])
    func `a chosen colour reads on every dark panel, whatever game is behind it`(chosen: String) throws {
        try expectReadable(color(chosen: chosen))
    }

    @Test(arguments: [(0, 0), (0, 100), (100, 0), (100, 50), (100, 100), (70, 65), (40, 20)] as [(Int, Int)])
    func `a colour that is made reads at every saturation and lightness`(saturation: Int, lightness: Int) throws {
        for number in 0..<100 {
            let id = "user-\(number)"
            try expectReadable(NameColor(chosen: nil, userId: id, saturation: saturation, lightness: lightness))
        }
    }

    @Test(arguments: ["#000000", "#0000FF", "#FFFFFF", "#FFB347"])
    func `a name reads against its own outline, so that a light panel does no harm`(chosen: String) throws {
        let outline = try #require(NameColor(hex: "#10141C"))

        #expect(contrast(color(chosen: chosen), outline) >= 4.5)
        #expect(ChatWidget().styleSheet.contains("text-shadow: 1px 0 #10141c, -1px 0 #10141c, 0 1px #10141c"))
    }

    @Test func `blue stays blue when it is lightened`() {
        let hex = color(chosen: "#0000FF").hex

        #expect(hex.hasSuffix("ff"))
        #expect(hex != "#ffffff")
    }

    @Test(arguments: [nil, "", "red", "#12345", "#GGGGGG", "#+12345", "12345678"])
    func `a user without a readable colour gets one of their own`(chosen: String?) {
        let color = color(chosen: chosen)

        #expect(color == self.color(chosen: nil))
        #expect(color != NameColor(chosen: nil, userId: "u43", saturation: 70, lightness: 65))
    }

    @Test func `without saturation a colour is a grey as light as is wanted`() {
        #expect(NameColor(chosen: nil, userId: "u42", saturation: 0, lightness: 80).hex == "#cccccc")
        #expect(NameColor(chosen: nil, userId: "u42", saturation: 100, lightness: 100).hex == "#ffffff")
    }

    @Test func `the hash is FNV-1a, the same for ever`() {
        #expect(stableHash(of: "") == 0xcbf2_9ce4_8422_2325)
        #expect(stableHash(of: "foobar") == 0x8594_4171_f739_67e8)
    }

    @Test func `luminance is that of WCAG`() throws {
        let white = try #require(NameColor(hex: "#FFFFFF"))
        let grey = try #require(NameColor(hex: "#777777"))

        #expect(abs(white.luminance - 1) < 0.000_001)
        #expect(abs(grey.luminance - 0.184_475) < 0.000_01)
    }

    private func color(chosen: String?) -> NameColor {
        NameColor(chosen: chosen, userId: "u42", saturation: 70, lightness: 65)
    }

    private func expectReadable(_ color: NameColor) throws {
        for (background, alpha) in Self.darkPanels {
            for game in [0, 255] {
                let panel = try panel(background, alpha, over: game)
                #expect(contrast(color, panel) >= 4.5, "\(color.hex) on \(background) over \(game)")
            }
        }
    }

    /// What is seen of a panel that lets some of a grey game through.
    private func panel(_ background: String, _ alpha: Double, over game: Int) throws -> NameColor {
        let value = try #require(Int(background.dropFirst(), radix: 16))
        func seen(_ channel: Int) -> Int { Int((Double(channel) * alpha + Double(game) * (1 - alpha)).rounded()) }
        return NameColor(red: seen(value >> 16), green: seen(value >> 8 & 255), blue: seen(value & 255))
    }

    private func contrast(_ one: NameColor, _ other: NameColor) -> Double {
        let (light, dark) = (max(one.luminance, other.luminance), min(one.luminance, other.luminance))
        return (light + 0.05) / (dark + 0.05)
    }
}
