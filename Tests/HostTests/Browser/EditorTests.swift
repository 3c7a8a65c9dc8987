import Testing
import WidgetAPI

extension BrowserTests {
    /// The layout editor, beside the overlay that it changes.
    @Suite struct EditorTests {
        @Test func `a widget that is added and moved by keyboard alone is on the running overlay once it is published`()
            throws
        {
            let stream = try RunningOverlay()
            let editor = try stream.editor()

            try editor.tab(to: ".box[data-type=chat]")
            try editor.press("a")
            try editor.wait(until: "document.activeElement?.matches('.picker input')", "the picker is open")
            for letter in ["g", "o", "a", "l", "s"] { try editor.press(letter) }
            try editor.press("ArrowDown")
            try editor.press("Enter")
            let added = "document.activeElement?.matches('.box[data-type=goals]')"
            try editor.wait(until: added, "a second goal is there and has the focus")
            // Below it are the events.
            try editor.press("ArrowDown")
            try editor.wait(until: "\(Self.note) === 'Overlaps Events'", "it is refused, and why")
            for _ in 0..<3 { try editor.press("ArrowRight") }
            try editor.wait(until: "\(Self.said) === 'Goals 2: column 7, row 1, 3 wide, 1 high.'", "every step is said")
            try editor.press("ArrowRight", withShift: true)
            try editor.press("z", withControl: true)
            try editor.press("ArrowRight", withShift: true)
            try editor.wait(until: "\(Self.status) === 'Saved just now'", "the draft is saved")
            let preview = "document.querySelector('.overlay-frame').contentDocument"
            let drafted = "\(preview).querySelectorAll('.slot[data-type=goals]').length === 2"
            try editor.wait(until: drafted, "the preview shows the draft")
            #expect(try stream.slots("goals") == 1, "a draft is never on air")
            try editor.tab(to: "ui-editor-toolbar .primary", backwards: true)
            try editor.press("Enter")

            let slots = "document.querySelectorAll('.slot[data-type=goals]')"
            try stream.page.wait(until: "\(slots).length === 2", "it is on air")
            try stream.expect("[...\(slots)].map(probe.box)", is: [[0, 0, 480, 120], [480, 0, 640, 120]])
            #expect(try stream.page.evaluate("window.isTheSamePage") == true)
            #expect(try stream.page.chatLines() == stream.lines)
            try editor.saveScreenshot("editor")
            try editor.expectNoComplaints()
            try stream.expectNothingBroke()
        }

        @Test func `a widget that is drawn with the mouse stands where it was let go, and never over another`() throws {
            let stream = try RunningOverlay()
            let editor = try stream.editor()
            let width = try editor.evaluate("document.querySelector('.canvas').clientWidth").numberValue
            // Of 12 × 9 cells on 16:9.
            let (column, row) = (try #require(width) / 12, try #require(width) / 16)

            try editor.drag(".box[data-type=goals]", x: 0, y: row * 4)
            try editor.wait(until: "\(Self.said) === 'Goals: column 1, row 5, 3 wide, 1 high.'", "it is moved")
            try editor.drag(".box[data-type=goals]", x: column * 4, y: -row * 2)
            try editor.wait(until: "\(Self.note) === 'Overlaps Events'", "it is refused, and why")
            try editor.drag(".box[data-type=goals] [data-handle=se]", x: column, y: row)
            try editor.wait(until: "\(Self.said) === 'Goals: column 1, row 5, 4 wide, 2 high.'", "it is resized")
            try editor.click("ui-editor-toolbar .primary")

            try stream.expect("probe.boxes().goals", is: [0, 480, 640, 240])
            #expect(try stream.page.evaluate("window.isTheSamePage") == true)
            try editor.expectNoComplaints()
            try stream.expectNothingBroke()
        }

        @Test func `a setting of every kind of widget can be changed, and what does not fit says why`() throws {
            let stream = try RunningOverlay()
            let editor = try stream.editor()
            for type in ["chat", "events", "goals", "tips"] {
                try editor.click(".box[data-type=\(type)]")
                try editor.wait(until: "\(Self.fields) > 5", "there is a form for \(type)")
            }
            try editor.click(".box[data-type=chat]")
            let field = "[data-field=maxMessages] input[type=number]"
            try editor.wait(until: "document.querySelector('\(field)')", "the form of the chat is there")

            for (value, wanted) in [("51", "Enter a number from 5 to 50."), ("50", "")] {
                let input = "document.querySelector('\(field)')"
                _ = try editor.evaluate(
                    "\(input).value = '\(value)', \(input).dispatchEvent(new Event('change', { bubbles: true })), null"
                )
                let error = "document.querySelector('[data-field=maxMessages] .error').textContent"
                #expect(try editor.evaluate(error).stringValue == wanted)
            }
            try editor.wait(until: "\(Self.status) === 'Saved just now'", "the draft is saved")

            let id = try #require(try stream.streamer.layout()["id"]?.stringValue)
            let draft = try stream.streamer.get("/api/layouts/\(id)/draft").data
            let chat = draft["widgets"]?.arrayValue?.first { $0["type"] == "chat" }
            #expect(chat?["config"]?["maxMessages"] == 50)
            #expect(try stream.config(of: "chat")["maxMessages"] != 50)
            try editor.expectNoComplaints()
        }

        private static let said = "document.querySelector('[aria-live=polite]')?.textContent"
        private static let note = "document.querySelector('.editor-note:not([hidden])')?.textContent"
        private static let status = "document.querySelector('.save-status')?.textContent"
        private static let fields = "document.querySelectorAll('ui-schema-form .field').length"
    }
}

extension RunningOverlay {
    /// The layout editor of the same streamer, in a browser of its own.
    fileprivate func editor() throws -> Page {
        let base = "http://127.0.0.1:\(streamer.server.port)"
        let page = try Browser().newPage()
        try page.resize(width: 1440, height: 900)
        try page.open("\(base)/auth/login")
        try page.click("form[action='/auth/demo'] button")
        try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
        try page.open("\(base)/dashboard/overlay")
        try page.wait(until: "document.querySelector('.box[data-type=chat]')", "the layout is there")
        _ = try page.takeComplaints()
        return page
    }

    fileprivate func slots(_ type: String) throws -> Int64? {
        try page.evaluate("document.querySelectorAll('.slot[data-type=\(type)]').length").integerValue
    }
}
