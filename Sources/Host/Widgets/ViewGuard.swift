import WidgetAPI

/// The last check before a picture goes out: hides what moderators removed, cuts long texts, keeps the limits.
struct ViewGuard {
    let hidden: Set<Event.ID>

    /// Why a picture may not be shown.
    enum Refusal: Error, Equatable, CustomStringConvertible {
        case tooManyNodes
        case tooDeep
        case tooLarge
        case unfit(ViewMeasure.Fault)

        var description: String {
            switch self {
            case .tooManyNodes: "the view has more than \(ViewLimits.nodes) nodes"
            case .tooDeep: "the view has more than \(ViewLimits.levels) levels"
            case .tooLarge: "the view has more than \(ViewLimits.viewBytes) bytes"
            case .unfit(let fault): fault.description
            }
        }
    }

    /// The picture as it may be shown.
    func admit(_ view: View) throws(Refusal) -> View {
        let measure = ViewMeasure(of: view.children)
        if let fault = measure.fault { throw .unfit(fault) }
        guard measure.nodes <= ViewLimits.nodes else { throw .tooManyNodes }
        guard measure.levels <= ViewLimits.levels else { throw .tooDeep }
        guard measure.bytes <= ViewLimits.viewBytes else { throw .tooLarge }
        guard mustChange(measure) else { return view }
        return View(children: view.children.compactMap(admitted))
    }

    private func mustChange(_ measure: ViewMeasure) -> Bool {
        measure.hasLongText || measure.hasSource && !hidden.isEmpty
    }

    /// The node as it may be shown, itself wherever it can stay as it is; `nil` when it is hidden.
    private func admitted(_ node: Node) -> Node? {
        switch node {
        case .text(let text):
            return text.utf8.count > ViewLimits.textBytes ? .text(Self.cut(text)) : node
        case .element(let element):
            guard mustChange(element.measure) else { return node }
            if let source = element.source, hidden.contains(source) { return nil }
            let children = element.children.compactMap(admitted)
            guard children != element.children else { return node }
            return .element(
                element.tag,
                key: element.key,
                class: element.class,
                source: element.source,
                style: element.style,
                attributes: element.attributes,
                children: children
            )
        }
    }

    /// Cuts a text at a character so that it fits with "…" at its end.
    static func cut(_ text: String) -> String {
        let room = ViewLimits.textBytes - "…".utf8.count
        var end = text.startIndex
        var bytes = 0
        for index in text.indices {
            bytes += text[index].utf8.count
            guard bytes <= room else { break }
            end = text.index(after: index)
        }
        return text[..<end] + "…"
    }
}
