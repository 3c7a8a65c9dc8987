/// What a widget draws: a tree of plain values that the host compares with the last one and streams as a patch.
///
/// There is no markup in it anywhere. Text is text, elements and attributes come from allow-lists, so nothing a viewer
/// writes can become code.
///
/// ```swift
/// let view = View(
///     .element(.div, class: "line", .element(.b, .text("Aurora99")), .text("hello"))
/// )
/// ```
///
/// The host checks ``ViewLimits`` after every render: a text that is too long is cut, beyond another limit the last
/// good picture stays.
public struct View: Sendable, Equatable {
    /// The nodes at the top, in order.
    public var children: [Node]

    /// A view of these nodes.
    public init(_ children: Node...) {
        self.children = children
    }

    /// A view of these nodes.
    public init(children: [Node]) {
        self.children = children
    }
}

/// One node of a ``View``.
public enum Node: Sendable, Equatable {
    /// A run of text, shown as it is.
    case text(String)
    /// An element with children.
    case element(Element)

    /// An element with these properties and children.
    ///
    /// - Parameters:
    ///   - tag: what kind of element.
    ///   - key: unique among siblings; a list whose every child has one keeps its nodes when it is reordered.
    ///   - class: class names of the widget's own style sheet, separated by spaces.
    ///   - source: id of the event whose text this node shows. When that event is deleted or cleared by a moderator,
    ///     the host drops the node from every widget.
    ///   - style: inline style.
    ///   - attributes: attributes.
    ///   - children: what stands inside.
    /// - Returns: the node.
    public static func element(
        _ tag: Tag,
        key: String? = nil,
        class: String? = nil,
        source: Event.ID? = nil,
        style: [Style] = [],
        attributes: [Attribute] = [],
        _ children: Node...
    ) -> Node {
        element(
            tag,
            key: key,
            class: `class`,
            source: source,
            style: style,
            attributes: attributes,
            children: children
        )
    }

    /// An element with a list of children; the parameters are those of the variadic form.
    public static func element(
        _ tag: Tag,
        key: String? = nil,
        class: String? = nil,
        source: Event.ID? = nil,
        style: [Style] = [],
        attributes: [Attribute] = [],
        children: [Node]
    ) -> Node {
        .element(
            Element(
                tag: tag,
                key: key,
                class: `class`,
                source: source,
                style: style,
                attributes: attributes,
                children: children
            )
        )
    }
}

/// An element of a ``View``.
///
/// Immutable, so that unchanged parts are shared between pictures.
public final class Element: Equatable, Sendable {
    /// What kind of element.
    public let tag: Tag
    /// Unique among siblings, or `nil`.
    public let key: String?
    /// Class names separated by spaces, or `nil`.
    public let `class`: String?
    /// The event whose text stands inside, or `nil`.
    public let source: Event.ID?
    /// Inline style, each property at most once.
    public let style: [Style]
    /// Attributes, each at most once.
    public let attributes: [Attribute]
    /// What stands inside, in order.
    public let children: [Node]
    /// What the host checks.
    package let measure: ViewMeasure

    /// An element; prefer ``Node/element(_:key:class:source:style:attributes:_:)``.
    public init(
        tag: Tag,
        key: String?,
        class: String?,
        source: Event.ID?,
        style: [Style],
        attributes: [Attribute],
        children: [Node]
    ) {
        self.tag = tag
        self.key = key
        self.class = `class`
        self.source = source
        self.style = style
        self.attributes = attributes
        self.children = children
        measure = ViewMeasure(
            tag: tag,
            key: key,
            class: `class`,
            source: source,
            style: style,
            attributes: attributes,
            children: children
        )
    }

    /// Equal elements draw the same, whatever event they came from.
    public static func == (left: Element, right: Element) -> Bool {
        left === right
            || left.tag == right.tag && left.key == right.key && left.class == right.class
                && left.style == right.style && left.attributes == right.attributes && left.children == right.children
    }
}
