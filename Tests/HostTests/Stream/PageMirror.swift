import WidgetAPI

/// What an overlay page has on screen: snapshots and patches applied as the contract tells a page to do it.
///
/// Everything stays JSON, so that nothing of the host helps to understand what the host has sent.
struct PageMirror {
    struct Fault: Error {
        let description: String
    }

    /// One widget on screen.
    struct Widget {
        let type: String
        var rev: Int64
        var nodes: [JSONValue]
    }

    private(set) var widgets: [String: Widget] = [:]
    /// The place in the log that the last message belongs to.
    private(set) var seq: Int64 = 0
    private(set) var patches = 0

    /// Takes a message of the host and says which widget it has changed.
    mutating func take(_ message: JSONValue) throws -> String? {
        guard let payload = message["payload"] else { throw Fault(description: "no payload: \(message.text)") }
        switch message["type"]?.stringValue {
        case "overlay:snapshot":
            try takeSnapshot(payload)
            return nil
        case "overlay:patch":
            patches += 1
            return try takePatch(payload)
        default: return nil
        }
    }

    /// The first node of that widget with that key, or of all.
    func view(of id: String) -> [JSONValue] { widgets[id]?.nodes ?? [] }

    private mutating func takeSnapshot(_ payload: JSONValue) throws {
        var next: [String: Widget] = [:]
        for widget in payload["widgets"]?.arrayValue ?? [] {
            let (id, rev) = (widget["widgetId"]?.stringValue ?? "", widget["rev"]?.integerValue ?? -1)
            let known = widgets[id]
            guard let nodes = widget["view"]?.arrayValue ?? (known?.rev == rev ? known?.nodes : nil) else {
                throw Fault(description: "\(id) has no view and the page has another than \(rev)")
            }
            next[id] = Widget(type: widget["type"]?.stringValue ?? "", rev: rev, nodes: nodes)
        }
        widgets = next
        seq = payload["seq"]?.integerValue ?? seq
    }

    private mutating func takePatch(_ payload: JSONValue) throws -> String? {
        guard let id = payload["widgetId"]?.stringValue, let rev = payload["rev"]?.integerValue,
            var widget = widgets[id]
        else { throw Fault(description: "a patch of a widget that is not there: \(payload.text)") }
        guard rev == widget.rev + 1 else { throw Fault(description: "picture \(rev) after \(widget.rev)") }
        guard let place = payload["seq"]?.integerValue, place >= seq else {
            throw Fault(description: "the log went back: \(payload.text)")
        }
        (widget.rev, seq) = (rev, place)
        if let whole = payload["view"]?.arrayValue { widget.nodes = whole }
        for operation in payload["ops"]?.arrayValue ?? [] {
            widget.nodes = try Self.applied(operation.arrayValue ?? [], to: widget.nodes)
        }
        widgets[id] = widget
        return id
    }
}

extension PageMirror {
    private static func applied(_ operation: [JSONValue], to root: [JSONValue]) throws -> [JSONValue] {
        guard operation.count >= 2, let name = operation[0].stringValue, let path = operation[1].arrayValue else {
            throw Fault(description: "no operation: \(operation)")
        }
        switch (name, operation.count) {
        case ("t", 3): return try change(root, path) { $0[$1] = operation[2] }
        case ("a", 3): return try change(root, path) { $0[$1] = try merged(operation[2], into: $0[$1]) }
        case ("x", 2): return try change(root, path) { $0.remove(at: $1) }
        case ("r", 3): return try change(root, path) { $0[$1] = operation[2] }
        case ("i", 4):
            return try changeChildren(root, path) { children in
                let place = operation[2].isNull ? children.count : try index(operation[2], in: children)
                children.insert(operation[3], at: place)
            }
        case ("m", 4):
            return try changeChildren(root, path) { children in
                let node = children.remove(at: try index(operation[2], in: children))
                let place = operation[3].isNull ? children.count : try index(operation[3], in: children)
                children.insert(node, at: place)
            }
        default: throw Fault(description: "an operation of no kind: \(operation)")
        }
    }

    private static func change(
        _ nodes: [JSONValue],
        _ path: [JSONValue],
        _ body: (inout [JSONValue], Int) throws -> Void
    ) throws -> [JSONValue] {
        guard let last = path.last else { throw Fault(description: "the root is no node") }
        return try changeChildren(nodes, Array(path.dropLast())) { try body(&$0, index(last, in: $0)) }
    }

    private static func changeChildren(
        _ nodes: [JSONValue],
        _ path: [JSONValue],
        _ body: (inout [JSONValue]) throws -> Void
    ) throws -> [JSONValue] {
        var nodes = nodes
        guard let step = path.first else {
            try body(&nodes)
            return nodes
        }
        let place = try index(step, in: nodes)
        guard let element = nodes[place].arrayValue, element.count >= 2 else {
            throw Fault(description: "a path through a text")
        }
        let children = try changeChildren(Array(element.dropFirst(2)), Array(path.dropFirst()), body)
        nodes[place] = .array(Array(element.prefix(2)) + children)
        return nodes
    }

    private static func index(_ step: JSONValue, in nodes: [JSONValue]) throws -> Int {
        if let index = step.integerValue.map(Int.init), nodes.indices.contains(index) { return index }
        let found = nodes.firstIndex { $0.arrayValue?[1]["k"] == step && step.stringValue != nil }
        guard let found else { throw Fault(description: "no child \(step.text)") }
        return found
    }

    /// Properties over properties; what becomes null goes, in `style` too.
    private static func merged(_ changes: JSONValue, into node: JSONValue) throws -> JSONValue {
        guard var element = node.arrayValue, element.count >= 2 else { throw Fault(description: "a text has none") }
        var properties = element[1].objectValue ?? JSONObject()
        for change in changes.objectValue?.members ?? [] {
            if change.name == "style" {
                var style = properties["style"]?.objectValue ?? JSONObject()
                for rule in change.value.objectValue?.members ?? [] {
                    style[rule.name] = rule.value.isNull ? nil : rule.value
                }
                properties["style"] = style.members.isEmpty ? nil : .object(style)
            } else {
                properties[change.name] = change.value.isNull ? nil : change.value
            }
        }
        element[1] = properties.members.isEmpty ? 0 : .object(properties)
        return .array(element)
    }
}

extension JSONValue {
    /// The texts below these nodes, in their order.
    static func texts(_ nodes: [JSONValue]) -> [String] {
        nodes.flatMap { node in node.stringValue.map { [$0] } ?? texts(Array(node.arrayValue?.dropFirst(2) ?? [])) }
    }

    /// The elements of that class below these nodes, in their order.
    static func elements(_ className: String, in nodes: [JSONValue]) -> [JSONValue] {
        nodes.flatMap { node -> [JSONValue] in
            guard let parts = node.arrayValue, parts.count >= 2 else { return [] }
            let names = parts[1]["class"]?.stringValue?.split(separator: " ") ?? []
            let below = elements(className, in: Array(parts.dropFirst(2)))
            return names.contains { $0 == className } ? [node] + below : below
        }
    }
}
