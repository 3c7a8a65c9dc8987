import Testing
import WidgetAPI

@testable import Sandbox

@Suite struct ForeignViewTests {
    private func read(_ text: String) throws -> View {
        var memory = PictureMemory()
        return try read(text, after: &memory)
    }

    private func read(_ text: String, after memory: inout PictureMemory) throws -> View {
        try Array(text.utf8).withUnsafeBufferPointer { bytes in
            var parser = JSONParser(bytes: bytes)
            let view = try ForeignView.read(&parser, assetsAt: "/assets/widgets/w/1/", after: &memory)
            try parser.end()
            return try view.get()
        }
    }

    @Test func `a view is read as the contract writes it`() throws {
        let view = try read(
            """
            ["hello",["div",{"k":"a","class":"line","source":"e-1","style":{"color":"#fff","--fill":"3%"},"title":"T"},
            ["img",{"src":"/img/twitch/emote/25","alt":"Kappa"}],["b",0,"x"]]]
            """
        )

        #expect(
            view
                == View(
                    .text("hello"),
                    .element(
                        .div,
                        key: "a",
                        class: "line",
                        source: Event.ID("e-1"),
                        style: [.init(.color, "#fff"), .init(.custom("fill"), "3%")],
                        attributes: [.init(.title, "T")],
                        .element(
                            .img,
                            attributes: [.init(.source, "/img/twitch/emote/25"), .init(.alternative, "Kappa")]
                        ),
                        .element(.b, .text("x"))
                    )
                )
        )
    }

    @Test func `a picture of the package is found where the host serves it`() throws {
        let view = try read(#"[["img",{"src":"assets/cat.png"}]]"#)

        let address = "/assets/widgets/w/1/assets/cat.png"
        #expect(view == View(.element(.img, attributes: [.init(.source, address)])))
    }

    @Test(
        arguments: [
            ("{}", "view: a list of nodes wanted"), ("[1]", "view[0]: a text or an element wanted"),
            ("[[]]", "view[0]: no tag that a view may have"),
            (#"[["script"]]"#, "view[0]: no tag that a view may have"),
            (#"[["div",1]]"#, "view[0]: properties or 0 wanted after the tag"),
            (#"["a",["div",0,["iframe"]]]"#, "view[1][2]: no tag that a view may have"),
            (#"[["div",{"onclick":"x"}]]"#, "view[0].onclick: no attribute that a view may have"),
            (#"[["div",{"title":1}]]"#, "view[0].title: a text wanted"),
            (#"[["div",{"style":"color:red"}]]"#, "view[0].style: properties wanted"),
            (#"[["div",{"style":{"background":"x"}}]]"#, "view[0].style.background: no style that a view may have"),
            (#"[["div",{"style":{"color":"url(x)"}}]]"#, "view[0].style.color: a value that a view may not have"),
            (#"[["rect",{"fill":"url(#a)"}]]"#, "view[0].fill: a value that a view may not have"),
            (#"[["div",{"src":"/img/a"}]]"#, "view[0].src: a picture of the package or of the host wanted"),
            (#"[["img",{"src":"https://x/y"}]]"#, "view[0].src: a picture of the package or of the host wanted"),
            (#"[["img",{"src":"//x/y"}]]"#, "view[0].src: a picture of the package or of the host wanted"),
            (#"[["img",{"src":"/img/../auth"}]]"#, "view[0].src: a picture of the package or of the host wanted"),
            (#"[["img",{"src":"/img/%2e%2e/a"}]]"#, "view[0].src: a picture of the package or of the host wanted"),
            (#"[["img",{"src":"data:image/png,"}]]"#, "view[0].src: a picture of the package or of the host wanted"),
            (#"[["div",{"bad\u001b[31m\u0000name":"x"}]]"#, "view[0].bad[31mname: no attribute that a view may have"),
        ]
    )
    func `what may not stand in a view is refused with its place`(text: String, expected: String) {
        let refusal = #expect(throws: ForeignView.Refusal.self) { try read(text) }

        #expect(refusal?.description == expected)
    }

    @Test func `a view of the greatest size is taken and one node more is not`() throws {
        func nodes(_ count: Int) -> String { "[" + repeatElement(#""x""#, count: count).joined(separator: ",") + "]" }

        #expect(try read(nodes(ViewLimits.nodes)).children.count == ViewLimits.nodes)
        #expect(throws: ForeignView.Refusal.self) { try read(nodes(ViewLimits.nodes + 1)) }
    }

    @Test func `sixteen levels are taken and the depth of a hostile view ends there`() throws {
        func levels(_ count: Int) -> String {
            String(repeating: #"["div",0,"#, count: count) + #""x""# + String(repeating: "]", count: count)
        }

        #expect(try read("[\(levels(ViewLimits.levels))]").children.count == 1)
        #expect(throws: ForeignView.Refusal.self) { try read("[\(levels(ViewLimits.levels + 1))]") }
    }

    @Test func `an element has so many attributes and no more`() throws {
        func element(_ count: Int) -> String {
            #"[["div",{"# + (0..<count).map { #""data-n\#($0)":"x""# }.joined(separator: ",") + "}]]"
        }

        #expect(throws: Never.self) { try read(element(ForeignView.attributesLimit)) }
        #expect(throws: ForeignView.Refusal.self) { try read(element(ForeignView.attributesLimit + 1)) }
    }

    @Test(arguments: [#"["div",{"title":"a","title":"b"}]"#, #"["div",{"style":{"color":"red","color":"blue"}}]"#])
    func `an attribute or a style twice is refused`(node: String) {
        #expect(throws: ForeignView.Refusal.self) { try read("[\(node)]") }
    }

    @Test func `what follows a refused view is read all the same`() throws {
        let text = #"{"view":[["div",{"k":["}",3]},["b"]],"x"],"state":{"a":1}}"#

        var memory = PictureMemory()
        let payload = try Array(text.utf8).withUnsafeBufferPointer {
            try CellPayload($0, assetsAt: "", after: &memory)
        }

        #expect(payload["state"] == ["a": 1])
        #expect(throws: ForeignView.Refusal.self) { try payload.view?.get() }
    }

    @Test(arguments: [#"{"view":["x"#, #"{"view":[["b",{"k":"a",}]]}"#, #"{"view":["x"],}"#, #"{"view":[]}x"#])
    func `a picture that is not JSON is no answer`(text: String) {
        var memory = PictureMemory()

        #expect(throws: JSONSyntaxError.self) {
            try Array(text.utf8).withUnsafeBufferPointer { try CellPayload($0, assetsAt: "", after: &memory) }
        }
    }

    @Test func `a row that has not changed is the same element, however the rows have moved`() throws {
        func rows(_ numbers: Range<Int>) -> String {
            let rows = numbers.map { #"["li",{"k":"row-\#($0)"},["b",0,"\#(String(repeating: "x", count: 60))"]]"# }
            return #"[["ul",{"class":"rows"},\#(rows.joined(separator: ","))]]"#
        }
        func elements(_ view: View) -> [ObjectIdentifier] {
            guard case .element(let list)? = view.children.first else { return [] }
            return list.children.compactMap { if case .element(let row) = $0 { ObjectIdentifier(row) } else { nil } }
        }
        var memory = PictureMemory()
        let before = try read(rows(0..<5), after: &memory)

        let view = try read(rows(1..<6), after: &memory)

        #expect(elements(view).dropLast() == elements(before).dropFirst())
        #expect(view == (try read(rows(1..<6))))
    }

    @Test func `rows that are known count as much as new ones`() throws {
        let row = #"["p",{"class":"\#(String(repeating: "x", count: 60))"}\#(String(repeating: #","x""#, count: 99))]"#
        func rows(_ count: Int) -> String { "[" + repeatElement(row, count: count).joined(separator: ",") + "]" }
        var memory = PictureMemory()

        #expect(try read(rows(20), after: &memory).children.count == 20)
        #expect(throws: ForeignView.Refusal.self) { try read(rows(21), after: &memory) }
    }

    @Test func `a row that begins as before and ends otherwise is read anew`() throws {
        func row(_ end: String) -> String {
            #"[["p",{"k":"a","class":"\#(String(repeating: "x", count: 60))"},"\#(end)"]]"#
        }
        var memory = PictureMemory()
        _ = try read(row("before"), after: &memory)

        let view = try read(row("after!"), after: &memory)

        #expect(view == (try read(row("after!"))))
        #expect(view != (try read(row("before"))))
    }
}
