/// One inline style property and its value, from the allow-list.
///
/// ```swift
/// let bar = Node.element(.div, class: "bar", style: [.init(.custom("fill"), "68%")])
/// ```
public struct Style: Sendable, Equatable {
    /// The property.
    public let property: Property
    /// Its value: under 256 characters, without anything that could load or escape (``isAllowed(value:)``).
    public let value: String

    /// A property with that value.
    public init(_ property: Property, _ value: String) {
        self.property = property
        self.value = value
    }

    /// Whether a value may stand in a style: under 256 characters, none of `url( image( image-set( src( expression`,
    /// no backslash and no angle bracket.
    public static func isAllowed(value: String) -> Bool {
        guard value.utf8.count < 256 else { return false }
        if value.utf8.contains(where: { $0 == 0x5C || $0 == 0x3C || $0 == 0x3E }) { return false }
        // Most values are a number and a unit; only one with "(" or an "x" could hold a forbidden function.
        guard value.utf8.contains(where: { $0 == 0x28 || $0 | 0x20 == 0x78 }) else { return true }
        let lowered = value.lowercased()
        return !["url(", "image(", "image-set(", "src(", "expression"].contains { lowered.contains($0) }
    }

    /// A style property that may stand in a view.
    public struct Property: Sendable, Hashable, CustomStringConvertible {
        /// The name as written in a style sheet.
        public let text: String

        private init(trusted text: String) {
            self.text = text
        }

        /// A property of the allow-list or a custom property (`--name`), or `nil`.
        public init?(_ text: String) {
            guard Self.allowed.contains(text) || Self.isCustom(text) else { return nil }
            self.text = text
        }

        /// The name.
        public var description: String { text }

        /// Written as `color`.
        public static let color = Property(trusted: "color")
        /// `width`.
        public static let width = Property(trusted: "width")
        /// `transform`.
        public static let transform = Property(trusted: "transform")
        /// `animation-delay`.
        public static let animationDelay = Property(trusted: "animation-delay")
        /// `animation-duration`.
        public static let animationDuration = Property(trusted: "animation-duration")

        /// The custom property `--name`; the name has letters, digits and hyphens.
        public static func custom(_ name: StaticString) -> Property {
            Property(trusted: "--\(name)")
        }

        package static let allowed: Set<String> = [
            "color", "background-color", "opacity", "width", "height", "left", "top", "right", "bottom", "transform",
            "flex", "order", "text-align", "font-weight", "font-size", "animation-delay", "animation-duration",
            "stroke-dashoffset", "display", "visibility",
        ]

        private static func isCustom(_ text: String) -> Bool {
            guard text.hasPrefix("--"), text.utf8.count > 2, text.utf8.count <= 64 else { return false }
            return text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == "_")
            }
        }
    }
}
