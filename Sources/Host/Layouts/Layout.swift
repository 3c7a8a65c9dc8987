import WidgetAPI

/// Where a streamer's widgets stand.
struct Layout: Sendable, Equatable {
    typealias ID = Identifier<Layout>

    /// How places are counted.
    enum Mode: String, Sendable {
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
    var widgets: [PlacedWidget]
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

    let id: ID
    var type: String
    var config: JSONValue
    var position: Position
    var zIndex: Int64
    var visible: Bool
    /// The place in the log after which this widget began.
    let placedAtSeq: Int64
}
