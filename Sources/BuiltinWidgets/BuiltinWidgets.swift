import WidgetAPI

/// The widgets that come with the host.
///
/// They see nothing but WidgetAPI, exactly like a widget that somebody else wrote.
package enum BuiltinWidgets {
    /// One of each type, in the order of the catalogue.
    package static let all: [any Widget] = [ChatWidget(), EventsWidget(), GoalsWidget(), TipsWidget()]
}
