import WidgetAPI

/// The last check before a picture goes out: hides what moderators removed, cuts long texts, keeps the limits.
struct ViewGuard {
    /// Limits of a view (architecture section 6).
    static let nodeLimit = 2000
    static let depthLimit = 16
    static let textBytesLimit = 4096
    static let keyBytesLimit = 64
    static let viewBytesLimit = 64 * 1024

    let hidden: Set<Event.ID>

    /// Why a picture may not be shown.
    enum Refusal: Error, Equatable, CustomStringConvertible {
        case tooManyNodes
        case tooDeep
        case keyTooLong(String)
        case repeatedKey(String)
        case forbiddenStyle(property: String)
        case tooLarge(bytes: Int)

        var description: String {
            switch self {
            case .tooManyNodes: "the view has more than \(ViewGuard.nodeLimit) nodes"
            case .tooDeep: "the view has more than \(ViewGuard.depthLimit) levels"
            case .keyTooLong(let key): "the key \(key.prefix(32))… has more than \(ViewGuard.keyBytesLimit) bytes"
            case .repeatedKey(let key): "two siblings have the key \(key)"
            case .forbiddenStyle(let property): "the value of \(property) is not allowed"
            case .tooLarge(let bytes): "the view has \(bytes) bytes, \(ViewGuard.viewBytesLimit) are allowed"
            }
        }
    }

    /// The picture as it may be shown.
    func admit(_ view: View) throws(Refusal) -> View {
        var nodes = 0
        return View(children: try admit(view.children, depth: 1, nodes: &nodes) ?? view.children)
    }

    /// The children as they may be shown, or `nil` when they may stay as they are, so that nothing is copied then.
    private func admit(_ children: [Node], depth: Int, nodes: inout Int) throws(Refusal) -> [Node]? {
        guard depth <= Self.depthLimit else { throw .tooDeep }
        nodes += children.count
        guard nodes <= Self.nodeLimit else { throw .tooManyNodes }
        try checkKeys(children)
        var changed: [Node]?
        for (index, child) in children.enumerated() {
            let admitted = try admit(child, depth: depth, nodes: &nodes)
            switch admitted {
            case .same: changed?.append(child)
            case .other(let node):
                if changed == nil { changed = Array(children[..<index]) }
                changed?.append(node)
            case .none: if changed == nil { changed = Array(children[..<index]) }
            }
        }
        return changed
    }

    private enum Admission {
        case same
        case other(Node)
        case none
    }

    private func admit(_ node: Node, depth: Int, nodes: inout Int) throws(Refusal) -> Admission {
        switch node {
        case .text(let text):
            guard text.utf8.count > Self.textBytesLimit else { return .same }
            return .other(.text(Self.cut(text)))
        case .element(let element):
            if let source = element.source, hidden.contains(source) { return .none }
            for style in element.style where !Style.isAllowed(value: style.value) {
                throw .forbiddenStyle(property: style.property.text)
            }
            guard let children = try admit(element.children, depth: depth + 1, nodes: &nodes) else { return .same }
            return .other(
                .element(
                    Element(
                        tag: element.tag,
                        key: element.key,
                        class: element.class,
                        source: element.source,
                        style: element.style,
                        attributes: element.attributes,
                        children: children
                    )
                )
            )
        }
    }

    private func checkKeys(_ children: [Node]) throws(Refusal) {
        var seen: Set<String> = []
        for case .element(let element) in children {
            guard let key = element.key else { continue }
            guard key.utf8.count <= Self.keyBytesLimit else { throw .keyTooLong(key) }
            guard seen.insert(key).inserted else { throw .repeatedKey(key) }
        }
    }

    /// Cuts a text at a character so that it fits with "…" at its end.
    static func cut(_ text: String) -> String {
        let room = textBytesLimit - "…".utf8.count
        var end = text.startIndex
        var bytes = 0
        for index in text.indices {
            bytes += text[index].utf8.count
            guard bytes <= room else { break }
            end = text.index(after: index)
        }
        return text[..<end] + "…"
    }
}
