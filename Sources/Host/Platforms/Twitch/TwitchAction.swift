/// What somebody says with `/me`: both ways on which chat comes wrap it as IRC does.
///
/// EventSub has no field for it, and its fragments are not wrapped.
/// https://github.com/navarr/multi-stream-chat/issues/22
enum TwitchAction {
    private static let mark = "\u{1}ACTION "

    /// What a `/me` says, or `nil` for a plain line.
    static func text(in text: String) -> String? {
        guard text.utf8.starts(with: mark.utf8) else { return nil }
        var said = text.utf8.dropFirst(mark.utf8.count)
        if said.last == 1 { said.removeLast() }
        return String(Substring(said))
    }
}
