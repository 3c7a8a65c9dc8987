import NIOCore
import NIOPosix
import Sandbox
import WidgetAPI

/// Cells in which an author's commands run widgets, without a host around them.
struct TrialCells: Sendable {
    /// What became of a question.
    enum Reply: Sendable {
        case work(CellAnswer.Work)
        case fault(CellAnswer.Fault, closed: Bool)
        case failure(CellFailure)
    }

    private let loop: any EventLoop
    private let zygote: Zygote
    private let tenant: NIOLoopBound<TenantCell>

    /// Starts what makes cells; the widgets may be anybody's, so the wall must stand as it must for a host.
    static func open(_ level: SandboxLevel) async throws -> TrialCells {
        let zygote: Zygote
        do {
            zygote = try await Zygote.start()
        } catch {
            throw CommandFailure(.unavailable, "the widget cannot be run: \(error)")
        }
        let missing = Zygote.Layers.wall.subtracting(zygote.layers)
        guard missing.isEmpty || level == .reduced else {
            zygote.close()
            throw CommandFailure(
                .unavailable,
                "SANDBOX_LEVEL: full seen, but this machine has no \(missing); reduced wanted to run the widget anyway"
            )
        }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let tenant = try await loop.submit {
            NIOLoopBound(TenantCell(zygote, on: loop), eventLoop: loop)
        }.get()
        let cells = TrialCells(loop: loop, zygote: zygote, tenant: tenant)
        if let failure = await cells.obstacle() {
            cells.close()
            throw CommandFailure(.unavailable, "the widget cannot be run: \(failure)")
        }
        return cells
    }

    func close() {
        let (tenant, zygote) = (tenant, zygote)
        loop.execute {
            tenant.value.close()
            zygote.close()
        }
    }

    /// One more widget; pictures of its package keep the paths they have there.
    func makeWidget() async -> CellWidget {
        let tenant = tenant
        return await withCheckedContinuation { continuation in
            loop.execute { continuation.resume(returning: tenant.value.makeWidget(assetsAt: "")) }
        }
    }

    func load(_ widget: CellWidget, _ payload: JSONValue) async -> Reply {
        await ask { cell, answer in cell.load(widget, payload, answer) }
    }

    /// Brings it an event, if there is one, and lets time pass until then; draws it.
    func handle(_ widget: CellWidget, _ events: [JSONValue], until moment: Timestamp) async -> Reply {
        await ask { cell, answer in cell.handle(widget, events, until: moment, answer) }
    }

    func drop(_ widget: CellWidget) {
        let tenant = tenant
        loop.execute { tenant.value.current?.drop(widget) }
    }

    /// What the compiler says of a program, or `nil`.
    func syntaxFault(_ payload: JSONValue) async -> String? {
        let widget = await makeWidget()
        let tenant = tenant
        return await withCheckedContinuation { continuation in
            loop.execute {
                tenant.value.ready { result in
                    guard case .success(let cell) = result else { return continuation.resume(returning: nil) }
                    cell.syntaxFault(widget, payload) { continuation.resume(returning: (try? $0.get()) ?? nil) }
                }
            }
        }
    }

    /// Why there can be no cell, or `nil`.
    private func obstacle() async -> CellFailure? {
        let tenant = tenant
        return await withCheckedContinuation { continuation in
            loop.execute {
                tenant.value.ready { result in
                    if case .failure(let failure) = result {
                        continuation.resume(returning: failure)
                    } else {
                        continuation.resume(returning: nil)
                    }
                }
            }
        }
    }

    private func ask(_ question: @escaping @Sendable (Cell, @escaping Cell.Answered) -> Void) async -> Reply {
        let tenant = tenant
        return await withCheckedContinuation { continuation in
            loop.execute {
                tenant.value.ready { result in
                    switch result {
                    case .failure(let failure): continuation.resume(returning: .failure(failure))
                    case .success(let cell): question(cell) { continuation.resume(returning: Self.reply($0)) }
                    }
                }
            }
        }
    }

    private static func reply(_ outcome: CellAnswer.Outcome) -> Reply {
        switch outcome {
        case .failure(let failure): .failure(failure)
        case .success(.work(let work)): .work(work)
        case .success(.fault(let fault, let closed)): .fault(fault, closed: closed)
        }
    }
}
