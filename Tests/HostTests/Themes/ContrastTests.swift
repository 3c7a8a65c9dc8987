import Testing

@testable import Host

@Suite struct ContrastTests {
    @Test func `black on white has the largest ratio and a colour on itself the smallest`() throws {
        #expect(try rounded("#000000", "#FFFFFF", 1) == 21)
        #expect(try rounded("#5EA8FF", "#5ea8ff", 1) == 1)
    }

    /// Ratios of the theme presets, computed apart from this program (design of the overlay, "Theme presets").
    @Test(
        arguments: [
            ("#FFFFFF", "#10141C", 0.86, 12.3), ("#C3CBD9", "#10141C", 0.86, 7.5), ("#FFFFFF", "#0B0620", 0.84, 13.0),
            ("#FFFFFF", "#111111", 0.80, 10.2), ("#1B1A17", "#FBF7EE", 0.94, 14.2), ("#FFFF00", "#000000", 1, 19.6),
        ] as [(String, String, Double, Double)]
    )
    func `the worst game behind a panel decides`(text: String, panel: String, alpha: Double, ratio: Double) throws {
        #expect(abs(try rounded(text, panel, alpha) - ratio) <= 0.1)
    }

    @Test func `a panel that hides nothing leaves no text readable`() throws {
        #expect(try rounded("#FFFFFF", "#000000", 0) == 1)
    }

    @Test(arguments: ["red", "#FFF", "#GGGGGG", "", "#+12345"]) func `what is no colour has no ratio`(color: String) {
        #expect(Contrast.worst(of: color, on: "#000000", alpha: 1) == nil)
        #expect(Contrast.worst(of: "#000000", on: color, alpha: 1) == nil)
    }

    @Test func `every colour of the preset can be read wherever it is written`() {
        let contrasts = Theme.Variables.signal.contrasts

        #expect(contrasts.map(\.variable) == ["text", "mutedText", "primary", "secondary", "accent"])
        for contrast in contrasts { #expect(contrast.ratio >= Contrast.enoughForText, "\(contrast)") }
    }

    private func rounded(_ text: String, _ panel: String, _ alpha: Double) throws -> Double {
        (try #require(Contrast.worst(of: text, on: panel, alpha: alpha)) * 10).rounded() / 10
    }
}
