import WidgetAPI

@testable import Host

/// Applies patches to a view as the contract tells a page to do it; tests compare the result with what was drawn.
struct PatchedView {
    struct Fault: Error {
        let description: String
    }

    private(set) var view: View

    init(_ view: View) {
        self.view = view
    }

    mutating func apply(_ operations: [PatchOperation]) throws {
        for operation in operations {
            view = View(children: try Self.applied(operation, to: view.children))
        }
    }

    private static func applied(_ operation: PatchOperation, to root: [Node]) throws -> [Node] {
        switch operation {
        case .text(let path, let text):
            return try change(root, path) { siblings, index in
                guard case .text = siblings[index] else { throw Fault(description: "t on an element") }
                siblings[index] = .text(text)
            }
        case .properties(let path, let changes):
            return try change(root, path) { siblings, index in
                guard case .element(let element) = siblings[index] else { throw Fault(description: "a on a text") }
                siblings[index] = .element(try element.changed(by: changes))
            }
        case .remove(let path): return try change(root, path) { siblings, index in siblings.remove(at: index) }
        case .replace(let path, let node): return try change(root, path) { $0[$1] = node }
        case .insert(let parent, let before, let node):
            return try changeChildren(root, parent) { children in
                children.insert(node, at: try before.map { try place($0, in: children) } ?? children.count)
            }
        case .move(let parent, let key, let before):
            return try changeChildren(root, parent) { children in
                let node = children.remove(at: try place(.key(key), in: children))
                let target = try before.map { try place(.key($0), in: children) } ?? children.count
                children.insert(node, at: target)
            }
        }
    }

    private static func change(
        _ nodes: [Node],
        _ path: [PathStep],
        _ body: (inout [Node], Int) throws -> Void
    ) throws -> [Node] {
        guard let last = path.last else { throw Fault(description: "the root is no node") }
        return try changeChildren(nodes, Array(path.dropLast())) { try body(&$0, place(last, in: $0)) }
    }

    private static func changeChildren(
        _ nodes: [Node],
        _ path: [PathStep],
        _ body: (inout [Node]) throws -> Void
    ) throws -> [Node] {
        var nodes = nodes
        guard let step = path.first else {
            try body(&nodes)
            return nodes
        }
        let index = try place(step, in: nodes)
        guard case .element(let element) = nodes[index] else { throw Fault(description: "a path through a text") }
        let children = try changeChildren(element.children, Array(path.dropFirst()), body)
        nodes[index] = .element(element.with(children: children))
        return nodes
    }

    private static func place(_ step: PathStep, in nodes: [Node]) throws -> Int {
        switch step {
        case .index(let index):
            guard nodes.indices.contains(index) else { throw Fault(description: "no child \(index)") }
            return index
        case .key(let key):
            let found = nodes.firstIndex { node in
                if case .element(let element) = node { return element.key == key }
                return false
            }
            guard let found else { throw Fault(description: "no child \(key)") }
            return found
        }
    }
}

extension Element {
    fileprivate func with(children: [Node]) -> Element {
        Element(
            tag: tag,
            key: key,
            class: self.class,
            source: source,
            style: style,
            attributes: attributes,
            children: children
        )
    }

    fileprivate func changed(by changes: PropertyChanges) throws -> Element {
        var attributes = attributes
        for (name, value) in changes.attributes {
            attributes.removeAll { $0.name.text == name }
            guard let known = Attribute.Name(name) else { throw PatchedView.Fault(description: name) }
            if let value { attributes.append(Attribute(known, value)) }
        }
        var style = style
        for (name, value) in changes.style {
            style.removeAll { $0.property.text == name }
            guard let known = Style.Property(name) else { throw PatchedView.Fault(description: name) }
            if let value { style.append(Style(known, value)) }
        }
        return Element(
            tag: tag,
            key: key,
            class: changes.className ?? self.class,
            source: source,
            style: style.sorted { $0.property.text < $1.property.text },
            attributes: attributes.sorted { $0.name.text < $1.name.text },
            children: children
        )
    }
}
