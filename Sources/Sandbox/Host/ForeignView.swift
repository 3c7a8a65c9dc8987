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
    private let start: Int
    private let known: PictureMemory
    private var parser: JSONParser
    private var memory = PictureMemory()
    private var nodes = 0
    /// Where the reader stands; written out only where something is refused.
    private var path: [Int] = []

    /// Reads the view written as `[VNode]` (contract section 3, with `source` among the properties) that comes next.
    ///
    /// Node by node as it stands there: a tree of JSON first would cost as much again. A picture of the package
    /// (`assets/…`) gets its place after the address `assets`. The memory is that of the same widget's last picture,
    /// and then of this one.
    ///
    /// - Throws: `JSONSyntaxError` where it is not even JSON.
    package static func read(
        _ parser: inout JSONParser,
        assetsAt assets: String,
        after memory: inout PictureMemory
    ) throws -> Result<View, Refusal> {
        _ = parser.next()
        var reader = Self(assets: assets, start: parser.offset, known: memory, parser: parser)
        do {
            let view = try reader.view()
            let length = reader.parser.offset - reader.start
            reader.memory.finish(UnsafeRawBufferPointer(rebasing: parser.rest[..<length]))
            (parser, memory) = (reader.parser, reader.memory)
            return .success(view)
        } catch let refusal as Refusal {
            // What follows it is read as well, so the whole of it is gone over.
            _ = try parser.value()
            return .failure(refusal)
        }
    }

    private mutating func view() throws -> View {
        guard parser.next() == UInt8(ascii: "[") else { throw refusal("a list of nodes wanted") }
        try parser.begin()
        var isFirst = true
        return View(children: try children(from: 0, &isFirst))
    }

    /// The rest of a list whose next element is a node.
    private mutating func children(from first: Int, _ isFirst: inout Bool) throws -> [Node] {
        var children: [Node] = []
        path.append(first)
        while try parser.more("]", &isFirst) {
            guard path.count <= ViewLimits.levels + 1 else {
                path.removeLast()
                throw refusal("more than \(ViewLimits.levels) levels")
            }
            nodes += 1
            guard nodes <= ViewLimits.nodes else {
                throw Refusal(place: "", reason: "more than \(ViewLimits.nodes) nodes")
            }
            children.append(try node())
            path[path.count - 1] += 1
        }
        path.removeLast()
        return children
    }

    private mutating func node() throws -> Node {
        switch parser.next() {
        case UInt8(ascii: "\""): return .text(try parser.string())
        case UInt8(ascii: "["): return .element(try element())
        default:
            _ = try parser.value()
            throw refusal("a text or an element wanted")
        }
    }

    private mutating func element() throws -> Element {
        let (rest, begun) = (parser.rest, parser.offset - start)
        if let (element, length) = known.element(rest, level: path.count) {
            nodes += element.measure.nodes
            guard nodes <= ViewLimits.nodes else {
                throw Refusal(place: "", reason: "more than \(ViewLimits.nodes) nodes")
            }
            parser.skip(length)
            memory.add(element, begun..<begun + length, level: path.count, rest)
            return element
        }
        let element = try newElement()
        memory.add(element, begun..<parser.offset - start, level: path.count, rest)
        return element
    }

    private mutating func newElement() throws -> Element {
        try parser.begin()
        var isFirst = true
        guard try parser.more("]", &isFirst), parser.next() == UInt8(ascii: "\""),
            let tag = Tag(rawValue: try parser.string())
        else { throw refusal("no tag that a view may have") }
        var properties = Properties()
        var children: [Node] = []
        if try parser.more("]", &isFirst) {
            try read(&properties, of: tag)
            children = try self.children(from: 2, &isFirst)
        }
        return Element(
            tag: tag,
            key: properties.key,
            class: properties.classes,
            source: properties.source.map { Event.ID($0) },
            style: properties.style,
            attributes: properties.attributes,
            children: children
        )
    }

    private struct Properties {
        var key: String?
        var classes: String?
        var source: String?
        var style: [Style] = []
        var attributes: [Attribute] = []
    }

    private mutating func read(_ properties: inout Properties, of tag: Tag) throws {
        guard parser.next() == UInt8(ascii: "{") else {
            if try parser.value() == .integer(0) { return }
            throw refusal("properties or 0 wanted after the tag")
        }
        try parser.begin()
        var isFirst = true
        while try parser.more("}", &isFirst) {
            let name = try parser.name()
            if name == "style" {
                properties.style = try style()
                continue
            }
            guard let text = try text() else { throw refusal("a text wanted", name) }
            switch name {
            case "k": properties.key = text
            case "class": properties.classes = text
            case "source": properties.source = text
            default:
                guard properties.attributes.count < Self.attributesLimit else {
                    throw refusal("more than \(Self.attributesLimit) attributes")
                }
                properties.attributes.append(try attribute(name, text, of: tag, beside: properties.attributes))
            }
        }
    }

    /// The next value where it is a text.
    private mutating func text() throws -> String? {
        guard parser.next() == UInt8(ascii: "\"") else {
            _ = try parser.value()
            return nil
        }
        return try parser.string()
    }

    private mutating func style() throws -> [Style] {
        guard parser.next() == UInt8(ascii: "{") else { throw refusal("properties wanted", "style") }
        try parser.begin()
        var style: [Style] = []
        var isFirst = true
        while try parser.more("}", &isFirst) {
            let name = try parser.name()
            guard let property = Style.Property(name), let text = try text(),
                !style.contains(where: { $0.property == property })
            else { throw refusal("no style that a view may have", "style", name) }
            guard Style.isAllowed(value: text) else {
                throw refusal("a value that a view may not have", "style", name)
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
    ) throws -> Attribute {
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
