import NIOCore
import Sandbox
import WidgetAPI

/// A streamer with widgets in a cell, without log, pages and checkpoints: what a measurement drives.
///
/// Everything happens on one event loop.
final class BenchTenant {
    /// One widget, drawn as often as it has come further: the host's last check, the patch and its encoding included.
    final class Widget {
        private var instance: any WidgetInstance
        private var view = View()
        private var onDrawn: [() -> Void]
        /// Since ``BenchTenant/Widget/hear(_:_:)``: when the answer was there.
        private(set) var answered = ContinuousClock.now
        private(set) var patchBytes = 0

        fileprivate init(_ kind: LuaKind, number: Int, in cells: TenantCell, _ onDrawn: @escaping () -> Void) throws {
            let placed = PlacedWidget(
                id: PlacedWidget.ID("measured-\(number)"),
                type: kind.manifest.id,
                settings: WidgetSettings(version: kind.manifest.version, config: [:]),
                position: .init(x: 0, y: 0, width: 3, height: 4)
            )
            instance = try kind.start(placed, from: nil, in: cells)
            self.onDrawn = [onDrawn]
            instance.onProgress = { [weak self] in self?.progressed() }
        }

        /// Takes a row; tells when its patch could go out.
        func hear(_ event: Event, _ onDrawn: @escaping () -> Void) {
            self.onDrawn.append(onDrawn)
            instance.apply(event)
            // In the log it stands already; who takes no events must not be waited for.
            if instance.isSettled { progressed() }
        }

        /// The whole picture as JSON.
        var pictureBytes: Int {
            var writer = JSONWriter()
            writer.write(view.children)
            return writer.bytes.count
        }

        private func progressed() {
            guard instance.isSettled, !onDrawn.isEmpty else { return }
            answered = .now
            if instance.isDirty, let next = try? ViewGuard(hidden: []).admit(instance.render()) {
                var writer = JSONWriter(reserving: 512)
                writer.write(ViewDiff.operations(from: view, to: next))
                patchBytes = writer.bytes.count
                view = next
            }
            let drawn = onDrawn
            onDrawn = []
            for body in drawn { body() }
        }
    }

    private let cells: TenantCell
    private(set) var widgets: [Widget] = []
    private lazy var stranger = cells.makeWidget(assetsAt: "")

    init(_ zygote: Zygote, on loop: any EventLoop) {
        cells = TenantCell(zygote, on: loop)
    }

    /// The process of its cell.
    var processId: Int32? { cells.current?.processId }

    /// One more widget; tells when its first picture is drawn.
    func add(_ kind: LuaKind, _ onDrawn: @escaping () -> Void) throws {
        widgets.append(try Widget(kind, number: widgets.count, in: cells, onDrawn))
    }

    /// Several more, one after the other.
    func add(_ kind: LuaKind, count: Int, _ onDrawn: @escaping () -> Void) throws {
        guard count > 0 else { return onDrawn() }
        try add(kind) { [weak self] in try? self?.add(kind, count: count - 1, onDrawn) }
    }

    /// Asks about a widget that the cell does not know: the way there and back, and nothing else.
    func askNothing(_ answered: @escaping () -> Void) {
        cells.current?.handle(stranger, [], until: nil) { _ in answered() }
    }

    func close() {
        cells.close()
    }
}
