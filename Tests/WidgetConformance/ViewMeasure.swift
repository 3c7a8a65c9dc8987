import WidgetAPI

/// What the host checks of a view, and what a viewer reads of it.
package struct ViewMeasure {
    package private(set) var texts: [String] = []
    package private(set) var nodes = 0
    package private(set) var depth = 0
    package private(set) var json: JSONValue = []
    private let top: [Node]
    private var elements: [Element] = []

    package init(_ view: View) {
        top = view.children
        json = .array(view.children.map { visit($0, depth: 1) })
    }

    package func elements(_ className: String) -> [Element] {
        elements.filter { ($0.class ?? "").split(separator: " ").contains { $0 == className } }
    }

    /// Whether a viewer sees neither a text nor a picture.
    package var isEmpty: Bool {
        texts.allSatisfy { $0.allSatisfy(\.isWhitespace) } && !elements.contains { [.img, .svg].contains($0.tag) }
    }

    /// What the host or the page would not take, in words.
    package var faults: [String] {
        var faults: [String] = []
        if nodes >= ViewLimits.nodes { faults.append("it has \(nodes) nodes") }
        if depth > ViewLimits.levels { faults.append("it has \(depth) levels") }
        let bytes = json.text.utf8.count
        if bytes >= ViewLimits.viewBytes { faults.append("it has \(bytes) bytes") }
        for element in elements {
            if let key = element.key, key.utf8.count > ViewLimits.keyBytes { faults.append("the key \(key) is long") }
            for style in element.style where !Style.isAllowed(value: style.value) {
                faults.append("the style \(style.property): \(style.value) is not allowed")
            }
            for attribute in element.attributes where attribute.name == .source {
                // Pictures of the package, of an event, and of the streamer's settings.
                let isOurs = ["assets/", "/img/", "/files/"].contains { attribute.value.hasPrefix($0) }
                if !isOurs { faults.append("the picture \(attribute.value) is not of this host") }
            }
        }
        return faults + siblings.flatMap(Self.keyFaults)
    }

    /// Every list of children, the one at the top included.
    private var siblings: [[Node]] { [top] + elements.map(\.children) }

    private static func keyFaults(_ children: [Node]) -> [String] {
        let keys = children.compactMap { child in if case .element(let element) = child { element.key } else { nil } }
        var faults: [String] = []
        if Set(keys).count < keys.count { faults.append("two siblings have one key of \(keys)") }
        if !keys.isEmpty, keys.count < children.count { faults.append("only some siblings have a key: \(keys)") }
        return faults
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
