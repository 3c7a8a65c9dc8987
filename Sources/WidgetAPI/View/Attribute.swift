/// An attribute of an element, from the allow-list.
///
/// ```swift
/// let bar = Node.element(.progress, attributes: [.init(.value, "68"), .init(.maximum, "100")])
/// ```
public struct Attribute: Sendable, Equatable {
    /// The name, of the allow-list.
    public let name: Name
    /// The value, as written in the page.
    public let value: String

    /// An attribute of that name and value.
    public init(_ name: Name, _ value: String) {
        self.name = name
        self.value = value
    }

    /// The name of an attribute that may stand in a view.
    public struct Name: Sendable, Hashable, CustomStringConvertible {
        /// The name as written in the page.
        public let text: String

        private init(trusted text: String) {
            self.text = text
        }

        /// A name of the allow-list, or `nil`.
        ///
        /// `aria-` and `data-` names have lower-case letters, digits and hyphens.
        public init?(_ text: String) {
            guard Self.allowed.contains(text) || Self.isPrefixed(text) else { return nil }
            self.text = text
        }

        /// The name.
        public var description: String { text }

        /// Written as `title`.
        public static let title = Name(trusted: "title")
        /// `alt`.
        public static let alternative = Name(trusted: "alt")
        /// `dir`.
        public static let direction = Name(trusted: "dir")
        /// `role`.
        public static let role = Name(trusted: "role")
        /// `value`.
        public static let value = Name(trusted: "value")
        /// `max`.
        public static let maximum = Name(trusted: "max")
        /// `src`, of images only: an `/img/…` path from an event or a `/files/…` path from a setting.
        public static let source = Name(trusted: "src")
        /// Written as `datetime`.
        public static let dateTime = Name(trusted: "datetime")
        /// `viewBox`.
        public static let viewBox = Name(trusted: "viewBox")
        /// `d`.
        public static let pathData = Name(trusted: "d")
        /// `data-exit`: the node may play its exit animation, at most 600 ms, before the page removes it.
        public static let exit = Name(trusted: "data-exit")

        /// `data-alert`: this node is the alert of the event at that place in the log.
        ///
        /// The page tells the host when it has shown it and when it is gone, so that no alert is shown twice.
        public static let alert = Name(trusted: "data-alert")

        /// A `data-` attribute of the widget's own; lower-case letters, digits and hyphens.
        public static func data(_ suffix: String) -> Name? {
            Name("data-\(suffix)")
        }

        package static let allowed: Set<String> = [
            "title", "alt", "dir", "lang", "role", "value", "max", "min", "width", "height", "datetime", "src",
            "viewBox", "d", "cx", "cy", "r", "x", "y", "x1", "y1", "x2", "y2", "rx", "ry", "fill", "stroke",
            "stroke-width", "stroke-linecap", "stroke-dasharray", "stroke-dashoffset", "transform", "text-anchor",
            "preserveAspectRatio",
        ]

        private static func isPrefixed(_ text: String) -> Bool {
            guard text.hasPrefix("aria-") || text.hasPrefix("data-"), text.utf8.count > 5 else { return false }
            return text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
        }
    }
}
