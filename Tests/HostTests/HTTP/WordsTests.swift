import NIOCore
import Testing

@testable import Host

@Suite struct WordsTests {
    @Test(arguments: [
        ("de", ["de"]), ("de-CH, en;q=0.8", ["de-CH", "en"]), ("en;q=0.5, de;q=0.9, fr", ["fr", "de", "en"]),
        ("de;q=0, en", ["en"]), ("", []), (";;q=,,", []), ("en;q=0.5, de;q=0.5", ["en", "de"]),
    ])
    func `a browser's languages are read dearest first`(header: String, wishes: [String]) {
        #expect(Locales.wishes(header) == wishes)
    }

    @Test func `what you have chosen wins over your browser, and a language that we do not speak is English`() throws {
        let locales = try Locales(WebAssets())

        #expect(locales.words(chosen: "de-AT", accepted: "en").language == "de")
        #expect(locales.words(chosen: nil, accepted: "fr, de;q=0.1").language == "de")
        #expect(locales.words(chosen: "pt-BR", accepted: nil).language == "en")
        #expect(locales.words(chosen: nil, accepted: "den").language == "en")
    }

    @Test func `every problem of a sign-in has a sentence in every language`() throws {
        let locales = try Locales(WebAssets())
        for name in Locales.names {
            let words = locales.words(chosen: name, accepted: nil)
            for problem in LoginProblem.allCases {
                let key = "problem.\(problem.rawValue)"
                #expect(words.sentence(key, ["platform": "Kick"]) != key)
                #expect(!words.sentence(key, ["platform": "Kick"]).contains("{"))
            }
        }
    }

    @Test func `nothing in a catalogue ends the block that carries it`() throws {
        let words = try Words(language: "en", parsing: #"{"a.b":"</script><b>","c.d":"not asked for"}"#)

        #expect(words.block(of: ["a"]) == #"{"a.b":"\u003c/script>\u003cb>"}"#)
    }

    @Test func `modules are found through every import, each once, and none that is loaded later`() {
        let files = [
            "p/a.js": "import { x } from \"../q/b.js\"\nimport \"./c.js\"\nconst l = () => import(\"./late.js\")\n",
            "q/b.js": "import {\n  y,\n} from \"./d.js\"\nexport * from \"../p/c.js\"\n", "p/c.js": "import \"./a.js\"",
            "q/d.js": "// import \"./not.js\"\n",
        ]

        var graph = ModuleGraph { files[$0] }
        let imports = graph.imports(of: "p/a.js")
        #expect(imports == ["q/b.js", "p/c.js", "q/d.js"])
    }
}
