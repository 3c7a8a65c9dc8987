import WidgetAPI

extension TenantRuntime {
    /// Sends what widgets want to be heard to the one page that sounds, of those that show the widget.
    func sendSounds() {
        let moment = around.now()
        for widget in widgets {
            for sound in widget.instance?.takeSounds() ?? [] where sound.until > moment {
                guard let owner = speaker.owner(where: { audiences[$0]?.sees(widget) == true }),
                    let url = around.soundAddress(sound.asset)
                else { continue }
                soundsSent += 1
                let id = "\(frames.epoch):\(soundsSent)"
                let frame = frames.effect(sound, id: id, url: url, of: widget, at: moment)
                around.hub.send([frame], to: owner.connection)
            }
        }
    }

    /// Takes a page's word that it has shown an alert, and writes it down once.
    ///
    /// After a crash the log then knows that the alert was seen: it is not shown again. Anybody can open an overlay and
    /// say so, but only of the alert that is on screen, and only once.
    func acknowledge(_ seq: Int64, _ widgetId: PlacedWidget.ID, for ticket: AudienceTicket) {
        noteShown(seq, by: ticket)
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
    func alertReport() async -> AlertReportResult {
        guard await awaken() else { return .retired }
        let inOrder = stages.sorted { $0.stage.layout.isDefault && !$1.stage.layout.isDefault }
        let all = inOrder.flatMap(\.widgets) + spares.values
        return .known(all.lazy.compactMap { $0.instance?.alerts }.first)
    }
}

/// What became of the question what the alerts are doing.
enum AlertReportResult: Sendable {
    /// The answer; `nil` when the streamer has no widget with alerts.
    case known(AlertQueueReport?)
    /// This runtime has gone to sleep for good; ask the directory for the next one.
    case retired
}

/// The streamer's widgets cannot be woken, so nobody knows which alerts wait.
struct AlertsUnavailable: HostFailure {
    let code = FailureCode.unavailable
    let publicMessage = "The alerts cannot be read at the moment."
}
