import WidgetAPI

/// What somebody writes who wants a text to be more than text.
struct HostileText {
    let title: String
    let text: String

    /// Texts that are kept as they are; each is at most 80 characters, so that every field could take it.
    static let kept = [
        HostileText("statement", "'); DROP TABLE layouts; --"),
        HostileText("comparison", "' OR '1'='1"),
        HostileText("union", "x' UNION SELECT token_hash, 1 FROM sessions --"),
        HostileText("second statement", "\"; DELETE FROM streamers WHERE \"1\"=\"1"),
        HostileText("comment", "/* */ -- # ;"),
        HostileText("placeholders", "$1 ? :name @name %s %n {0} ?1"),
        HostileText("pattern", "%_%\\%"),
        HostileText("script", "<script>document.title='owned'</script>"),
        HostileText("image", "<img src=x onerror=\"document.title='owned'\">"),
        HostileText("drawing", "<svg/onload=document.title='owned'>"),
        HostileText("end of a value", "\"><script>document.title='owned'</script>"),
        HostileText("end of a style", "</style><script>document.title='owned'</script>"),
        HostileText("handler", "' autofocus onfocus=document.title='owned' '"),
        HostileText("address", "javascript:document.title='owned'"),
        HostileText("template", "{{#demo}}{{{csrfToken}}}{{/demo}}${document.title='owned'}"),
        HostileText("partial", "{{> dashboard}}{{=<% %>=}}"),
        HostileText("entities", "&lt;script&gt;&#x3c;&amp;"),
        HostileText("end of a text in JSON", "\",\"isDefault\":true,\"x\":\""),
        HostileText("escapes", "\\u0022 \\n \\\\ \\x00"),
        HostileText("path", "../../../../etc/passwd"),
        HostileText("formula", "=HYPERLINK(\"http://evil.example\")"),
        HostileText("override", "abc\u{202E}gpj.exe\u{202C}"),
        HostileText("isolates", "\u{2066}\u{2067}אבג\u{2069}\u{2069}"),
        HostileText("no width", "a\u{200B}d\u{200D}m\u{FEFF}i\u{2060}n"),
        HostileText("marks", "Z" + String(repeating: "\u{301}", count: 30)),
        HostileText("flags and families", "🏴‍☠️👨‍👩‍👧‍👦🇩🇪"),
        HostileText("beyond the planes", "\u{10FFFF}\u{E0001}\u{1F600}"),
        HostileText("control characters", "a\u{1}\u{7F}\u{1B}[31mb"),
        HostileText("not a number", "NaN"),
        HostileText("nothing", "null"),
    ]

    private init(_ title: String, _ text: String) {
        (self.title, self.text) = (title, text)
    }

    /// A letter with more marks than there are bytes for its place.
    static let endless = "Z" + String(repeating: "\u{301}", count: 5000)

    /// Written in JSON, and nothing that can be kept as it is.
    static let unkeepable = [
        #""a\u0000b""#, #""\u0000""#, #""a\ud800b""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud83d\u0041""#,
    ]
}

extension DemoStreamer {
    /// How many rows there are of all that this streamer's requests could touch, and the second streamer's rows.
    func library() throws -> [String] {
        let table = EventTable(of: server)
        let bob = "(SELECT streamer_id FROM channels WHERE channel = 'bob')"
        let tables = ["layouts", "widgets", "layout_drafts", "draft_widgets", "themes", "files", "streamer_settings"]
        return try tables.flatMap { name in
            try table.rows("SELECT '\(name)', count(*) FROM \(name)")
                + table.rows("SELECT * FROM \(name) WHERE streamer_id = \(bob) ORDER BY 1, 2")
        } + table.rows("SELECT id FROM streamers ORDER BY 1") + table.rows("SELECT * FROM channels ORDER BY 1, 2")
    }
}
