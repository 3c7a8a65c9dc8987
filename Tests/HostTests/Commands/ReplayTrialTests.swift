import Testing
import WidgetAPI

@testable import Host

/// What `widget test` says of a package's replays, which it runs in a real cell.
@Suite struct ReplayTrialTests {
    private let author: AuthorsFolder

    init() throws {
        author = try AuthorsFolder()
    }

    @Test func `what differs is told with the line of the replay`() throws {
        let message = #"{"event":{"type":"chat:message","payload":{"text":"hi"}}}"#
        try author.write([
            "main.lua": """
            widget.on("chat:message", function(state, event)
              state.text = event.payload.text
              log.info("heard " .. state.text)
            end)
            widget.render(function(state)
              return ui.p { class = "a", ui.b "Ann", " says ", state.text or "nothing" }
            end)
            """,
            "replays/a.jsonl": """
            {"expect":{"text":["Ann","says","nothing"],"view":["p",{"class":"a"},["b",{},"Ann"]," says ","nothing"]}}
            \(message)
            {"expect":{"text":["says","Ann"]}}
            {"expect":{"view":["p",{"class":"b"},["b",0,"Ann"]," says ","hi"]}}
            {"expect":{"view":["p",{"class":"a"},["b",0,"Ben"]," says ","hi"]}}
            {"expect":{"effects":[]}}
            {"expect":{"effects":[]}}
            """,
            "replays/b.jsonl": "\(message)\n"
                + #"{"expect":{"effects":[{"kind":"log","level":"info","text":"heard hi"}]}}"#,
        ])

        let tested = try author.run("test", "w")

        #expect(tested.status == 65)
        #expect(tested.errors == "streamvibes: w: 1 of 2 replays go another way than written\n")
        #expect(
            tested.output == """
                replays/a.jsonl: 7 steps, 4 differences
                  replays/a.jsonl:3: the text "Ann" is missing after "says"
                      seen: "Ann says hi"
                  replays/a.jsonl:4: the view is not the same at [0]<p>.class
                      wanted: "b"
                        seen: "a"
                  replays/a.jsonl:5: the view is not the same at [0][0][0]
                      wanted: "Ben"
                        seen: "Ann"
                  replays/a.jsonl:6: the effects are not the same
                      wanted: []
                        seen: [{"kind":"log","level":"info","text":"heard hi"}]
                replays/b.jsonl: 2 steps, as written

                """,
            "\(tested.output)"
        )
    }

    @Test func `an error and an endless loop are told where they happen and the replay goes on`() throws {
        try author.write([
            "main.lua": """
            widget.init(function() return { count = 0 } end)
            widget.on("chat:message", function(state, event)
              if event.payload.text == "error" then error("on purpose") end
              while event.payload.text == "loop" do end
              state.count = state.count + 1
            end)
            widget.render(function(state) return tostring(state.count) end)
            """,
            "replays/a.jsonl": ["one", "error", "loop", "two"].map {
                #"{"event":{"type":"chat:message","payload":{"text":""# + $0 + #""}}}"# + "\n"
            }.joined() + #"{"expect":{"text":["2"]}}"#,
        ])

        let tested = try author.run("test", "w")

        let lines = tested.output.split(separator: "\n").map(String.init)
        #expect(tested.status == 65)
        #expect(lines.first == "replays/a.jsonl: 5 steps, 2 differences", "\(tested.output)")
        #expect(lines.contains("  replays/a.jsonl:2: main.lua:3: on purpose"))
        #expect(lines.contains { $0.hasPrefix("  replays/a.jsonl:3: ") && $0.contains("instructions") })
        #expect(lines.contains { $0.hasPrefix("      main.lua:4: in ") })
    }

    @Test func `a replay has a clock, dice and a language of its own, the same every time`() throws {
        try author.write(
            [
                "main.lua": """
                widget.on("chat:message", function(state, event)
                  state.now, state.dice = clock.now(), random(1000000)
                  timer.every(0.5, "beat")
                end)
                widget.on("timer:beat", function(state) state.beats = (state.beats or 0) + 1 end)
                widget.render(function(state)
                  log.info("dice " .. (state.dice or 0))
                  return { locale.t("hi"), " ", format.date(state.now or 0), " ", format.time(state.now or 0), " ",
                    tostring(state.beats) }
                end)
                """,
                "locales/en.json": #"{"hi":"Hello"}"#, "locales/de.json": #"{"hi":"Hallo"}"#,
                "replays/a.jsonl": """
                {"locale":"de"}
                {"event":{"type":"chat:message","payload":{"text":""}}}
                {"expect":{"text":["Hallo 21 Nov 2026 18:00 nil"]}}
                {"advance":1250}
                {"expect":{"text":["2"]}}
                {"event":{"type":"chat:message","at":"2026-11-21T19:30:00Z","payload":{"text":""}}}
                {"expect":{"text":["19:30 10800"]}}
                """,
                "replays/english.jsonl": #"{"expect":{"text":["Hello"]}}"#,
            ],
            manifest: ["permissions": ["timers"]]
        )

        let first = try author.run("test", "w", "--log")
        let second = try author.run("test", "w", "--log")

        #expect(first.status == 0, "\(first.output)")
        #expect(first.output.contains("log info: dice "))
        #expect(first.output == second.output)
    }

    @Test func `an event that the widget would not hear of is told, but for what moderators do`() throws {
        try author.write([
            "replays/a.jsonl": """
            {"event":{"type":"chat:clear","payload":{"userId":null}}}
            {"event":{"type":"event:raid","payload":{"viewers":1}}}
            {"event":{"type":"timer:x","payload":{}}}
            """
        ])

        let tested = try author.run("test", "w")

        let lines = tested.output.split(separator: "\n")
        #expect(tested.status == 65)
        #expect(
            lines.dropFirst().map { $0.prefix(27) } == ["  replays/a.jsonl:2: event:", "  replays/a.jsonl:3: timer:"]
        )
    }

    @Test func `a widget without replays passes`() throws {
        try author.write([:])

        let tested = try author.run("test", "w")

        #expect(tested.status == 0)
        #expect(tested.output == "w1: no replays\n")
    }

    @Test func `a view may be written as a node, as a list of nodes, or as nothing`() {
        let node: JSONValue = ["p", ["class": "a"], "text"]

        #expect(ViewDifference.nodes(of: node) == [node])
        #expect(ViewDifference.nodes(of: [node, "more"]) == [node, "more"])
        #expect(ViewDifference.nodes(of: []) == [])
        #expect(ViewDifference.nodes(of: "text") == ["text"])
        #expect(ViewDifference.first(wanted: [["p", [:], "a"]], seen: [["p", 0, "a"]]) == nil)
    }

    @Test(
        arguments: [
            (["p", 0], ["b", 0], "[0]"), (["p", 0], ["p", 0, "a"], "[0][0]"), (["p", 0, "a"], ["p", 0], "[0][0]"),
            (["p", 0, "a", ["b", 0, "x"]], ["p", 0, "a", ["b", 0, "y"]], "[0][1][0]"),
            (["p", ["k": "1"]], ["p", ["k": "2"]], "[0]<p>.k"), (["p", 0], ["p", ["title": "t"]], "[0]<p>.title"),
            (["p", ["style": ["width": "1px"]]], ["p", ["style": ["width": "2px"]]], "[0]<p>.style.width"),
        ] as [(JSONValue, JSONValue, String)]
    )
    func `the first place at which two pictures differ is named`(wanted: JSONValue, seen: JSONValue, place: String) {
        #expect(ViewDifference.first(wanted: [wanted], seen: [seen])?.place == place)
        #expect(ViewDifference.first(wanted: [seen], seen: [seen]) == nil)
    }
}
