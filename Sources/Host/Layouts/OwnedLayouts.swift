import WidgetAPI

/// A streamer's layouts as requests name them: found, or refused as somebody else's, and changed all or nothing.
struct OwnedLayouts: Sendable {
    let store: LayoutStore
    let catalogue: WidgetCatalogue
    let objects: ObjectDirectory
    let log: EventLog
    let previews: Previews
    let now: @Sendable () -> Timestamp

    func all(in scope: TenantScope) async throws -> [Layout] {
        try await store.stages(in: scope).map(\.layout)
    }

    /// The layout of that id, the default one without an id.
    func layout(_ id: String?, in scope: TenantScope) async throws -> Layout {
        let all = try await all(in: scope)
        guard let id else {
            guard let layout = all.first(where: \.isDefault) else { throw ObjectError.unknown }
            return layout
        }
        if let layout = all.first(where: { $0.id.text == id }) { return layout }
        throw try await objects.refusal(of: id, in: scope)
    }

    /// The widget of that id, and the layout on which it stands.
    func widget(_ id: String, in scope: TenantScope) async throws -> (PlacedWidget, Layout) {
        for layout in try await all(in: scope) {
            if let widget = layout.widgets.first(where: { $0.id.text == id }) { return (widget, layout) }
        }
        throw try await objects.refusal(of: id, in: scope)
    }

    /// What a change sees: the layout as it is at that moment, and its draft.
    struct Before {
        let layout: Layout
        let draft: Layout?
    }

    /// Changes a layout as it is at that moment, with what follows for the log, in one transaction.
    ///
    /// With `publishing` its draft is gone afterwards.
    func change(
        _ id: Layout.ID,
        seen version: Int64? = nil,
        publishing: Bool = false,
        in scope: TenantScope,
        _ edit: @escaping @Sendable (Before) throws -> Layout
    ) async throws {
        let (tenant, moment) = (scope.tenant, now())
        try await append(in: scope) { sql in
            guard let layout = try LayoutStore.layout(id, of: tenant, sql: sql) else { throw ObjectError.unknown }
            let before = Before(layout: layout, draft: try LayoutStore.draft(of: layout, tenant, sql: sql))
            let after = try edit(before)
            try check(after, over: before, seen: version, of: tenant, sql: sql)
            if publishing { try LayoutStore.removeDraft(of: id, tenant, sql: sql) }
            return try LayoutStore.save(after, over: layout, of: tenant, at: moment, sql: sql)
        }
        await previews.changed(id, in: scope)
    }

    /// Changes a layout's draft; nothing goes on air.
    func changeDraft(
        of id: Layout.ID,
        seen version: Int64,
        in scope: TenantScope,
        _ edit: @escaping @Sendable (Before) throws -> Layout
    ) async throws {
        let (tenant, moment) = (scope.tenant, now())
        try await append(in: scope) { sql in
            guard let layout = try LayoutStore.layout(id, of: tenant, sql: sql) else { throw ObjectError.unknown }
            let before = Before(layout: layout, draft: try LayoutStore.draft(of: layout, tenant, sql: sql))
            var after = try edit(before)
            try check(after, over: before, seen: version, of: tenant, sql: sql)
            after.version = version
            try LayoutStore.saveDraft(after, of: tenant, at: moment, sql: sql)
            return []
        }
        await previews.changed(id, in: scope)
    }

    /// Adds a layout that fits.
    func add(_ layout: Layout, in scope: TenantScope) async throws {
        let (tenant, moment) = (scope.tenant, now())
        try await append(in: scope) { sql in
            try check(layout, over: Before(layout: layout.emptied, draft: nil), seen: nil, of: tenant, sql: sql)
            return try LayoutStore.add(layout, of: tenant, at: moment, sql: sql)
        }
    }

    /// Does something to a layout as it is at that moment.
    func manage(
        _ id: Layout.ID,
        in scope: TenantScope,
        _ step: @escaping @Sendable (Layout, Tenant.ID, Timestamp, any SQLSession) throws -> [EventDraft]
    ) async throws {
        let (tenant, moment) = (scope.tenant, now())
        try await append(in: scope) { sql in
            guard let layout = try LayoutStore.layout(id, of: tenant, sql: sql) else { throw ObjectError.unknown }
            return try step(layout, tenant, moment, sql)
        }
        await previews.changed(id, in: scope)
    }

    /// The order of the checks is the contract's: what does not fit, ids of others, conflicts.
    private func check(
        _ after: Layout,
        over before: Before,
        seen version: Int64?,
        of tenant: Tenant.ID,
        sql: any SQLSession
    ) throws {
        try after.checkPlaces()
        guard try LayoutStore.hasTheme(after.themeId, of: tenant, sql: sql) else {
            throw LayoutError.elsewhere(field: "themeId", id: after.themeId.text)
        }
        let known = before.layout.widgets + (before.draft?.widgets ?? [])
        try after.checkFiles(over: known, catalogue, of: tenant, sql: sql)
        if let version, version != before.layout.version {
            throw LayoutError.stale(current: before.layout.version)
        }
        guard after.widgets.count <= LayoutEdit.widgetsLimit else { throw LayoutError.tooManyWidgets }
    }

    private func append(
        in scope: TenantScope,
        _ change: @escaping @Sendable (any SQLSession) throws -> [EventDraft]
    ) async throws {
        do {
            try await log.append(in: scope, after: change)
        } catch LayoutError.elsewhere(let field, let id) {
            let own = try await all(in: scope).flatMap { layout in [layout.id.text] + layout.widgets.map(\.id.text) }
            guard own.contains(id) else { throw try await objects.refusal(of: id, in: scope) }
            throw InputError(field, .string(id), wanted: "an id of this layout")
        }
    }
}
