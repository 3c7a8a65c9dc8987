/// An id that knows what it names, so that the id of one kind of thing cannot stand for another's.
///
/// ```swift
/// enum Cup {}
/// let id = Identifier<Cup>("01935c7e-…")
/// ```
public struct Identifier<Owner>: Hashable, Sendable, CustomStringConvertible {
    /// The id as text; made by the host (UUIDv7) or by a platform.
    public let text: String

    /// Takes the text as it is.
    public init(_ text: String) {
        self.text = text
    }

    /// The text.
    public var description: String { text }
}
