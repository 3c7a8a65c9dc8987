import WidgetAPI

/// Views and patches as the page reads them (contract section 3).
extension JSONWriter {
    /// Written as `[VNode…]`.
    mutating func write(_ nodes: [Node]) {
        raw("[")
        for (index, node) in nodes.enumerated() {
            if index > 0 { raw(",") }
            write(node)
        }
        raw("]")
    }

    /// Written as `"text"` or `[tag, props|0, ...VNode]`.
    mutating func write(_ node: Node) {
        switch node {
        case .text(let text): write(text)
        case .element(let element):
            raw("[")
            write(element.tag.rawValue)
            raw(",")
            writeProperties(of: element)
            for child in element.children {
                raw(",")
                write(child)
            }
            raw("]")
        }
    }

    private mutating func writeProperties(of element: Element) {
        guard element.key != nil || element.class != nil || !element.style.isEmpty || !element.attributes.isEmpty
        else { return raw("0") }
        var separator = false
        raw("{")
        if let key = element.key { member("k", key, &separator) }
        if let name = element.class { member("class", name, &separator) }
        if !element.style.isEmpty {
            if separator { raw(",") }
            raw("\"style\":{")
            var inner = false
            for style in element.style { member(style.property.text, style.value, &inner) }
            raw("}")
            separator = true
        }
        for attribute in element.attributes { member(attribute.name.text, attribute.value, &separator) }
        raw("}")
    }

    /// Written as `[Op…]`.
    mutating func write(_ operations: [PatchOperation]) {
        raw("[")
        for (index, operation) in operations.enumerated() {
            if index > 0 { raw(",") }
            write(operation)
        }
        raw("]")
    }

    private mutating func write(_ operation: PatchOperation) {
        switch operation {
        case .text(let path, let text):
            raw("[\"t\",")
            write(path)
            raw(",")
            write(text)
        case .properties(let path, let changes):
            raw("[\"a\",")
            write(path)
            raw(",")
            write(changes)
        case .insert(let parent, let before, let node):
            raw("[\"i\",")
            write(parent)
            raw(",")
            if let before { write(before) } else { raw("null") }
            raw(",")
            write(node)
        case .remove(let path):
            raw("[\"x\",")
            write(path)
        case .move(let parent, let key, let before):
            raw("[\"m\",")
            write(parent)
            raw(",")
            write(key)
            raw(",")
            write(JSONValue.optional(before))
        case .replace(let path, let node):
            raw("[\"r\",")
            write(path)
            raw(",")
            write(node)
        }
        raw("]")
    }

    private mutating func write(_ path: [PathStep]) {
        raw("[")
        for (index, step) in path.enumerated() {
            if index > 0 { raw(",") }
            write(step)
        }
        raw("]")
    }

    private mutating func write(_ step: PathStep) {
        switch step {
        case .index(let index): write(Int64(index))
        case .key(let key): write(key)
        }
    }

    private mutating func write(_ changes: PropertyChanges) {
        var separator = false
        raw("{")
        if let name = changes.className { member("class", name, &separator) }
        if !changes.style.isEmpty {
            if separator { raw(",") }
            raw("\"style\":{")
            var inner = false
            for (name, value) in changes.style { member(name, value, &inner) }
            raw("}")
            separator = true
        }
        for (name, value) in changes.attributes { member(name, value, &separator) }
        raw("}")
    }

    private mutating func member(_ name: String, _ value: String?, _ separator: inout Bool) {
        if separator { raw(",") }
        separator = true
        write(name)
        raw(":")
        write(JSONValue.optional(value))
    }
}
