import Testing
import WidgetAPI

/// What the host checks of a view, and what a viewer reads of it.
struct ViewMeasure {
    private(set) var texts: [String] = []
    private(set) var nodes = 0
    private(set) var depth = 0
    private(set) var json: JSONValue = []
    private var elements: [Element] = []

    init(_ view: View) {
        json = .array(view.children.map { visit($0, depth: 1) })
    }

    func elements(_ className: String) -> [Element] {
        elements.filter { ($0.class ?? "").split(separator: " ").contains { $0 == className } }
    }

    func expectWithinLimits() {
        #expect(nodes < 2000)
        #expect(depth <= 16)
        #expect(json.text.utf8.count < 64 * 1024)
        for element in elements {
            #expect(element.key?.utf8.count ?? 0 <= 64)
            #expect(element.style.allSatisfy { Style.isAllowed(value: $0.value) })
            let keys = element.children.compactMap { child in
                if case .element(let element) = child { element.key } else { nil }
            }
            #expect(Set(keys).count == keys.count)
            #expect(keys.isEmpty || keys.count == element.children.count)
        }
    }

    /// The node as the wire has it: `["tag", props, …children]`.
    private mutating func visit(_ node: Node, depth: Int) -> JSONValue {
        nodes += 1
        self.depth = max(self.depth, depth)
        switch node {
        case .text(let text):
            texts.append(text)
            return .string(text)
        case .element(let element):
            elements.append(element)
            let children = element.children.map { visit($0, depth: depth + 1) }
            return .array([.string(element.tag.rawValue), props(of: element)] + children)
        }
    }

    private func props(of element: Element) -> JSONValue {
        var props = JSONObject()
        props["k"] = element.key.map(JSONValue.string)
        props["class"] = element.class.map(JSONValue.string)
        for attribute in element.attributes { props[attribute.name.text] = .string(attribute.value) }
        var style = JSONObject()
        for entry in element.style { style[entry.property.text] = .string(entry.value) }
        if !element.style.isEmpty { props["style"] = .object(style) }
        return .object(props)
    }
}
