import WidgetAPI

/// Where a streamer's widgets stand.
struct Layout: Sendable, Equatable {
    typealias ID = Identifier<Layout>

    /// How places are counted.
    enum Mode: String, Sendable, CaseIterable {
        /// In whole cells; widgets never overlap.
        case grid
        /// In pixels of 1920×1080; `zIndex` decides who is in front.
        case free
    }

    /// Cells of a `grid` layout.
    struct Grid: Sendable, Equatable {
        var columns: Int64 = 12
        var rows: Int64 = 9
        /// Pixels between cells.
        var gap: Int64 = 0
    }

    let id: ID
    var name: String
    var isDefault: Bool
    var mode: Mode
    var grid: Grid
    var themeId: Identifier<Theme>
    var version: Int64
    var createdAt: Timestamp
    var updatedAt: Timestamp
    var widgets: [PlacedWidget]

    /// Characters of a name at most.
    static let nameLimit = 80

    /// The same under another id and as "… (Copy)", with widgets that begin anew.
    func copy(as id: ID) -> Layout {
        let mark = " (Copy)"
        return Layout(
            id: id,
            name: name.prefix(Self.nameLimit - mark.count) + mark,
            isDefault: false,
            mode: mode,
            grid: grid,
            themeId: themeId,
            version: 0,
            createdAt: createdAt,
            updatedAt: updatedAt,
            widgets: widgets.map { widget in
                PlacedWidget(
                    id: PlacedWidget.ID(""),
                    type: widget.type,
                    settings: widget.settings,
                    position: widget.position,
                    zIndex: widget.zIndex,
                    visible: widget.visible,
                    locked: widget.locked
                )
            }
        )
    }
}

/// One widget on a layout.
struct PlacedWidget: Sendable, Equatable {
    typealias ID = Identifier<PlacedWidget>

    /// Cells or pixels, by the layout's mode.
    struct Position: Sendable, Equatable {
        var x: Int64
        var y: Int64
        var width: Int64
        var height: Int64
    }

    var id: ID
    var type: String
    var settings: WidgetSettings
    var position: Position
    var zIndex: Int64
    var visible: Bool
    /// Whether the editor keeps it from being moved by accident.
    var locked: Bool
    /// The place in the log after which this widget began.
    var placedAtSeq: Int64
    /// When that was, where somebody has looked it up in the log.
    var placedAt = Timestamp(milliseconds: 0)
    /// The settings with which it began.
    ///
    /// Every change since then is a row of the log; a replay without a checkpoint takes them one after the other.
    var placedSettings: WidgetSettings

    /// A widget on a layout; without other settings it began with those that it has.
    init(
        id: ID,
        type: String,
        settings: WidgetSettings,
        position: Position,
        zIndex: Int64 = 0,
        visible: Bool = true,
        locked: Bool = false,
        placedAtSeq: Int64 = 0,
        placedSettings: WidgetSettings? = nil
    ) {
        self.id = id
        self.type = type
        self.settings = settings
        self.position = position
        self.zIndex = zIndex
        self.visible = visible
        self.locked = locked
        self.placedAtSeq = placedAtSeq
        self.placedSettings = placedSettings ?? settings
    }
}
