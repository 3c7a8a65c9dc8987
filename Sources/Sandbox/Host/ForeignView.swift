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

    /// The view written as `[VNode]` (contract section 3, with `source` among the properties).
    ///
    /// A picture of the package (`assets/…`) gets its place after the address `assets`.
    package static func read(_ json: JSONValue, assetsAt assets: String) throws(Refusal) -> View {
        guard let values = json.arrayValue else { throw Refusal(place: "", reason: "a list of nodes wanted") }
        var reader = Self(assets: assets)
        return View(children: try reader.children(values[...], from: 0, at: "", level: 1))
    }

    private mutating func children(
        _ values: ArraySlice<JSONValue>,
        from first: Int,
        at place: String,
        level: Int
    ) throws(Refusal) -> [Node] {
        guard level <= ViewLimits.levels + 1 else {
            throw Refusal(place: place, reason: "more than \(ViewLimits.levels) levels")
        }
        var children: [Node] = []
        children.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            nodes += 1
            guard nodes <= ViewLimits.nodes else {
                throw Refusal(place: "", reason: "more than \(ViewLimits.nodes) nodes")
            }
            children.append(try node(value, at: "\(place)[\(first + index)]", level: level))
        }
        return children
    }

    private mutating func node(_ value: JSONValue, at place: String, level: Int) throws(Refusal) -> Node {
        switch value {
        case .string(let text): return .text(text)
        case .array(let parts):
            guard let name = parts.first?.stringValue, let tag = Tag(rawValue: name) else {
                throw Refusal(place: place, reason: "no tag that a view may have")
            }
            let properties = try Self.properties(parts.count > 1 ? parts[1] : .integer(0), at: place)
            return .element(
                tag,
                key: properties.key,
                class: properties.classes,
                source: properties.source.map { Event.ID($0) },
                style: properties.style,
                attributes: try attributes(properties.others, of: tag, at: place),
                children: try children(parts.dropFirst(2), from: 2, at: place, level: level + 1)
            )
        default: throw Refusal(place: place, reason: "a text or an element wanted")
        }
    }

    private struct Properties {
        var key: String?
        var classes: String?
        var source: String?
        var style: [Style] = []
        var others: [(name: String, value: String)] = []
    }

    private static func properties(_ value: JSONValue, at place: String) throws(Refusal) -> Properties {
        var properties = Properties()
        if value == .integer(0) { return properties }
        guard let members = value.objectValue?.members else {
            throw Refusal(place: place, reason: "properties or 0 wanted after the tag")
        }
        for member in members {
            if member.name == "style" {
                properties.style = try style(member.value, at: place)
                continue
            }
            guard let text = member.value.stringValue else {
                throw Refusal(place: "\(place).\(shown(member.name))", reason: "a text wanted")
            }
            switch member.name {
            case "k": properties.key = text
            case "class": properties.classes = text
            case "source": properties.source = text
            default: properties.others.append((member.name, text))
            }
        }
        return properties
    }

    private static func style(_ value: JSONValue, at place: String) throws(Refusal) -> [Style] {
        guard let members = value.objectValue?.members else {
            throw Refusal(place: "\(place).style", reason: "properties wanted")
        }
        var style: [Style] = []
        for member in members {
            guard let property = Style.Property(member.name), let text = member.value.stringValue else {
                throw Refusal(place: "\(place).style.\(shown(member.name))", reason: "no style that a view may have")
            }
            guard Style.isAllowed(value: text) else {
                throw Refusal(place: "\(place).style.\(shown(member.name))", reason: "a value that a view may not have")
            }
            style.append(Style(property, text))
        }
        return style
    }

    private func attributes(
        _ members: [(name: String, value: String)],
        of tag: Tag,
        at place: String
    ) throws(Refusal) -> [Attribute] {
        guard members.count <= Self.attributesLimit else {
            throw Refusal(place: place, reason: "more than \(Self.attributesLimit) attributes")
        }
        var attributes: [Attribute] = []
        for member in members {
            let at = "\(place).\(Self.shown(member.name))"
            guard let name = Attribute.Name(member.name) else {
                throw Refusal(place: at, reason: "no attribute that a view may have")
            }
            if name == .source, tag != .img || !Self.isPicture(member.value) {
                throw Refusal(place: at, reason: "a picture of the package or of the host wanted")
            }
            if name.text == "fill" || name.text == "stroke", !Style.isAllowed(value: member.value) {
                throw Refusal(place: at, reason: "a value that a view may not have")
            }
            let isOwn = name == .source && member.value.hasPrefix("assets/")
            attributes.append(Attribute(name, isOwn ? assets + member.value : member.value))
        }
        return attributes
    }

    /// A path of the package or of this host that leaves neither.
    private static func isPicture(_ path: String) -> Bool {
        ["assets/", "/img/", "/files/"].contains(where: path.hasPrefix) && !path.contains("..")
            && path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x25 && $0 != 0x3F && $0 != 0x23 }
    }

    // Enough to recognise a name by, and no more of what a stranger wrote.
    private static func shown(_ name: String) -> String {
        String(name.unicodeScalars.prefix(32).filter { $0.value > 0x20 && $0.value < 0x7F }.map(Character.init))
    }
}
