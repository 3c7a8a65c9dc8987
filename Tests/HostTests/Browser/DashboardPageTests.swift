import Testing
import WidgetAPI

extension BrowserTests {
    /// What every page of the dashboard has: its shell, search, shortcuts, languages.
    @Suite struct DashboardPageTests {
        private static let paths = [
            "/dashboard", "/dashboard/overlay", "/dashboard/widgets", "/dashboard/theme", "/dashboard/settings",
            "/dashboard/alerts",
        ]

        @Test func `each page opens for you, keeps its place in the bar, and Chromium has nothing to complain of`()
            throws
        {
            let (streamer, page) = try Self.signedIn()
            for path in Self.paths {
                try page.open("\(Self.base(streamer))\(path)")
                try page.wait(until: Self.isLive, "\(path) is connected")
                #expect(try page.evaluate("document.querySelectorAll('main#main h1').length") == 1, "\(path)")
                let current = "document.querySelector('nav [aria-current=page]')?.getAttribute('href') ?? null"
                #expect(try page.evaluate(current) == (path == "/dashboard/alerts" ? .null : .string(path)))
                let token = "document.querySelector('meta[name=csrf-token]').content.length > 20"
                #expect(try page.evaluate(token) == true)
                // Modules that nobody preloaded would come one after the other.
                #expect(try page.evaluate(Self.lateModules) == [], "\(path)")
            }
            for path in ["/", "/auth/login", "/licences", "/twitch/nobody/overlay"] {
                try page.open("\(Self.base(streamer))\(path)")
                #expect(try page.evaluate("document.querySelectorAll('main h1').length") == 1, "\(path)")
            }
            // The page that is not there is answered 404, which Chromium notes.
            let complaints = try page.takeComplaints().filter { !$0.contains("404") }
            #expect(complaints == [])
        }

        @Test func `without a session each page leads to signing in`() throws {
            let streamer = try DemoStreamer()
            for path in Self.paths {
                let answer = try HTTPExchange.perform("GET", path, port: streamer.server.port)
                #expect(answer.status == 302 && answer.headers["location"] == "/auth/login", "\(path)")
            }
        }

        @Test func `search finds a page by its name, and a test event is two keys away`() throws {
            let (streamer, page) = try Self.signedIn()
            try page.press("k", "KeyK", control: true)
            try page.wait(until: "document.activeElement?.matches('.palette-input')", "the palette is open")
            try page.wait(until: "document.body.textContent.includes('Layout: Main')", "the layouts are among them")
            try page.type("test follow")
            let options = "[...document.querySelectorAll('[role=option]')].map((option) => option.textContent)"
            #expect(try page.evaluate(options) == ["Send test follow"])
            try page.saveScreenshot("palette")
            try page.press("Enter", "Enter")
            try page.wait(until: "document.querySelector('.toast [role=status]')?.textContent", "it is said")
            #expect(try streamer.get("/api/events?types=event:follow").items.count == 1)

            try page.press("k", "KeyK", control: true)
            try page.wait(until: "document.querySelector('[role=option]')", "the palette is open again")
            try page.type("theme")
            try page.press("Enter", "Enter")
            try page.wait(until: "location.pathname === '/dashboard/theme'", "the theme page is there")
            try page.expectNoComplaints()
        }

        @Test func `letters lead to pages, but not while you type and not when you have switched them off`() throws {
            let (streamer, page) = try Self.signedIn()
            try page.press("?", "Slash")
            try page.wait(until: "document.querySelector('dialog .shortcuts')", "the sheet is there")
            try page.press("Escape", "Escape")
            try page.wait(until: "!document.querySelector('dialog')", "the sheet is gone")
            // Two letters belong together where the second comes soon, which a busy machine may miss.
            let isThere = try Deadline.wait(seconds: 60) {
                try page.press("g", "KeyG")
                try page.press("w", "KeyW")
                return Deadline.wait(seconds: 10) {
                    (try? page.evaluate("location.pathname === '/dashboard/widgets'"))?.boolValue == true
                }
            }
            #expect(isThere, "the widgets page is not there")
            try page.wait(until: Self.isLive, "it runs")

            let field = """
                (() => {
                  const field = document.createElement("input")
                  document.querySelector("main").append(field)
                  field.focus()
                  return field.value
                })()
                """
            _ = try page.evaluate(field)
            try page.press("g", "KeyG")
            try page.press("h", "KeyH")
            try page.press("?", "Slash")
            #expect(try page.evaluate("document.activeElement.value") == "gh?")
            #expect(try page.evaluate("document.querySelectorAll('dialog').length") == 0)

            #expect(try streamer.put("/api/settings", ["shortcuts": false]).status == 200)
            try page.open("\(Self.base(streamer))/dashboard/widgets")
            try page.wait(until: Self.isLive, "it runs")
            try page.press("?", "Slash")
            try page.press("g", "KeyG")
            try page.press("h", "KeyH")
            try page.press("k", "KeyK", control: true)
            try page.wait(until: "document.querySelector('dialog.palette')", "search needs no letter alone")
            #expect(try page.evaluate("location.pathname") == "/dashboard/widgets")
            try page.expectNoComplaints()
        }

