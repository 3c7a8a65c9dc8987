import Testing
import WidgetAPI

@testable import Host

@Suite struct ViewGuardTests {
    private let nothingHidden = ViewGuard(hidden: [])

    @Test func `a text of 4,096 bytes stays and a longer one is cut at a character`() throws {
        let longest = String(repeating: "a", count: 4096)
        let tooLong = String(repeating: "👨‍👩‍👧‍👦", count: 200)

        let view = try nothingHidden.admit(View(.text(longest), .text(tooLong)))

        guard case .text(let cut) = view.children[1] else {
            Issue.record("the text is gone")
            return
        }
        #expect(view.children[0] == .text(longest))
        #expect(cut.utf8.count <= 4096 && cut.utf8.count > 4000)
        #expect(cut.hasSuffix("👨‍👩‍👧‍👦…"))
    }

    @Test func `2,000 nodes are shown and 2,001 are refused`() throws {
        let nodes = [Node](repeating: .element(.br), count: 2000)

        #expect(try nothingHidden.admit(View(children: nodes)).children.count == 2000)
        #expect(throws: ViewGuard.Refusal.tooManyNodes) {
            try nothingHidden.admit(View(children: nodes + [.element(.br)]))
        }
    }

    @Test func `16 levels are shown and 17 are refused`() throws {
        #expect(try nothingHidden.admit(View(nested(16))) == View(nested(16)))
        #expect(throws: ViewGuard.Refusal.tooDeep) { try nothingHidden.admit(View(nested(17))) }
    }

    @Test func `a key of 64 bytes is fine and a longer or repeated one is refused`() throws {
        let longest = String(repeating: "k", count: 64)

        #expect(throws: Never.self) { try nothingHidden.admit(View(.element(.p, key: longest))) }
        #expect(throws: ViewGuard.Refusal.unfit(.keyTooLong(longest + "k"))) {
            try nothingHidden.admit(View(.element(.p, key: longest + "k")))
        }
        #expect(throws: ViewGuard.Refusal.unfit(.repeatedKey("a"))) {
            try nothingHidden.admit(View(.element(.p, key: "a"), .element(.p, key: "a")))
        }
    }

    @Test func `a style that could load something is refused`() {
        for value in [
            "url(x)", "URL(x)", "image-set(x)", "expression(1)", "a\\b", "<b>", String(repeating: "1", count: 256),
        ] {
            #expect(throws: ViewGuard.Refusal.unfit(.forbiddenStyle(property: "width"))) {
                try nothingHidden.admit(View(.element(.p, style: [.init(.width, value)])))
            }
        }
    }

    @Test func `a view of more than 64 KiB is refused`() {
        let nodes = [Node](repeating: .element(.p, .text(String(repeating: "x", count: 4000))), count: 17)

        #expect(throws: ViewGuard.Refusal.tooLarge) { try nothingHidden.admit(View(children: nodes)) }
    }

    @Test func `what a moderator removed is not drawn wherever it stands`() throws {
        let hiding = ViewGuard(hidden: [Event.ID("bad")])
        let line = Node.element(.p, source: Event.ID("bad"), .text("rude"))
        let fine = Node.element(.p, source: Event.ID("good"), .text("kind"))

        let view = try hiding.admit(View(.element(.div, line, fine), line, .text("x")))

        #expect(view == View(.element(.div, fine), .text("x")))
    }

    private func nested(_ levels: Int) -> Node {
        levels == 1 ? .element(.br) : .element(.div, nested(levels - 1))
    }
}
