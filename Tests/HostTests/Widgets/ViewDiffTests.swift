import Testing
import WidgetAPI

@testable import Host

@Suite struct ViewDiffTests {
    @Test func `a picture that did not change costs nothing`() {
        let view = View(.element(.div, class: "a", .text("same")))

        #expect(ViewDiff.operations(from: view, to: view).isEmpty)
    }

    @Test func `a new chat line is one insert and the oldest one a removal`() {
        let old = list(["a", "b", "c"])
        let new = list(["b", "c", "d"])

        let operations = ViewDiff.operations(from: old, to: new)

        #expect(
            operations == [
                .remove(path: [.key("a")]),
                .insert(parent: [], before: nil, row("d")),
            ]
        )
    }

    @Test func `a row that moved keeps its node`() {
        let operations = ViewDiff.operations(from: list(["a", "b", "c"]), to: list(["c", "a", "b"]))

        #expect(operations == [.move(parent: [], key: "c", before: "a")])
    }

    @Test func `only the properties that changed are sent and those that left as null`() {
        let old = View(.element(.div, class: "x", style: [.init(.width, "1%"), .init(.color, "#fff")]))
        let new = View(.element(.div, style: [.init(.width, "2%")]))

        let operations = ViewDiff.operations(from: old, to: new)

        var writer = JSONWriter()
        writer.write(operations)
        #expect(writer.text == "[[\"a\",[0],{\"class\":null,\"style\":{\"width\":\"2%\",\"color\":null}}]]")
    }

    @Test func `another tag or key replaces the node`() {
        let old = View(.element(.div, key: "a"), .text("x"))
        let new = View(.element(.span, key: "a"), .text("y"))

        #expect(
            ViewDiff.operations(from: old, to: new) == [
                .replace(path: [.index(0)], .element(.span, key: "a")),
                .text(path: [.index(1)], "y"),
            ]
        )
    }

    @Test(arguments: 0..<3000)
    func `patching any picture gives the next one`(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let old = View(children: RandomView.children(&random, depth: 3))
        let new =
            seed.isMultiple(of: 2)
            ? View(children: RandomView.children(&random, depth: 3))
            : View(children: RandomView.edited(old.children, &random))

        var patched = PatchedView(old)
        try patched.apply(ViewDiff.operations(from: old, to: new))

        #expect(patched.view == new)
    }

    private func list(_ keys: [String]) -> View {
        View(children: keys.map(row))
    }

    private func row(_ key: String) -> Node {
        .element(.p, key: key, .text("line \(key)"))
    }
}

/// Trees of every shape the diff has to cope with.
private enum RandomView {
    static func children(_ random: inout SplitMix64, depth: Int) -> [Node] {
        let count = Int.random(in: 0...5, using: &random)
        let isKeyed = Bool.random(using: &random)
        let keys = (0..<8).map(String.init).shuffled(using: &random)
        return (0..<count).map { index in
            if !isKeyed, Int.random(in: 0..<3, using: &random) == 0 { return .text(word(&random)) }
            return element(&random, key: isKeyed ? keys[index] : nil, depth: depth)
        }
    }

    /// The same tree with a few nodes taken out, moved or changed.
    static func edited(_ nodes: [Node], _ random: inout SplitMix64) -> [Node] {
        var result: [Node] = []
        for node in nodes {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: continue
            case 1: if case .text = node { result.append(.text(word(&random))) } else { result.append(node) }
            default:
                guard case .element(let element) = node else {
                    result.append(node)
                    continue
                }
                result.append(
                    .element(
                        element.tag,
                        key: element.key,
                        class: Bool.random(using: &random) ? element.class : "other",
                        children: edited(element.children, &random)
                    )
                )
            }
        }
        if Bool.random(using: &random) { result.shuffle(using: &random) }
        return result
    }

    private static func element(_ random: inout SplitMix64, key: String?, depth: Int) -> Node {
        let tags: [WidgetAPI.Tag] = [.div, .span, .p]
        return .element(
            tags.randomElement(using: &random) ?? .div,
            key: key,
            class: Bool.random(using: &random) ? word(&random) : nil,
            style: Bool.random(using: &random) ? [.init(.color, word(&random)), .init(.width, word(&random))] : [],
            attributes: Bool.random(using: &random) ? [.init(.role, word(&random)), .init(.title, word(&random))] : [],
            children: depth == 0 ? [] : children(&random, depth: depth - 1)
        )
    }

    private static func word(_ random: inout SplitMix64) -> String {
        ["one", "two", "three", "four"].randomElement(using: &random) ?? ""
    }
}

extension SplitMix64: RandomNumberGenerator {}
