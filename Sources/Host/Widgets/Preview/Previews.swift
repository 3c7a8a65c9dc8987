import NIOCore
import Synchronization
import WidgetAPI

/// The previews that are open, by streamer.
final class Previews: Sendable {
    /// Previews that a streamer may have at once: an editor, a theme page, and a picker full of moving pictures.
    static let limit = 24

    private let around: TenantRuntime.Surroundings
    private let themes: ThemeStore
    private let open = Mutex<[Tenant.ID: [WidgetPreview]]>([:])

    init(around: TenantRuntime.Surroundings, themes: ThemeStore) {
        (self.around, self.themes) = (around, themes)
    }

    /// Begins one; its page gets the first picture when it is presented.
    ///
    /// - Throws: `PreviewError`, or why storage did not answer.
    func begin(
        _ subject: PreviewSubject,
        on connection: ConnectionHandle,
        _ loop: any EventLoop,
        in scope: TenantScope
    ) async throws -> WidgetPreview {
        let stage = try await subject.stage(in: around.layouts, themes, scope)
        let preview = WidgetPreview(of: subject, around: around, connection: connection, loop: loop, in: scope)
        let isOpen = open.withLock { open in
            guard open[scope.tenant, default: []].count < Self.limit else { return false }
            open[scope.tenant, default: []].append(preview)
            return true
        }
        guard isOpen else { throw PreviewError.tooMany }
        do {
            try await preview.show(stage)
            return preview
        } catch {
            await end(preview)
            throw error
        }
    }

    /// Its page has gone.
    func end(_ preview: WidgetPreview) async {
        open.withLock { open in
            open[preview.scope.tenant]?.removeAll { $0 === preview }
            if open[preview.scope.tenant]?.isEmpty == true { open[preview.scope.tenant] = nil }
        }
        await preview.end()
    }

    /// Shows those who try out a layout how it is by now.
    ///
    /// One that cannot be read stays as it is; the next change tries again.
    func changed(_ id: Layout.ID, in scope: TenantScope) async {
        for preview in open.withLock({ $0[scope.tenant] ?? [] }) where preview.subject == .layout(id) {
            guard let stage = try? await preview.subject.stage(in: around.layouts, themes, scope) else { continue }
            try? await preview.show(stage)
        }
    }
}
