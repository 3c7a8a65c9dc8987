import WidgetAPI

/// What a streamer wants a layout to be: the body of a PUT, checked.
struct LayoutEdit {
    /// Widgets on one layout (FR7.6).
    static let widgetsLimit = 10
    private static let layerRange: ClosedRange<Int64> = -1000...1000

    private let members: InputMembers

    init(_ members: InputMembers) {
        self.members = members
    }

    /// The version the streamer has seen; somebody who has seen an older one must look again.
    func version() throws(InputError) -> Int64 {
        try members.required("version") { name throws(InputError) in try members.integer(name, 1...Int64.max) }
    }

    /// The layout as it will be; what is absent stays as it is.
    ///
    /// A widget with an id of this layout is kept, one without is new, one that is absent goes.
    func applied(to layout: Layout, _ catalogue: WidgetCatalogue) throws -> Layout {
        try members.expectOnly("name", "mode", "grid", "themeId", "widgets", "version")
        var layout = layout
        layout.name = try members.text("name", 1...80) ?? layout.name
        layout.mode = try members.choice("mode", Layout.Mode.self) ?? layout.mode
        if let grid = try members.object("grid") {
            try grid.expectOnly("columns", "rows", "gap")
            layout.grid.columns = try grid.integer("columns", 1...24) ?? layout.grid.columns
            layout.grid.rows = try grid.integer("rows", 1...20) ?? layout.grid.rows
            layout.grid.gap = try grid.integer("gap", 0...32) ?? layout.grid.gap
        }
        if let themeId = try members.text("themeId", 1...64) { layout.themeId = Identifier(themeId) }
        if let widgets = try members.list("widgets") {
            layout.widgets = try widgets.map { try Self.widget($0, of: layout, catalogue) }
            let ids = layout.widgets.map(\.id).filter { !$0.text.isEmpty }
            guard Set(ids).count == ids.count else { throw LayoutError.repeatedWidget }
        }
        try layout.checkPlaces()
        return layout
    }

    private static func widget(
        _ members: InputMembers,
        of layout: Layout,
        _ catalogue: WidgetCatalogue
    ) throws -> PlacedWidget {
        guard let id = try members.text("id", 1...64) else {
            return try WidgetEdit(members).new(on: layout, catalogue)
        }
        guard let widget = layout.widgets.first(where: { $0.id.text == id }) else {
            throw LayoutError.unknownWidget(id)
        }
        return try WidgetEdit(members).applied(to: widget, catalogue)
    }

    /// What a streamer wants one widget to be.
    struct WidgetEdit {
        private let members: InputMembers

        init(_ members: InputMembers) {
            self.members = members
        }

        /// The widget as it will be; a config is replaced whole, whatever else is absent stays.
        func applied(to widget: PlacedWidget, _ catalogue: WidgetCatalogue) throws -> PlacedWidget {
            try members.expectOnly(
                "id",
                "layoutId",
                "type",
                "config",
                "position",
                "zIndex",
                "visible",
                "locked"
            )
            var widget = widget
            if let type = try members.text("type", 1...64), type != widget.type {
                let wanted = "\(widget.type), because a widget keeps its type"
                throw InputError(members.name("type"), .string(type), wanted: wanted)
            }
            if let config = members["config"] {
                // A widget whose type is missing keeps its place and its settings as they are (PH9).
                if catalogue.kind(widget.type) != nil || config != widget.settings.config {
                    widget.settings = try Self.settings(config, of: widget.type, members.name("type"), catalogue)
                }
            }
            if let position = try members.object("position") { widget.position = try Self.position(position) }
            widget.zIndex = try members.integer("zIndex", layerRange) ?? widget.zIndex
            widget.visible = try members.flag("visible") ?? widget.visible
            widget.locked = try members.flag("locked") ?? widget.locked
            return widget
        }

        /// A widget that is placed now; without an id until it is stored.
        func new(on layout: Layout, _ catalogue: WidgetCatalogue) throws -> PlacedWidget {
            let type = try members.required("type") { name throws(InputError) in try members.text(name, 1...64) }
            let settings = try Self.settings(members["config"] ?? [:], of: type, members.name("type"), catalogue)
            let size = catalogue.kind(type)?.manifest.defaultSize ?? .init(width: 1, height: 1)
            let place = try members["position"] == nil ? layout.freePlace(for: size) : nil
            let widget = PlacedWidget(
                id: PlacedWidget.ID(""),
                type: type,
                settings: settings,
                position: place ?? .init(x: 0, y: 0, width: 1, height: 1)
            )
            return try applied(to: widget, catalogue)
        }

