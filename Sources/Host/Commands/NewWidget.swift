/// What `widget new` begins with: small, and with one of everything an author will need.
struct NewWidget {
    let id: String

    /// Text by path.
    var files: [(path: String, text: String)] {
        [
            ("widget.json", manifest), ("main.lua", Self.program), ("style.css", Self.style),
            ("locales/en.json", Self.texts), ("replays/first.jsonl", Self.replay), ("README.md", readme),
        ]
    }

    /// `hype-meter` becomes `Hype meter`.
    private var name: String {
        let words = id.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    private var manifest: String {
        """
        {
          "apiVersion": 1,
          "id": "\(id)",
          "name": "\(name)",
          "version": "0.1.0",
          "description": "Thanks whoever followed last and counts all of them.",
          "author": "",
          "license": "MIT",
          "category": "display",
          "defaultSize": { "width": 3, "height": 1 },
          "events": ["event:follow"],
          "permissions": ["timers"],
          "configSchema": {
            "type": "object",
            "properties": {
              "seconds": {
                "type": "integer", "minimum": 1, "maximum": 60, "default": 8,
                "title": "Thank for", "x-unit": "s"
              }
            }
          },
          "samples": [
            { "type": "event:follow", "payload": { "user": { "id": "1", "login": "ann", "displayName": "Ann" } } }
          ]
        }

        """
    }

    private static let program = """
        -- Thanks whoever followed last and counts all of them.
        widget.init(function(config) return { total = 0 } end)

        widget.on("event:follow", function(state, event, config)
          state.name = text.truncate(text.sanitize(event.payload.user.displayName), 24)
          -- Whoever moderates that viewer takes the name off the screen with them.
          state.source = event.id
          -- A test is shown like a real follow and never counted.
          if not event.test then state.total = state.total + 1 end
          timer.after(config.seconds, "rest")
        end)

        widget.on("timer:rest", function(state, event, config) state.name = nil end)

        widget.render(function(state, config)
          if state.name then
            return ui.div { class = "card", source = state.source, locale.t("thanks", { name = state.name }) }
          end
          return ui.div { class = "card", locale.t("total", { total = format.number(state.total) }) }
        end)

        """

    private static let style = """
        .card {
          height: 100%;
          display: grid;
          place-items: center;
          border-radius: var(--th-radius, 12px);
          background: var(--th-background, #14161f);
          color: var(--th-text, #ffffff);
          font-size: 28px;
        }

        """

    private static let texts = """
        {
          "thanks": "Thank you, {name}!",
          "total": "{total} new followers"
        }

        """

    private static let replay = """
        {"config": {"seconds": 5}}
        {"expect": {"text": ["0 new followers"]}}
        {"event": {"type": "event:follow", "payload": {"user": {"id": "1", "login": "ann", "displayName": "Ann"}}}}
        {"expect": {"text": ["Thank you, Ann!"]}}
        {"advance": 5000}
        {"expect": {"text": ["1 new followers"]}}

        """

    private var readme: String {
        """
        # \(name)

        Thanks whoever followed last and counts all of them.

        ```
        streamvibes widget check \(id)
        streamvibes widget test \(id)
        streamvibes widget pack \(id)
        streamvibes widget install \(id)-0.1.0.svwidget
        ```

        """
    }
}
