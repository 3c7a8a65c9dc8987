/// How large a view may be.
///
/// The host checks every picture; a widget that stays below need not care.
public enum ViewLimits {
    /// Nodes in all.
    public static let nodes = 2000
    /// Elements inside one another.
    public static let levels = 16
    /// Bytes of a run of text; a longer one is cut at a character and ends in "…".
    public static let textBytes = 4096
    /// Bytes of a key.
    public static let keyBytes = 64
    /// Bytes of the whole view as JSON, escapes left out.
    public static let viewBytes = 64 * 1024
}

/// What the host has to know of a part of a view before it shows it.
///
/// Taken once, when an element is made: parts that several pictures share are not walked again for each of them.
package struct ViewMeasure: Sendable, Equatable {
    package var nodes = 0
    package var bytes = 0
    /// Elements inside one another, itself included.
    package var levels = 0
    /// A text in it is over its limit.
    package var hasLongText = false
    /// A node in it names the event it came from.
    package var hasSource = false
    /// The first thing in it that may never be shown.
    package var fault: Fault?

    /// What makes a view unfit, whatever its size.
    package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
        case keyTooLong(String)
        case repeatedKey(String)
        case forbiddenStyle(property: String)

        package var description: String {
            switch self {
            case .keyTooLong(let key): "the key \(key.prefix(32))… has more than \(ViewLimits.keyBytes) bytes"
            case .repeatedKey(let key): "two siblings have the key \(key)"
            case .forbiddenStyle(let property): "the value of \(property) is not allowed"
            }
        }
    }

    /// Of siblings together.
    package init(of children: [Node]) {
        var keys: Set<String> = []
        for child in children {
            nodes += 1
            switch child {
            case .text(let text):
                bytes += min(text.utf8.count, ViewLimits.textBytes) + 3
                hasLongText = hasLongText || text.utf8.count > ViewLimits.textBytes
            case .element(let element):
                add(element.measure)
                if let key = element.key, !keys.insert(key).inserted { fault = fault ?? .repeatedKey(key) }
            }
        }
    }

    /// Of an element with everything inside; it is not counted among its own nodes.
    init(
        tag: Tag,
        key: String?,
        class: String?,
        source: Event.ID?,
        style: [Style],
        attributes: [Attribute],
        children: [Node]
    ) {
        self.init(of: children)
        levels += 1
        hasSource = hasSource || source != nil
        bytes += tag.rawValue.utf8.count + 8 + (key?.utf8.count ?? 0) + (`class`?.utf8.count ?? 0)
        if let key, key.utf8.count > ViewLimits.keyBytes { fault = fault ?? .keyTooLong(key) }
        for style in style {
            bytes += style.property.text.utf8.count + style.value.utf8.count + 6
            if !Style.isAllowed(value: style.value) {
                fault = fault ?? .forbiddenStyle(property: style.property.text)
            }
        }
        for attribute in attributes { bytes += attribute.name.text.utf8.count + attribute.value.utf8.count + 6 }
    }

    private mutating func add(_ part: ViewMeasure) {
        nodes += part.nodes
        bytes += part.bytes
        levels = max(levels, part.levels)
        hasLongText = hasLongText || part.hasLongText
        hasSource = hasSource || part.hasSource
        fault = fault ?? part.fault
    }
}