        @Test func `no page is wider than a window of 320 pixels`() throws {
            let (streamer, page) = try Self.signedIn()
            let name = "Maximiliane-von-und-zu-Hohenstaufen-Wolkenkuckucksheim"
            #expect(try streamer.put("/api/settings", ["displayName": .string(name), "locale": "de"]).status == 200)
            try page.resize(width: 320, height: 640)
            for path in Self.paths + ["/", "/auth/login", "/licences"] {
                try page.open("\(Self.base(streamer))\(path)")
                let overhang = "document.documentElement.scrollWidth - innerWidth"
                #expect(try page.evaluate(overhang).integerValue ?? 99 <= 0, "\(path)")
            }
        }

        @Test func `the pages speak your language, and show the platform that you chose`() throws {
            let (streamer, page) = try Self.signedIn()
            let spoken = "[document.documentElement.lang, document.title]"
            #expect(try page.evaluate(spoken) == ["en", "Home · StreamVibes"])
            #expect(try streamer.put("/api/settings", ["locale": "de-AT"]).status == 200)
            try page.open("\(Self.base(streamer))/dashboard?platform=kick")
            #expect(try page.evaluate(spoken) == ["de", "Start · StreamVibes"])
            let chip = "document.querySelector('#link-text').textContent"
            try page.wait(until: "\(chip) === 'Kein Overlay offen'", "the modules speak it, too")
            try page.open("\(Self.base(streamer))/dashboard/theme")
            #expect(try page.evaluate("document.body.dataset.platform") == "kick")
            #expect(try page.evaluate("document.body.dataset.overlay.endsWith('/kick/demo/overlay')") == true)
            try page.expectNoComplaints()
        }

        private static let isLive = "document.querySelector('#link-chip')?.dataset.link === 'live'"
        private static let lateModules = """
            (() => {
              const early = new Set([...document.querySelectorAll("link[rel=modulepreload], script[type=module]")]
                .map((element) => element.href || element.src))
              return performance.getEntriesByType("resource").map((entry) => entry.name)
                .filter((name) => name.endsWith(".js") && !early.has(name))
            })()
            """

        private static func base(_ streamer: DemoStreamer) -> String { "http://127.0.0.1:\(streamer.server.port)" }

        private static func signedIn() throws -> (DemoStreamer, Page) {
            let streamer = try DemoStreamer()
            let page = try Browser().newPage()
            try page.open("\(base(streamer))/auth/login")
            try page.click("form[action='/auth/demo'] button")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            try page.wait(until: isLive, "the link is live")
            return (streamer, page)
        }
    }
}

extension Page {
    /// Presses a key and lets it go.
    func press(_ key: String, _ code: String, control: Bool = false) throws {
        var stroke: JSONObject = ["key": .string(key), "code": .string(code), "modifiers": control ? 2 : 0]
        stroke["type"] = "keyDown"
        if key.count == 1, !control { stroke["text"] = .string(key) }
        if key == "Enter" { stroke["text"] = "\r" }
        let number: [String: Int64] = ["Enter": 13, "Escape": 27, "Tab": 9]
        if let number = number[key] { stroke["windowsVirtualKeyCode"] = .integer(number) }
        try call("Input.dispatchKeyEvent", stroke)
        stroke["type"] = "keyUp"
        stroke["text"] = nil
        try call("Input.dispatchKeyEvent", stroke)
    }

    /// Types into what has the focus.
    func type(_ text: String) throws {
        try call("Input.insertText", ["text": .string(text)])
    }
}
