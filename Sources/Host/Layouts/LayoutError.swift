import WidgetAPI

/// Why a layout cannot be what is wanted.
enum LayoutError: HostFailure, Equatable {
    case stale(current: Int64)
    case tooManyWidgets
    case tooManyLayouts
    case lastLayout
    case noDraft
    /// An id in a body that is not of this layout.
    case elsewhere(field: String, id: String)
    case repeatedWidget
    case outside(type: String, PlacedWidget.Position, columns: Int64, rows: Int64)
    case overlap(type: String, other: String)
    case noFreePlace
    case settings(ConfigError)
    /// A file of the streamer's, of another kind than the setting takes.
    case wrongFile(field: String, value: String, type: String, wanted: String)

    var code: FailureCode {
        switch self {
        case .stale, .tooManyWidgets, .tooManyLayouts, .lastLayout: .conflict
        case .elsewhere, .noDraft: .notFound
        case .repeatedWidget, .outside, .overlap, .noFreePlace, .settings, .wrongFile: .validation
        }
    }

    var publicMessage: String {
        switch self {
        case .stale(let current): "The layout has been changed meanwhile; version \(current) is the newest."
        case .tooManyWidgets: "A layout has at most \(LayoutEdit.widgetsLimit) widgets."
        case .tooManyLayouts: "You have at most \(LayoutStore.layoutsLimit) layouts; delete one first."
        case .lastLayout: "You must have at least one layout."
        case .noDraft: "This layout has no draft."
        case .wrongFile(let field, let value, let type, let wanted):
            "\(field): \(value), which is \(type), given, \(wanted) wanted."
        case .elsewhere(let field, let id): "\(field): \"\(id)\" given, an id of this layout wanted."
        case .repeatedWidget: "widgets: an id stands there twice, each once wanted."
        case .outside(let type, let place, let columns, let rows):
            "\(type): x \(place.x), y \(place.y), width \(place.width), height \(place.height) given, "
                + "a place within \(columns) × \(rows) wanted."
        case .overlap(let type, let other): "\(type) overlaps \(other), places of their own wanted."
        case .noFreePlace: "There is no room for another widget of this size; make some, or say a position."
        case .settings(let error): "\(error)."
        }
    }

    var details: JSONValue? {
        guard case .settings(let error) = self else { return nil }
        return .array(
            error.refusals.map { ["field": .string($0.field), "value": $0.value, "wanted": .string($0.wanted)] }
        )
    }
}
