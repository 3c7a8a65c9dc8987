import NIOCore
import WidgetAPI

/// The one cell of a streamer, started when it is first needed and again when it has died.
///
/// Everything happens on the streamer's event loop.
package final class TenantCell {
    /// Who tells what became of a wish for a cell.
    package typealias Ready = (Result<Cell, CellFailure>) -> Void

    private let zygote: Zygote
    private let loop: any EventLoop
    private var cell: Cell?
    private var waiting: [Ready] = []
    /// Whether it was closed while a cell was on its way.
    private var isUnwanted = false
    private var lastInstance: UInt16 = 0
    /// Grows with every cell: what was loaded into an earlier one is gone.
    package private(set) var generation = 0
    /// What this streamer's widgets may still use of the processor.
    package var share = CPUShare.ofTenant
    /// Whose cell it is; the same at every waking.
    package let owner: String
    /// The clock by which widgets are held back; it never goes backwards.
    package let now: @Sendable () -> Timestamp

    package init(
        _ zygote: Zygote,
        on loop: any EventLoop,
        of owner: String = "",
        now: @escaping @Sendable () -> Timestamp = TenantCell.uptime
    ) {
        self.zygote = zygote
        self.loop = loop
        self.now = now
        self.owner = owner
    }

    /// One more widget; no two have the same number.
    ///
    /// Pictures of its package get their place after the address `assets`.
    package func makeWidget(assetsAt assets: String) -> CellWidget {
        lastInstance &+= 1
        return CellWidget(number: lastInstance, assets: assets)
    }

    /// Hands out the cell, starting one if there is none.
    package func ready(_ body: @escaping Ready) {
        loop.assertInEventLoop()
        if let current { return body(.success(current)) }
        waiting.append(body)
        guard waiting.count == 1 else { return }
        let bound = NIOLoopBound(self, eventLoop: loop)
        zygote.spawn(on: loop) { result in
            let tenant = bound.value
            switch result {
            case .failure(let failure): tenant.started(.failure(failure))
            case .success(let birth):
                Cell.attach(birth, patience: tenant.zygote.patience, on: tenant.loop).whenComplete { result in
                    bound.value.started(result.map(\.value).mapError { .notStarted("\($0)") })
                }
            }
        }
    }

    /// The cell, where there is one that can be asked.
    package var current: Cell? { cell.flatMap { $0.isAlive ? $0 : nil } }

    /// The machine's own clock, for those who keep no other.
    package static let uptime: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000))
    }

    /// Ends the cell; the next wish starts another.
    package func close() {
        cell?.kill(because: .closed)
        cell = nil
        isUnwanted = !waiting.isEmpty
    }

    private func started(_ result: Result<Cell, CellFailure>) {
        let bodies = waiting
        if isUnwanted {
            (waiting, isUnwanted) = ([], false)
            if case .success(let cell) = result { cell.kill(because: .closed) }
            for body in bodies { body(.failure(.closed)) }
            return
        }
        if case .success(let cell) = result {
            self.cell = cell
            generation += 1
        }
        waiting = []
        for body in bodies { body(result) }
    }
}
