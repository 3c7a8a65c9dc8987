import Testing

@testable import BuiltinWidgets

@Suite struct NameColorTests {
    @Test func `a bright colour that the user chose is kept`() {
        #expect(NameColor(chosen: "#FF7F50", userId: "1").hex == "#ff7f50")
    }

    @Test(arguments: ["#000000", "#0000FF", "#8B0000", "#2E0854", "#00000A"])
    func `a dark colour is lightened until it can be read`(dark: String) {
        #expect(NameColor(chosen: dark, userId: "1").luminance >= 0.25)
    }

    @Test func `blue stays blue when it is lightened`() throws {
        let hex = NameColor(chosen: "#0000FF", userId: "1").hex

        #expect(hex.hasSuffix("ff"))
        #expect(hex != "#ffffff")
    }

    @Test(arguments: [nil, "", "red", "#12345", "#GGGGGG", "#+12345", "12345678"])
    func `a user without a readable colour gets one of their own`(chosen: String?) {
        let color = NameColor(chosen: chosen, userId: "u42")

        #expect(color == NameColor(chosen: nil, userId: "u42"))
        #expect(color != NameColor(chosen: nil, userId: "u43"))
    }

    @Test func `every user's own colour can be read`() {
        for number in 0..<500 {
            #expect(NameColor(chosen: nil, userId: "user-\(number)").luminance >= 0.25)
        }
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
}
