import WidgetAPI

/// The first place at which two pictures are not the same.
struct ViewDifference: Equatable, CustomStringConvertible {
    /// Steps from the root, as `[0][2].class`.
    let place: String
    let wanted: JSONValue?
    let seen: JSONValue?

    /// `nil` where the two are the same; each is a list of nodes as pages get them.
    static func first(wanted: [JSONValue], seen: [JSONValue]) -> ViewDifference? {
        // Properties of which there are none are written in two ways.
        between(wanted.map(plain), seen.map(plain), at: "")
    }

    var description: String {
        """
        the view is not the same at \(place.isEmpty ? "its root" : place)
              wanted: \(wanted.map(\.text) ?? "nothing")
                seen: \(seen.map(\.text) ?? "nothing")
        """
    }

    /// The list of nodes that an expectation means: one node, or several.
    static func nodes(of expectation: JSONValue) -> [JSONValue] {
        guard let parts = expectation.arrayValue else { return [expectation] }
        guard let first = parts.first else { return [] }
        let isNode = first.stringValue.flatMap(Tag.init(rawValue:)) != nil && parts.count > 1 && isProperties(parts[1])
        return isNode ? [expectation] : parts
    }

    private static func isProperties(_ value: JSONValue) -> Bool { value == 0 || value.objectValue != nil }

    private static func plain(_ node: JSONValue) -> JSONValue {
        guard let parts = node.arrayValue, let tag = parts.first else { return node }
        let properties = parts.count > 1 ? parts[1] : 0
        return .array([tag, properties == [:] ? 0 : properties] + parts.dropFirst(2).map(plain))
    }

    /// Places count as the page's protocol does: from the first child, or the property's name.
    private static func between(_ wanted: [JSONValue], _ seen: [JSONValue], at place: String) -> ViewDifference? {
        for index in 0..<max(wanted.count, seen.count) {
            let left: JSONValue? = wanted.dropFirst(index).first
            let right: JSONValue? = seen.dropFirst(index).first
            guard left != right else { continue }
            let here = "\(place)[\(index)]"
            guard let left, let right, let these = left.arrayValue, let those = right.arrayValue,
                let tag = these.first, tag == those.first
            else { return ViewDifference(place: here, wanted: left, seen: right) }
            return properties(these[1], those[1], at: "\(here)<\(tag.stringValue ?? "?")>")
                ?? between(Array(these.dropFirst(2)), Array(those.dropFirst(2)), at: here)
        }
        return nil
    }

    private static func properties(_ wanted: JSONValue, _ seen: JSONValue, at place: String) -> ViewDifference? {
        guard wanted != seen else { return nil }
        let (left, right) = (wanted.objectValue ?? [:], seen.objectValue ?? [:])
        for member in left.members + right.members where left[member.name] != right[member.name] {
            let (these, those) = (left[member.name], right[member.name])
            if member.name == "style", let these, let those {
                return properties(these, those, at: "\(place).style")
            }
            return ViewDifference(place: "\(place).\(member.name)", wanted: these, seen: those)
        }
        return nil
    }
}
