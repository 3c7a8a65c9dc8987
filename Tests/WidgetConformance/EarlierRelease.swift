import WidgetAPI

/// What an earlier version of a widget may have left in a database.
package struct EarlierRelease: Sendable {
    package let version: String
    /// Values that its settings took, from the least to the most; the usual one is among them.
    package let settings: [(name: String, values: [JSONValue])]
    /// States that it wrote.
    package let states: [JSONValue]

    package init(version: String, settings: [(name: String, values: [JSONValue])], states: [JSONValue]) {
        (self.version, self.settings, self.states) = (version, settings, states)
    }
}
