import NIOCore
import Testing

@testable import Host

/// Modules of a page in one file.
@Suite struct ModuleBundleTests {
    private static let files = [
        "p/page.js": """
        // @ts-check
        import { b, long as short } from "../q/b.js"
        import {
          c,
        } from "./c.js"
        /** @typedef {import("./types.js").Kind} Kind */
        export async function start() {
          const { late } = await import("./late.js")
          return b + short + c() + late
        }
        """,
        "q/b.js": "import { c } from \"../p/c.js\"\n\nexport const b = c()\nexport class long {}\n",
        "p/c.js": "/**\n * says one\n */\nexport function c() {\n  return 1 // one\n}\n",
        "p/late.js": "import { b } from \"../q/b.js\"\nexport const late = b + import.meta.url\n",
        "p/circle.js": "import { b } from \"./ring.js\"\nexport const a = b\n",
        "p/ring.js": "import { a } from \"./circle.js\"\nexport const b = a\n",
        "p/star.js": "export * from \"./c.js\"\n", "p/default.js": "export default 5\n",
        "p/lost.js": "import { x } from \"./nowhere.js\"\n",
    ]

    private static func bundle(_ entry: String) -> ModuleBundle? {
        ModuleBundle(of: entry, among: BundledModules(prefix: "/assets/1") { files[$0] })
    }

    @Test func `what is needed stands before what needs it, once, and what is wanted later has its own address`() throws
    {
        let bundle = try #require(Self.bundle("p/page.js"))

        #expect(
            bundle.text == """
                const modules = (globalThis.streamvibesModules ??= {})
                if (!modules["p/c.js"]) {
                function c() {
                  return 1 // one
                }

                modules["p/c.js"] = { c }
                }
                if (!modules["q/b.js"]) {
                const { c } = modules["p/c.js"]
                const b = c()
                class long {}

                modules["q/b.js"] = { b, long }
                }
                if (!modules["p/page.js"]) {
                const { b, long: short } = modules["q/b.js"]
                const { c } = modules["p/c.js"]
                async function start() {
                  const { late } = await import("/assets/1/bundles/p/late.js")\
                .catch(() => import(`/assets/1/bundles/p/late.js?again=${Date.now()}`)).then(() => modules["p/late.js"])
                  return b + short + c() + late
                }

                modules["p/page.js"] = { start }
                }

                """
        )
        #expect(bundle.later == ["p/late.js"])
        let late = try #require(Self.bundle("p/late.js"))
        #expect(late.text.contains("const late = b + new URL(\"/assets/1/p/late.js\", location.href).href"))
    }

    @Test(arguments: ["p/circle.js", "p/star.js", "p/default.js", "p/lost.js", "p/none.js"])
    func `modules that need each other or say it in another way are loaded one by one`(entry: String) {
        #expect(Self.bundle(entry) == nil)
    }

    @Test func `every page of the dashboard comes in one file`() throws {
        var assets = WebAssets()
        let modules = BundledModules(assets)
        for page in DashboardPage.allCases {
            let entry = "dashboard/pages/\(page.rawValue).js"
            #expect(assets.addBundles(of: entry, among: modules) == "\(assets.prefix)/bundles/\(entry)", "\(page)")
            #expect(assets.response("bundles/\(entry)") != nil)
        }
    }

    @Test func `a sheet stands where it is first asked for`() throws {
        let sheets = [
            "a.css": "@import url(\"b.css\");\n.a{}\n", "b.css": ".b{}\n", "c.css": "@import url(\"b.css\");\n.c{}\n",
        ]

        #expect(try StyleBundle.text(of: ["a.css", "none.css", "c.css"]) { sheets[$0] } == ".b{}\n.a{}\n.c{}\n")
    }

    @Test func `a sheet that is imported and not there is said`() {
        let sheets = ["p/a.css": "@import url(\"gone.css\");\n.a{}\n"]

        let fault = #expect(throws: StyleBundle.MissingSheet.self) {
            try StyleBundle.text(of: ["p/a.css"]) { sheets[$0] }
        }
        #expect(fault?.description == "p/a.css imports p/gone.css, which is not there")
    }
}
