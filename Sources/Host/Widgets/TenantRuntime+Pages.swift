import WidgetAPI

extension TenantRuntime {
    /// Takes a page's word for how it fares.
    func note(_ health: PageHealth, of ticket: AudienceTicket) {
        guard let page = pages[ticket.connection] else { return }
        pages[ticket.connection]?.health = health.over(page.health)
    }

    /// Takes a page's word that it has shown an event.
    func noteShown(_ seq: Int64, by ticket: AudienceTicket) {
        guard let page = pages[ticket.connection], seq > 0, seq <= self.seq else { return }
        pages[ticket.connection]?.lastShownSeq = max(seq, page.lastShownSeq ?? seq)
    }

    /// The connected pages, those that have been there longest first.
    func openPages() -> [JSONValue] {
        let owner = speaker.owner { _ in true }?.connection
        return pages.sorted { ($0.value.connectedAt, $0.value.id) < ($1.value.connectedAt, $1.value.id) }
            .map { connection, page in
                page.json(showing: stage(of: page.key)?.layout.id, ownsSound: connection == owner)
            }
    }
}
