import Testing
import WidgetAPI

extension BrowserTests {
    /// Settings that change while a page shows the widget.
    @Suite struct LiveConfigTests {
        @Test func `every setting may be put to its edges while the overlay runs, and it loses nothing`() throws {
            let stream = try RunningOverlay()
            let files = try stream.files()
            var edges = 0

            for type in try stream.streamer.get("/api/widget-types").items {
                let name = try #require(type["id"]?.stringValue)
                let (texts, config) = (try stream.texts(of: name), try stream.config(of: name))
                let settings = try #require(type["configSchema"]?["properties"]?.objectValue)
                // Chat of a platform that is not wanted leaves at once; the test below sees that.
                for setting in settings.members where name != "chat" || setting.name != "platforms" {
                    for edge in SettingEdges.edges(setting.value, files) {
                        if name == "events" { try stream.showSomeAlert() }
                        var changed = config
                        changed[setting.name] = edge
                        try stream.change(name, .object(changed), "\(name).\(setting.name) = \(edge.text.prefix(40))")
                        edges += 1
                    }
                }
                try stream.change(name, .object(config), "\(name) as it was")
                if name != "events" { #expect(try stream.texts(of: name) == texts, "\(name)") }
            }

            #expect(edges > 200)
            try stream.expectNothingBroke()
        }

        @Test func `chat's settings do on screen what they say`() throws {
            let stream = try RunningOverlay()
            try stream.streamer.send(
                "chat:message",
                ["text": "!dance", "user": ["roles": ["moderator"], "badges": []]]
            )
            try stream.page.waitForLine("!dance", withinSeconds: 30)

            for (size, pixels) in [("small", "22px"), ("medium", "26px"), ("large", "32px")] {
                try stream.change("chat", ["fontSize": .string(size)])
                try stream.expect("getComputedStyle(probe.all('chat', '.chat')[0]).fontSize", is: .string(pixels))
            }
            for isShown in [false, true] {
                try stream.change("chat", ["showBadges": .bool(isShown)])
                try stream.expect("probe.texts('chat', '.badge')", is: isShown ? ["MOD"] : [])
            }
            let isDown = "(([first, ...others]) => first.y > others.at(-1).y)"
            for (direction, firstIsLower) in [("down", true), ("up", false)] {
                try stream.change("chat", ["direction": .string(direction)])
                let lines = "probe.all('chat', '.line').map((line) => line.getBoundingClientRect())"
                try stream.expect("\(isDown)(\(lines))", is: .bool(firstIsLower))
            }
            try stream.change("chat", ["hideCommands": true])
            #expect(try stream.page.chatLines() == stream.lines)
            try stream.change("chat", ["hideCommands": false])
            #expect(try stream.page.chatLines() == stream.lines + ["!dance"], "hidden is not lost")
            try stream.streamer.configure("chat", ["platforms": ["kick"]])
            try stream.expect("probe.lines()", is: [])
            // Long enough for a slow machine to look while it is there.
            try stream.streamer.configure("chat", ["messageTimeout": 5])
            try stream.streamer.send("chat:message", ["text": "here for a moment"])
            try stream.page.waitForLine("here for a moment", withinSeconds: 30)
            try stream.expect("probe.lines()", is: [])
            try stream.expectNothingBroke()
        }

        @Test func `settings of alerts do on screen what they say`() throws {
            let stream = try RunningOverlay()
            try stream.change("events", ["displayDuration": 15, "animation": "bounce"])
            _ = try stream.streamer.post("/api/alerts/clear")
            _ = try stream.streamer.post("/api/alerts/skip")
            try stream.showTipper()

            try stream.expect("getComputedStyle(probe.all('events', '.remaining')[0]).animationDuration", is: "15s")
            let entrance = "getComputedStyle(probe.all('events', '.alert:not(.leaving) .card')[0]).animationName"
            try stream.expect(entrance, is: "enter-bounce")
            var places: [Double] = []
            for position in ["top", "center", "bottom"] {
                try stream.change("events", ["displayDuration": 15, "position": .string(position)])
                try stream.showTipper()
                try stream.expect("probe.all('events', '.alert.at-\(position):not(.leaving)').length", is: 1)
                let place = try stream.page.evaluate("probe.box(probe.all('events', '.card')[0])[1]")
                places.append(place.numberValue ?? -1)
            }
            #expect(places == places.sorted() && Set(places).count == 3, "\(places)")
            for (size, pixels) in [("compact", "76px"), ("standard", "112px"), ("large", "144px")] {
                try stream.change("events", ["displayDuration": 15, "size": .string(size)])
                try stream.showTipper()
                try stream.expect("getComputedStyle(probe.all('events', '.picture')[0]).width", is: .string(pixels))
            }
            try stream.change(
                "events",
                ["displayDuration": 15, "showAmount": false, "tipTemplate": "{username} gave {amount}!"]
            )
            try stream.showTipper()
            #expect(try stream.texts(of: "events").contains { $0.contains("gave") })
            #expect(try !stream.texts(of: "events").contains { $0.contains("$") })
            for animation in ["fade", "slide", "zoom"] {
                try stream.change("events", ["displayDuration": 15, "animation": .string(animation)])
                try stream.streamer.send("event:follow", ["user": ["displayName": .string(animation)]])
                _ = try stream.streamer.post("/api/alerts/skip")
                try stream.expect("probe.texts('events', '.alert:not(.leaving) .name')", is: [.string(animation)])
                try stream.expect(entrance, is: .string("enter-\(animation)"))
            }
            try stream.expectNothingBroke()
        }

        @Test func `settings of a goal do on screen what they say`() throws {
            let stream = try RunningOverlay()
            let parts = "['.track', 'svg'].map((part) => probe.all('goals', part).length)"

            for (style, expected) in [("bar", [1, 0]), ("circle", [0, 1]), ("number", [0, 0])] as [(String, JSONValue)]
            {
                try stream.change("goals", ["style": .string(style)])
                try stream.expect(parts, is: expected)
                #expect(try stream.texts(of: "goals").contains("1 %"))
                try stream.change("goals", ["style": .string(style), "showPercentage": false])
                #expect(try !stream.texts(of: "goals").contains("1 %"))
            }
            try stream.change("goals", ["colorMode": "custom", "barColor": "#102030"])
            let color = "getComputedStyle(probe.all('goals', '.fill')[0]).backgroundColor"
            try stream.expect(color, is: "rgb(16, 32, 48)")
            try stream.change("goals", ["goalType": "bits", "target": 400, "label": "Bits for the cat"])
            #expect(try stream.texts(of: "goals") == ["Bits for the cat", "50 %", "200 / 400"])
            try stream.expectNothingBroke()
        }

        @Test func `settings of tips do on screen what they say`() throws {
            let stream = try RunningOverlay()

            for style in ["card", "list", "ticker"] {
                try stream.change("tips", ["mode": "donations", "style": .string(style)])
                try stream.expect("probe.all('tips', '.tips.as-\(style)').length", is: 1)
                #expect(try stream.texts(of: "tips").contains("200 bits"))
            }
            try stream.change("tips", ["mode": "donations", "style": "list", "showAmounts": false])
            #expect(try !stream.texts(of: "tips").contains("200 bits"))
            try stream.change("tips", ["mode": "donations", "style": "list", "minAmount": 201])
            #expect(try stream.texts(of: "tips") == [])
            let messages: JSONValue = [["text": "one"], ["text": "two", "enabled": false], ["text": "three"]]
            try stream.change("tips", ["mode": "messages", "style": "list", "prefix": "", "messages": messages])
            #expect(try stream.texts(of: "tips") == ["one", "three"])
            try stream.expectNothingBroke()
        }
    }
}
