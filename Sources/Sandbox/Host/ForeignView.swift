import WidgetAPI

/// Reads the picture that a cell has sent, of which nothing can be trusted.
///
/// Everything goes through the allow-lists of ``Node`` once more, so a cell that was taken over can draw no more than
/// an honest widget. Limits of the whole view are checked where every widget's view is, in the host's last check.
package struct ForeignView {
    /// Why a picture was refused; the place is written as `[0][2].style.color`.
    package struct Refusal: Error, Equatable, CustomStringConvertible {
        package let place: String
        package let reason: String

        package var description: String { "view\(place): \(reason)" }
    }

    /// Attributes an element may have.
    static let attributesLimit = 32

    private let assets: String
    private var nodes = 0
    /// Where the reader stands; written out only where something is refused.
    private var path: [Int] = []

    /// The view written as `[VNode]` (contract section 3, with `source` among the properties).
    ///
    /// A picture of the package (`assets/…`) gets its place after the address `assets`.
    package static func read(_ json: JSONValue, assetsAt assets: String) throws(Refusal) -> View {
        guard let values = json.arrayValue else { throw Refusal(place: "", reason: "a list of nodes wanted") }
        var reader = Self(assets: assets)
        return View(children: try reader.children(values[...]))
    }

    private mutating func children(_ values: ArraySlice<JSONValue>) throws(Refusal) -> [Node] {
        guard path.count <= ViewLimits.levels else { throw refusal("more than \(ViewLimits.levels) levels") }
        var children: [Node] = []
        children.reserveCapacity(values.count)
        for index in values.indices {
            nodes += 1
            guard nodes <= ViewLimits.nodes else {
                throw Refusal(place: "", reason: "more than \(ViewLimits.nodes) nodes")
            }
            path.append(index)
            children.append(try node(values[index]))
            path.removeLast()
        }
        return children
    }

    private mutating func node(_ value: JSONValue) throws(Refusal) -> Node {
        switch value {
        case .string(let text): return .text(text)
        case .array(let parts):
            guard let name = parts.first?.stringValue, let tag = Tag(rawValue: name) else {
                throw refusal("no tag that a view may have")
            }
            let properties = try properties(parts.count > 1 ? parts[1] : .integer(0), of: tag)
            return .element(
                tag,
                key: properties.key,
                class: properties.classes,
                source: properties.source.map { Event.ID($0) },
                style: properties.style,
                attributes: properties.attributes,
                children: try children(parts.dropFirst(2))
            )
        default: throw refusal("a text or an element wanted")
        }
    }

    private struct Properties {
        var key: String?
        var classes: String?
        var source: String?
        var style: [Style] = []
        var attributes: [Attribute] = []
    }

    private func properties(_ value: JSONValue, of tag: Tag) throws(Refusal) -> Properties {
        var properties = Properties()
        if case .integer(0) = value { return properties }
        guard case .object(let object) = value else { throw refusal("properties or 0 wanted after the tag") }
        for member in object.members {
            if member.name == "style" {
                properties.style = try style(member.value)
                continue
            }
            guard case .string(let text) = member.value else { throw refusal("a text wanted", member.name) }
            switch member.name {
            case "k": properties.key = text
            case "class": properties.classes = text
            case "source": properties.source = text
            default:
                guard properties.attributes.count < Self.attributesLimit else {
                    throw refusal("more than \(Self.attributesLimit) attributes")
                }
                properties.attributes.append(try attribute(member.name, text, of: tag, beside: properties.attributes))
            }
        }
        return properties
    }

    private func style(_ value: JSONValue) throws(Refusal) -> [Style] {
        guard case .object(let object) = value else { throw refusal("properties wanted", "style") }
        var style: [Style] = []
        for member in object.members {
            guard let property = Style.Property(member.name), case .string(let text) = member.value,
                !style.contains(where: { $0.property == property })
            else { throw refusal("no style that a view may have", "style", member.name) }
            guard Style.isAllowed(value: text) else {
                throw refusal("a value that a view may not have", "style", member.name)
            }
            style.append(Style(property, text))
        }
        return style
    }

    private func attribute(
        _ member: String,
        _ value: String,
        of tag: Tag,
        beside others: [Attribute]
    ) throws(Refusal) -> Attribute {
        // Twice one name would be told apart by no patch.
        guard let name = Attribute.Name(member), !others.contains(where: { $0.name == name }) else {
            throw refusal("no attribute that a view may have", member)
        }
        if name == .source, tag != .img || !Self.isPicture(value) {
            throw refusal("a picture of the package or of the host wanted", member)
        }
        if name.text == "fill" || name.text == "stroke", !Style.isAllowed(value: value) {
            throw refusal("a value that a view may not have", member)
        }
        let isOwn = name == .source && value.hasPrefix("assets/")
        return Attribute(name, isOwn ? assets + value : value)
    }

    /// A path of the package or of this host that leaves neither.
    private static func isPicture(_ path: String) -> Bool {
        ["assets/", "/img/", "/files/"].contains(where: path.hasPrefix) && !path.contains("..")
            && path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x25 && $0 != 0x3F && $0 != 0x23 }
    }

    /// Why the node where the reader stands is refused, with the member of it that is to blame.
    private func refusal(_ reason: String, _ members: String...) -> Refusal {
        let place = path.map { "[\($0)]" } + members.map { ".\(Self.shown($0))" }
        return Refusal(place: place.joined(), reason: reason)
    }

    // Enough to recognise a name by, and no more of what a stranger wrote.
    private static func shown(_ name: String) -> String {
        String(name.unicodeScalars.prefix(32).filter { $0.value > 0x20 && $0.value < 0x7F }.map(Character.init))
    }
}
