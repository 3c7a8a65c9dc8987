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
        case tooLarge

        var description: String {
            switch self {
            case .tooManyNodes: "the view has more than \(ViewGuard.nodeLimit) nodes"
            case .tooDeep: "the view has more than \(ViewGuard.depthLimit) levels"
            case .keyTooLong(let key): "the key \(key.prefix(32))… has more than \(ViewGuard.keyBytesLimit) bytes"
            case .repeatedKey(let key): "two siblings have the key \(key)"
            case .forbiddenStyle(let property): "the value of \(property) is not allowed"
            case .tooLarge: "the view has more than \(ViewGuard.viewBytesLimit) bytes"
            }
        }
    }

    /// The picture as it may be shown.
    func admit(_ view: View) throws(Refusal) -> View {
        var tally = Tally()
        return View(children: try admit(view.children, depth: 1, &tally) ?? view.children)
    }

    /// What a view has so far.
    ///
    /// Bytes are those of its JSON, but for escapes.
    private struct Tally {
        var nodes = 0
        var bytes = 0

        mutating func count(_ element: Element) throws(Refusal) {
            bytes += element.tag.rawValue.utf8.count + 8 + (element.key?.utf8.count ?? 0)
            bytes += element.class?.utf8.count ?? 0
            for style in element.style { bytes += style.property.text.utf8.count + style.value.utf8.count + 6 }
            for attribute in element.attributes {
                bytes += attribute.name.text.utf8.count + attribute.value.utf8.count + 6
            }
            try check()
        }

        mutating func count(text: String) throws(Refusal) {
            bytes += min(text.utf8.count, ViewGuard.textBytesLimit) + 3
            try check()
        }

        private func check() throws(Refusal) {
            guard bytes <= ViewGuard.viewBytesLimit else { throw .tooLarge }
        }
    }

    /// The children as they may be shown, or `nil` when they may stay as they are, so that nothing is copied then.
    private func admit(_ children: [Node], depth: Int, _ tally: inout Tally) throws(Refusal) -> [Node]? {
        guard depth <= Self.depthLimit else { throw .tooDeep }
        tally.nodes += children.count
        guard tally.nodes <= Self.nodeLimit else { throw .tooManyNodes }
        try checkKeys(children)
        var changed: [Node]?
        for (index, child) in children.enumerated() {
            let admitted = try admit(child, depth: depth, &tally)
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

    private func admit(_ node: Node, depth: Int, _ tally: inout Tally) throws(Refusal) -> Admission {
        switch node {
        case .text(let text):
            try tally.count(text: text)
            guard text.utf8.count > Self.textBytesLimit else { return .same }
            return .other(.text(Self.cut(text)))
        case .element(let element):
            if let source = element.source, hidden.contains(source) { return .none }
            try tally.count(element)
            for style in element.style where !Style.isAllowed(value: style.value) {
                throw .forbiddenStyle(property: style.property.text)
            }
            if element.children.isEmpty { return .same }
            guard let children = try admit(element.children, depth: depth + 1, &tally) else { return .same }
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
