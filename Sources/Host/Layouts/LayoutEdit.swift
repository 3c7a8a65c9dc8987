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
    /// A widget with an id of this layout, or of its draft, is kept, one without is new, one that is absent goes.
    ///
    /// - Throws: `InputError` or `LayoutError` for what does not fit; only when all fits, `LayoutError.elsewhere` for
    ///   an id that is not of this layout.
    func applied(
        to layout: Layout,
        orWith others: [PlacedWidget] = [],
        _ catalogue: WidgetCatalogue
    ) throws -> Layout {
        try members.expectOnly("name", "mode", "grid", "themeId", "widgets", "version")
        var layout = layout
        layout.name = try members.text("name", 1...Layout.nameLimit) ?? layout.name
        layout.mode = try members.choice("mode", Layout.Mode.self) ?? layout.mode
        if let grid = try members.object("grid") {
            try grid.expectOnly("columns", "rows", "gap")
            layout.grid.columns = try grid.integer("columns", 1...24) ?? layout.grid.columns
            layout.grid.rows = try grid.integer("rows", 1...20) ?? layout.grid.rows
            layout.grid.gap = try grid.integer("gap", 0...32) ?? layout.grid.gap
        }
        if let themeId = try members.text("themeId", 1...64) { layout.themeId = Identifier(themeId) }
        if let widgets = try members.list("widgets") { try place(widgets, on: &layout, orWith: others, catalogue) }
        try layout.checkPlaces()
        return layout
    }

    /// Those that say where they stand first, so that the others find free places among all of them.
    private func place(
        _ wanted: [InputMembers],
        on layout: inout Layout,
        orWith others: [PlacedWidget],
        _ catalogue: WidgetCatalogue
    ) throws {
        // Far too many are not looked at one by one.
        guard wanted.count <= 10 * Self.widgetsLimit else { throw LayoutError.tooManyWidgets }
        let before = layout.widgets + others
        var elsewhere: LayoutError?
        var places: [PlacedWidget?] = []
        for members in wanted {
            let (edit, id) = (WidgetEdit(members), try members.text("id", 1...64))
            do {
                try edit.checkLayout(layout.id)
            } catch let error as LayoutError {
                elsewhere = elsewhere ?? error
            }
            if let id, let widget = before.first(where: { $0.id.text == id }) {
                places.append(try edit.applied(to: widget, catalogue))
            } else if let id {
                elsewhere = elsewhere ?? .elsewhere(field: members.name("id"), id: id)
            } else {
                places.append(members["position"] == nil ? nil : try edit.new(on: layout, catalogue))
            }
        }
        if let elsewhere { throw elsewhere }
        for (index, members) in wanted.enumerated() where places[index] == nil {
            layout.widgets = places.compactMap(\.self)
            places[index] = try WidgetEdit(members).new(on: layout, catalogue)
        }
        layout.widgets = places.compactMap(\.self)
        let ids = layout.widgets.map(\.id).filter { !$0.text.isEmpty }
        guard Set(ids).count == ids.count else { throw LayoutError.repeatedWidget }
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

        /// Refuses to move a widget to another layout.
        func checkLayout(_ layoutId: Layout.ID) throws {
            try check("layoutId", is: layoutId.text)
        }

        /// Refuses to become another widget.
        func checkIdentity(_ id: PlacedWidget.ID) throws {
            try check("id", is: id.text)
        }

        private func check(_ field: String, is own: String) throws {
            guard let given = try members.text(field, 1...64), given != own else { return }
            throw LayoutError.elsewhere(field: members.name(field), id: given)
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

extension Layout {
    /// The size of a `free` layout's canvas, in pixels.
    private static let canvas = (width: Int64(1920), height: Int64(1080))

    /// Refuses what does not fit on the canvas, in a grid also what overlaps.
    func checkPlaces() throws(LayoutError) {
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

    /// The same layout without widgets.
    var emptied: Layout {
        var layout = self
        layout.widgets = []
        return layout
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
        // Whoever has as many as there may be needs no room.
        throw widgets.count < LayoutEdit.widgetsLimit ? .noFreePlace : .tooManyWidgets
    }
}

extension PlacedWidget.Position {
    func overlaps(_ other: Self) -> Bool {
        x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }
}
