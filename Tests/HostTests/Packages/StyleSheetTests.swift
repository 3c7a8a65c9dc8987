import BuiltinWidgets
import Testing
import WidgetAPI

@testable import Host

@Suite struct StyleSheetTests {
    private static let package = StyleSheetReader.Package(
        id: "hype-meter",
        hash: "0123456789abcdef0123",
        paths: ["assets/a.png", "assets/b.svg", "assets/f.woff2", "assets/s.wav", "main.lua"]
    )

    @Test(arguments: [
        "", "/* nothing */", ".a{}", ".a{color:red}",
        ".a { color: red; ; }\n.b>p~q+r[data-x=\"y\"]:not(.c) { top: -1.5e3px }",
        ":host { display: grid } :host(.x) p::before { content: \"url(http://x) { } \" }",
        "@media (min-width: 1px) and (max-width: 2px) { .a { color: red } @supports (gap: 1px) { .b { gap: 1px } } }",
        "@keyframes x { from { opacity: 0 } 33.3% { opacity: .5 } to { opacity: 1 } }",
        "@layer a, b; @layer a { p { top: 0 } }",
        ".a { --x: 1px; width: calc(var(--x, 2px) * (1 + 2)); color: #5EA8FF; transition: all .2s }",
        ".ä { color: red !important }", "p { background: linear-gradient(to right, rgb(0 0 0 / 50%), red) }",
    ])
    func `a sheet without addresses stays as it is`(text: String) throws {
        let style = try StyleSheetReader.style(Array(text.utf8), of: Self.package)

        #expect(style.sheet == text)
        #expect(style.fonts.isEmpty)
    }

    @Test func `the sheet of every built-in widget would be taken from a stranger too`() throws {
        for widget in BuiltinWidgets.all {
            let style = try StyleSheetReader.style(Array(widget.styleSheet.utf8), of: Self.package)

            #expect(style.sheet == widget.styleSheet)
        }
    }

    @Test func `addresses of assets become addresses of this host`() throws {
        let text = ".a { background: URL( 'assets/a.png' ) no-repeat, url(\"assets/b.svg\") }"

        let style = try StyleSheetReader.style(Array(text.utf8), of: Self.package)

        let folder = "/assets/widgets/hype-meter/0123456789abcdef/assets"
        #expect(style.sheet == ".a { background: URL( \"\(folder)/a.png\" ) no-repeat, url(\"\(folder)/b.svg\") }")
    }

