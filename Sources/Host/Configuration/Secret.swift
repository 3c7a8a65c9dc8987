/// Text that must never be seen: a token, a client secret.
///
/// Nothing that writes values for people shows it, neither a description nor a dump; who needs the text says
/// ``exposed``, and that is easy to find in a review.
struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself.
    let exposed: String

    init(_ text: String) {
        exposed = text
    }

    var description: String { "<redacted>" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
