import WidgetAPI

extension User? {
    /// The name on screen; somebody whom the platform hides is called that.
    var shownName: String {
        // 25 characters is the longest name of the platforms; the rest of the allowance is for their future.
        let name = self?.displayName.cut(characters: 40, bytes: 120) ?? ""
        return name.isEmpty ? "Anonymous" : name
    }
}