        private static func settings(
            _ config: JSONValue,
            of type: String,
            _ field: String,
            _ catalogue: WidgetCatalogue
        ) throws -> WidgetSettings {
            guard let kind = catalogue.kind(type) else {
                let wanted = "one of \(catalogue.all.map(\.manifest.id).joined(separator: ", "))"
                throw InputError(field, .string(type), wanted: wanted)
            }
            let chosen = WidgetSettings(version: kind.manifest.version, config: config)
            do throws(ConfigError) {
                let config = try chosen.current(for: kind)
                return WidgetSettings(version: kind.manifest.version, config: .object(config))
            } catch {
                throw LayoutError.settings(error)
            }
        }

        private static func position(_ members: InputMembers) throws(InputError) -> PlacedWidget.Position {
            try members.expectOnly("x", "y", "width", "height")
            func number(_ name: String, _ range: ClosedRange<Int64>) throws(InputError) -> Int64 {
                try members.required(name) { name throws(InputError) in try members.integer(name, range) }
            }
            return PlacedWidget.Position(
                x: try number("x", 0...1919),
                y: try number("y", 0...1079),
                width: try number("width", 1...1920),
                height: try number("height", 1...1080)
            )
        }
    }
}

/// Why a layout cannot be what is wanted.
enum LayoutError: HostFailure, Equatable {
    case stale(current: Int64)
    case tooManyWidgets
    case unknownWidget(String)
    case repeatedWidget
    case outside(type: String, PlacedWidget.Position, columns: Int64, rows: Int64)
    case overlap(type: String, other: String)
    case noFreePlace
    case notYourTheme(Identifier<Theme>)
    case settings(ConfigError)

    var code: FailureCode {
        switch self {
        case .stale, .tooManyWidgets: .conflict
        case .notYourTheme: .notFound
        case .unknownWidget, .repeatedWidget, .outside, .overlap, .noFreePlace, .settings: .validation
        }
    }

    var publicMessage: String {
        switch self {
        case .stale(let current): "The layout has been changed meanwhile; version \(current) is the newest."
        case .tooManyWidgets: "A layout has at most \(LayoutEdit.widgetsLimit) widgets."
        case .unknownWidget(let id): "widgets: \"\(id)\" given, the id of a widget of this layout or none wanted."
        case .repeatedWidget: "widgets: an id stands there twice, each once wanted."
        case .outside(let type, let place, let columns, let rows):
            "\(type): x \(place.x), y \(place.y), width \(place.width), height \(place.height) given, "
                + "a place within \(columns) × \(rows) wanted."
        case .overlap(let type, let other): "\(type) overlaps \(other), places of their own wanted."
        case .noFreePlace: "There is no room for another widget of this size; make some, or say a position."
        case .notYourTheme: "themeId: there is no theme of this id."
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

extension Layout {
    /// The size of a `free` layout's canvas, in pixels.
    private static let canvas = (width: Int64(1920), height: Int64(1080))

    /// Refuses what does not fit on the canvas, in a grid also what overlaps.
    func checkPlaces() throws(LayoutError) {
        guard widgets.count <= LayoutEdit.widgetsLimit else { throw .tooManyWidgets }
        let (columns, rows) = mode == .grid ? (grid.columns, grid.rows) : (Self.canvas.width, Self.canvas.height)
        for (index, widget) in widgets.enumerated() {
            let place = widget.position
            guard place.x + place.width <= columns, place.y + place.height <= rows else {
                throw .outside(type: widget.type, place, columns: columns, rows: rows)
            }
            guard mode == .grid else { continue }
            if let other = widgets[..<index].first(where: { $0.position.overlaps(place) }) {
                throw .overlap(type: widget.type, other: other.type)
            }
        }
    }

    /// The first place, row by row, where a widget of that many cells overlaps nothing.
    func freePlace(for size: WidgetManifest.Size) throws(LayoutError) -> PlacedWidget.Position {
        guard mode == .grid else {
            let cell = (width: Self.canvas.width / 12, height: Self.canvas.height / 9)
            return .init(x: 0, y: 0, width: Int64(size.width) * cell.width, height: Int64(size.height) * cell.height)
        }
        let (width, height) = (min(Int64(size.width), grid.columns), min(Int64(size.height), grid.rows))
        for y in 0...(grid.rows - height) {
            for x in 0...(grid.columns - width) {
                let place = PlacedWidget.Position(x: x, y: y, width: width, height: height)
                if !widgets.contains(where: { $0.position.overlaps(place) }) { return place }
            }
        }
        throw .noFreePlace
    }
}

extension PlacedWidget.Position {
    func overlaps(_ other: Self) -> Bool {
        x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }
}
