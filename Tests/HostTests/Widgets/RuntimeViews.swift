import Testing
import WidgetAPI

@testable import Host

extension RuntimeHouse {
    /// Takes every widget off the streamer's layout.
    func clearLayout() async throws {
        try await changeLayout { $0.widgets = [] }
    }
}

extension TenantRuntime {
    /// What a widget of that type shows to pages, texts joined by spaces.
    func text(of type: String) -> String {
        guard let widget = stages.flatMap(\.widgets).first(where: { $0.placed.type == type }) else { return "" }
        return Self.texts(widget.view.children, of: type).joined(separator: " ")
    }

    /// A page says that it shows the alert on screen.
    func sayShown(by ticket: AudienceTicket) {
        for widget in widgets {
            guard let place = widget.instance?.alerts?.current else { continue }
            acknowledge(place, widget.placed.id, for: ticket)
        }
    }

    /// Of every alert queue, whether it is paused.
    var pauses: [Bool] { widgets.compactMap { $0.instance?.alerts?.isPaused } }

    func rev(of type: String) -> Int64 {
        stages.flatMap(\.widgets).first { $0.placed.type == type }?.rev ?? 0
    }

    /// Of chat only what was written, without names and marks.
    private static func texts(_ nodes: [Node], of type: String) -> [String] {
        nodes.flatMap { node -> [String] in
            switch node {
            case .text(let text): return type == "chat" ? [] : [text]
            case .element(let element):
                if type == "chat", element.class == "text" { return [plain(element.children)] }
                return texts(element.children, of: type)
            }
        }
    }

    private static func plain(_ nodes: [Node]) -> String {
        nodes.map { node in
            switch node {
            case .text(let text): text
            case .element(let element): plain(element.children)
            }
        }.joined()
    }
}
