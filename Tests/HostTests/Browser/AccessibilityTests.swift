import Foundation
import Testing
import WidgetAPI

extension BrowserTests {
    /// What axe-core (WCAG 2.0 to 2.2, A and AA, and its best practices) says of every page, dark and light.
    @Suite struct AccessibilityTests {
        private static let paths = [
            "/", "/auth/login", "/licences", "/dashboard", "/dashboard/overlay", "/dashboard/widgets",
            "/dashboard/theme", "/dashboard/settings", "/dashboard/alerts",
        ]
        private static let looks = ["dark", "light"]

        @Test(arguments: looks)
        func `nothing is found on any page`(look: String) throws {
            let reader = try Reader(look)
            for path in Self.paths {
                try reader.open(path)
                try reader.expectNothing("\(path) in \(look)")
            }
        }

        @Test(arguments: looks)
        func `nothing is found while search or the list of keys is open`(look: String) throws {
            let reader = try Reader(look)
            try reader.open("/dashboard")
            for key in ["k", "?"] {
                _ = try reader.page.evaluate(
                    """
                    document.dispatchEvent(new KeyboardEvent("keydown",
                      { key: "\(key)", ctrlKey: \(key == "k"), bubbles: true, cancelable: true }))
                    """
                )
                try reader.page.wait(until: "document.querySelector('dialog[open]')", "\(key) opens a dialog")
                try reader.expectNothing("the dialog of \(key) in \(look)")
                _ = try reader.page.evaluate("document.querySelector('dialog[open]').close()")
            }
        }

        @Test(arguments: looks)
        func `nothing is found where the host does not answer`(look: String) throws {
            let reader = try Reader(look)
            try reader.page.call("Network.enable")
            try reader.page.call("Network.setBlockedURLs", ["urls": ["*/api/*"]])
            for path in Self.paths where path.hasPrefix("/dashboard") {
                try reader.open(path)
                try reader.expectNothing("\(path) without an answer, in \(look)")
            }
        }

        @Test func `what is wrong is found`() throws {
            let reader = try Reader("dark")
            try reader.open("/auth/login")
            _ = try reader.page.evaluate("document.querySelector('main').append(document.createElement('button'))")

            #expect(try reader.findings().contains { $0.hasPrefix("button-name") })
        }

        /// Somebody signed in, with axe-core at hand.
        private final class Reader {
            let streamer: DemoStreamer
            let page: Page
            private let script: String

            init(_ look: String) throws {
                let file = URL(fileURLWithPath: ".build/axe/axe_playwright_python/axe.min.js")
                script = try String(contentsOf: file, encoding: .utf8)
                streamer = try DemoStreamer()
                page = try Browser().newPage()
                try page.resize(width: 1440, height: 900)
                try page.call(
                    "Emulation.setEmulatedMedia",
                    [
                        "features": [
                            ["name": "prefers-color-scheme", "value": .string(look)],
                            // What fades in is judged when it is there.
                            ["name": "prefers-reduced-motion", "value": "reduce"],
                        ]
                    ]
                )
                try page.open("http://127.0.0.1:\(streamer.server.port)/auth/login")
                try page.click("form[action='/auth/demo'] button")
                try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            }

            /// Opens a page and waits until it has settled.
            func open(_ path: String) throws {
                try page.open("http://127.0.0.1:\(streamer.server.port)\(path)")
                try page.wait(until: "!document.querySelector('[aria-busy=true]')", "\(path) has settled")
            }

            func expectNothing(_ place: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
                let found = try findings()
                #expect(found == [], "\(place)", sourceLocation: sourceLocation)
            }

            /// Written as `rule: selector, selector`.
            func findings() throws -> [String] {
                if try page.evaluate("typeof axe") != "object" { _ = try page.evaluate("\(script); 0") }
                let found = try page.evaluate(
                    """
                    axe.run(document, { iframes: false }).then(({ violations }) => violations.map((one) =>
                      `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`))
                    """
                )
                return found.arrayValue?.compactMap(\.stringValue) ?? []
            }
        }
    }
}
