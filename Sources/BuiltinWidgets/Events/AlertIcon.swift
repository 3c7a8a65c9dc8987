import WidgetAPI

extension AlertKind {
    /// A sign of our own, drawn in strokes on a field of 24×24; the style sheet gives it its colour.
    var icon: Node {
        .element(
            .svg,
            class: "icon",
            attributes: [.init(.viewBox, "0 0 24 24")],
            .element(.path, attributes: [.init(.pathData, strokes)])
        )
    }

    private var strokes: String {
        switch self {
        case .follow:
            "M12 20.5C5.5 16.5 3 13 3 9.2A4.7 4.7 0 0 1 12 7.5a4.7 4.7 0 0 1 9 1.7c0 3.8-2.5 7.3-9 11.3z"
        case .sub: "M12 3l2.8 5.8 6.2.9-4.5 4.4 1.1 6.3L12 17.4l-5.6 3 1.1-6.3L3 9.7l6.2-.9z"
        case .renewal: "M4 11a8 8 0 0 1 14-4.5L20.5 9M20.5 4v5h-5M20 13a8 8 0 0 1-14 4.5L3.5 15M3.5 20v-5h5"
        case .gift, .giftBomb:
            "M3.5 8h17v4h-17zM5 12h14v8.5H5zM12 8v12.5M12 8C9 8 6.5 7.5 6.5 5.5S10.5 2.5 12 8"
                + "c1.5-5.5 5.5-4.5 5.5-2.5S15 8 12 8"
        case .tip:
            "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18zM15 9.3C14.5 8.3 13.4 7.7 12 7.7c-1.7 0-3 .8-3 2.1 0 3 6 1.5 6 4.5"
                + " 0 1.3-1.3 2.1-3 2.1-1.4 0-2.5-.6-3-1.6M12 6v1.7M12 16.4V18"
        case .bits: "M12 2.5L19 12l-7 9.5L5 12zM5 12h14M12 2.5V12"
        case .kicks: "M13.5 2.5L4.5 14h6.5l-.5 7.5 9-11.5H13z"
        case .raid:
            "M9 4a3.7 3.7 0 1 0 0 7.4A3.7 3.7 0 1 0 9 4zM2 20c0-3.5 3-6 7-6s7 2.5 7 6M16 4.3a3.7 3.7 0 0 1 0 6.8"
                + "M18 14.3c2.5.8 4 2.9 4 5.7"
        case .redemption: "M12 3l2.2 6.8L21 12l-6.8 2.2L12 21l-2.2-6.8L3 12l6.8-2.2z"
        }
    }
}
