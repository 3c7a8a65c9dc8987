import WidgetAPI

extension TenantRuntime {
    /// Sends what widgets want to be heard to the one page that sounds.
    func sendSounds() {
        let moment = around.now()
        for widget in widgets {
            for sound in widget.instance?.takeSounds() ?? [] where sound.until > moment {
                guard let owner = speaker.owner(where: canSound), audiences[owner.key]?.sees(widget) == true,
                    let url = around.soundAddress(sound.asset)
                else { continue }
                soundsSent += 1
                let id = "\(frames.epoch):\(soundsSent)"
                let frame = frames.effect(sound, id: id, url: url, of: widget, at: moment)
                around.hub.send([frame], to: owner.connection)
            }
        }
    }

    /// Whether a page of that view shows a widget that makes sounds.
    private func canSound(_ key: AudienceKey) -> Bool {
        audiences[key]?.widgets.contains { $0.instance?.manifest.permissions.contains(.sound) == true } ?? false
    }

    /// Whether a page owns the sound right now.
    func ownsSound(_ connection: ConnectionHandle) -> Bool {
        speaker.owner(where: canSound)?.connection == connection
    }

    /// Takes a page's word that it has shown an alert, and writes it down once.
    ///
    /// After a crash the log then knows that the alert was seen: it is not shown again. Anybody can open an overlay and
    /// say so, but only of the alert that is on screen, and only once.
    func acknowledge(_ seq: Int64, _ widgetId: PlacedWidget.ID, for ticket: AudienceTicket) {
        guard phase == .awake, case .overlay(let key) = ticket.kind,
            let widget = audiences[key]?.widgets.first(where: { $0.placed.id == widgetId }),
            widget.instance?.alerts?.current == seq, shownAlerts.note(seq, of: widgetId)
        else { return }
        let moment = around.now()
        let draft = EventDraft(
            id: Event.ID(UUIDv7.make(at: moment)),
            type: .alertShown,
            platform: .streamvibes,
            occurredAt: moment,
            payload: ["widgetId": .string(widgetId.text), "seq": .integer(seq)]
        )
        Task {
            do {
                try await self.log.append([draft], in: self.scope)
            } catch {
                self.shownAlerts.forget(widgetId)
            }
        }
    }

    /// What the streamer's alert queue is showing: that of the first widget with one, on the default layout if it can.
    func alertReport() async -> AlertQueueReport? {
        guard await awaken() else { return nil }
        let inOrder = stages.sorted { $0.stage.layout.isDefault && !$1.stage.layout.isDefault }
        return (inOrder.flatMap(\.widgets) + spares.values).lazy.compactMap { $0.instance?.alerts }.first
    }
}
