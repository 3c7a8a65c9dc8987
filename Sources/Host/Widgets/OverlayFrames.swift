import WidgetAPI

/// The messages of the host to overlay pages, encoded once each (contract section 3).
struct OverlayFrames {
    let tenant: Tenant.ID
    let epoch: String

    /// Written as `overlay:patch`.
    func patch(_ widget: StageWidget, _ change: StageWidget.Change, seq: Int64, at moment: Timestamp) -> OutboundFrame {
        message("overlay:patch", at: moment) { writer in
            writer.raw("{\"seq\":")
            writer.write(seq)
            writer.raw(",\"widgetId\":")
            writer.write(widget.placed.id.text)
            writer.raw(",\"rev\":")
            writer.write(widget.rev)
            switch change {
            case .operations(let operations):
                writer.raw(",\"ops\":")
                writer.write(operations)
            case .whole(let view):
                writer.raw(",\"view\":")
                writer.write(view.children)
            }
            writer.raw("}")
        }
    }

    /// `overlay:snapshot` of these widgets.
    ///
    /// `known` are the pictures that the page already has, by widget; `nil` when it has none of this epoch.
    func snapshot(
        _ stage: Stage,
        _ widgets: [StageWidget],
        seq: Int64,
        known: [String: Int64]?,
        at moment: Timestamp
    ) -> OutboundFrame {
        message("overlay:snapshot", at: moment) { writer in
            writer.raw("{\"epoch\":")
            writer.write(epoch)
            writer.raw(",\"seq\":")
            writer.write(seq)
            writer.raw(",\"resumed\":")
            writer.write(.bool(known != nil))
            writer.raw(",\"layout\":")
            writer.write([
                "id": .string(stage.layout.id.text), "version": .integer(stage.layout.version),
                "mode": .string(stage.layout.mode.rawValue),
                "grid": [
                    "columns": .integer(stage.layout.grid.columns), "rows": .integer(stage.layout.grid.rows),
                    "gap": .integer(stage.layout.grid.gap),
                ],
            ])
            writer.raw(",\"theme\":")
            writer.write(.object(stage.theme.cssVariables))
            writer.raw(",\"widgets\":[")
            for (index, widget) in widgets.enumerated() {
                if index > 0 { writer.raw(",") }
                write(widget, isKnown: known?[widget.placed.id.text] == widget.rev, into: &writer)
            }
            writer.raw("]}")
        }
    }

    /// Written as `overlay:update`; the snapshot of the changed layout follows it.
    func update(_ stage: Stage, at moment: Timestamp) -> OutboundFrame {
        message("overlay:update", at: moment) { writer in
            writer.write(["layoutId": .string(stage.layout.id.text), "version": .integer(stage.layout.version)])
        }
    }

    /// Written as `overlay:effect`.
    func effect(_ sound: Sound, id: String, url: String, of widget: StageWidget, at moment: Timestamp) -> OutboundFrame
    {
        message("overlay:effect", at: moment) { writer in
            writer.write([
                "id": .string(id), "widgetId": .string(widget.placed.id.text), "kind": "sound", "url": .string(url),
                "volume": .number(sound.volume), "until": .string(sound.until.iso8601),
            ])
        }
    }

    /// A row of the log for a dashboard: the event's own type, the whole envelope as payload.
    func event(_ event: Event, at moment: Timestamp) -> OutboundFrame {
        message(event.type.name, at: moment) { EventEnvelope.write(event, of: tenant, into: &$0) }
    }

    /// Written as `events:ready`.
    func eventsReady(lastSeq: Int64, at moment: Timestamp) -> OutboundFrame {
        message("events:ready", at: moment) { $0.write(["lastSeq": .integer(lastSeq)]) }
    }

    private func write(_ widget: StageWidget, isKnown: Bool, into writer: inout JSONWriter) {
        let position = widget.placed.position
        writer.raw("{\"widgetId\":")
        writer.write(widget.placed.id.text)
        writer.raw(",\"type\":")
        writer.write(widget.placed.type)
        writer.raw(",\"position\":")
        writer.write([
            "x": .integer(position.x), "y": .integer(position.y), "width": .integer(position.width),
            "height": .integer(position.height),
        ])
        writer.raw(",\"zIndex\":")
        writer.write(widget.placed.zIndex)
        writer.raw(",\"css\":")
        writer.write(widget.instance?.styleSheet ?? "")
        writer.raw(",\"rev\":")
        writer.write(widget.rev)
        if !isKnown {
            writer.raw(",\"view\":")
            writer.write(widget.view.children)
        }
        writer.raw("}")
    }

    private func message(
        _ type: String,
        at moment: Timestamp,
        payload: (inout JSONWriter) -> Void
    ) -> OutboundFrame {
        ServerMessage.frame(type, tenant: tenant, at: moment, payload: payload)
    }
}