    @Test func `a font is lifted out under the widget's name and found by it`() throws {
        let text = """
            .a { font-family: 'Big Name', serif }
            .b { font: italic 700 20px/1.2 big name, sans-serif }
            @font-face { src: url("assets/f.woff2") format("woff2"); font-family: Big Name; font-weight: 400 700 }
            .c { content: "Big Name"; font-family: Big }
            """

        let style = try StyleSheetReader.style(Array(text.utf8), of: Self.package)

        let source = "url(\"/assets/widgets/hype-meter/0123456789abcdef/assets/f.woff2\") format(\"woff2\")"
        let rule = "@font-face{src:\(source);font-family:\"hype-meter-Big Name\";font-weight:400 700}"
        #expect(style.fonts == [.init(family: "hype-meter-Big Name", rule: rule)])
        #expect(
            style.sheet == """
                .a { font-family: "hype-meter-Big Name", serif }
                .b { font: italic 700 20px/1.2 "hype-meter-Big Name", sans-serif }

                .c { content: "Big Name"; font-family: Big }
                """
        )
    }

    @Test(arguments: [
        ("@import 'x';", "1:1: @import may not stand"), ("@IMPORT url(x);", "1:1: @import may not stand"),
        ("@namespace a 'b';", "1:1: @namespace may not"), ("@charset \"utf-8\";", "1:1: @charset may not"),
        ("@container (width > 1px) { p { top: 0 } }", "1:1: @container is not known here"),
        ("@property --x { syntax: '*' }", "1:1: @property is not known here"),
        (".a { background: url(http://x/y) }", "1:18: an address without quotes"),
        (".a { background: url(assets/a.png) }", "1:18: an address without quotes"),
        (".a { background: url('http://x/a.png') }", "1:22: \"http://x/a.png\" given, url(\"assets/…\") wanted"),
        (".a { background: url('assets/../main.lua') }", "1:22: \"assets/../main.lua\" given, a file of the package"),
        (".a { background: url('assets/c.png') }", "1:22: \"assets/c.png\" given, a file of the package wanted"),
        (".a { background: url('assets/s.wav') }", "1:22: \"assets/s.wav\" given, gif, jpg"),
        (".a { background: url('assets/a.png' x) }", "1:22: url(\"assets/…\") with nothing else"),
        (".a { background: url('//x/a.png') }", "1:22: \"//x/a.png\" given"),
        (".a { --x: url('http://x') }", "1:15: \"http://x\" given"),
        (".a { background: image-set('http://x' 1x) }", "1:18: image-set() may not stand"),
        (".a { background: -webkit-image-set('x' 1x) }", "1:18: -webkit-image-set() may not"),
        (".a { background: SRC('x') }", "1:18: src() may not"),
        (".a { background: element(#x) }", "1:18: element() may"),
        (".a { background: paint(x) }", "1:18: paint() may not"),
        (".a { width: expression(1) }", "1:13: expression() may"),
        (".a { background: \\75rl('http://x') }", "1:18: a backslash"),
        (".a { content: 'a\\62' }", "1:17: a backslash"),
        (".a { background:\u{A0}url('http://x') }", "1:17: a function whose name is not of a-z"),
        (".a { width: 4url('http://x') }", "1:17: a \"(\" right after a number"),
        (":host-context(.x) { top: 0 }", "1:1: :host-context may not"),
        (".a:has(p) { top: 0 }", "1:3: :has() is not known"),
        (".a { color: color-mix(in srgb, red, blue) }", "1:13: color-mix() is not known"),
        (".a { .b { top: 0 } }", "1:6: a rule inside a rule"),
        (".a { &:hover { top: 0 } }", "1:6: a rule inside a rule"),
        (".a { p:hover { top: 0 } color: red }", "1:6: a rule inside a rule"),
        (".a { @media (x) { top: 0 } }", "1:6: a rule inside a rule"),
        (".a { color: red", "1:16: a block that is not closed"),
        ("@media (x) { .a { top: 0 }", "1:27: a block that is"),
        (".a { color red }", "1:6: a declaration such as"), ("}", "1:1: a \"}\" that closes nothing"),
        (".a { content: 'x\n' }", "1:15: a text that is not closed"),
        (".a {} /* x", "1:7: a comment that is not closed"),
        ("{ color: red }", "1:1: a selector before"), (".a", "1:1: a rule such as"),
        ("@media (x);", "1:1: a block wanted"),
        (".a[b { color: red }", "1:6: a bracket before it is not closed"),
        (".a { width: calc(1px; color: red }", "1:21: a bracket before it is not closed"),
        (".a) { color: red }", "1:3: a bracket that closes nothing"),
        ("p { top: 0 }\n\n  @import 'x';", "3:3: @import may not"),
        ("@font-face { font-family: x; src: local('Arial') }", "1:35: local( may not stand here"),
        ("@font-face { font-family: x; src: url('assets/a.png') }", "1:39: \"assets/a.png\" given, woff2 wanted"),
        ("@font-face { font-family: x }", "1:1: font-family (letters"),
        ("@font-face { font-family: 'a;b'; src: url('assets/f.woff2') }", "1:1: font-family (letters"),
        ("@font-face { font-family: x; src: url('assets/f.woff2') format('</style>') }", "1:64: a \"<\" in @font-face"),
        ("@media (x) { @font-face { font-family: x; src: url('assets/f.woff2') } }", "1:14: @font-face inside another"),
        ("@supports (background: url('assets/a.png')) { p { top: 0 } }", "1:24: an address outside a value"),
    ])
    func `what a sheet may not have is named with line and column`(text: String, fault: String) {
        let faults = Self.faults(text)

        #expect(faults.first?.hasPrefix("style.css:\(fault)") == true, "\(faults)")
    }

    @Test func `500 rules are read and 501 are refused`() throws {
        let rules = String(repeating: ".a{top:0}", count: 500)

        #expect(Self.faults(rules) == [])
        #expect(Self.faults(rules + "p{top:0}") == ["style.css:1:4501: more than 500 rules, at most that many wanted"])
    }

    @Test func `32 KiB are read and a byte more is refused`() throws {
        let sheet = "/*" + String(repeating: " ", count: 32_764) + "*/"

        #expect(Self.faults(sheet) == [])
        #expect(Self.faults(sheet + " ") == ["style.css: 32769 bytes given, at most 32768 wanted"])
    }

    private static func faults(_ text: String) -> [String] {
        do throws(PackageError) {
            _ = try StyleSheetReader.style(Array(text.utf8), of: package)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }
}
