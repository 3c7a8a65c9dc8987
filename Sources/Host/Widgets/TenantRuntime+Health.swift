import WidgetAPI

extension TenantRuntime {
    /// How a widget on one of the layouts fares.
    func health(of id: PlacedWidget.ID) async -> HealthResult {
        guard await awaken() else { return .retired }
        guard let widget = widgets.first(where: { $0.placed.id == id }) else { return .unknown }
        return .known(report(widget))
    }

    /// Starts a widget again after it has stopped or is held back, and says how it fares then.
    func restart(_ id: PlacedWidget.ID) async -> HealthResult {
        guard await awaken() else { return .retired }
        guard let widget = widgets.first(where: { $0.placed.id == id }) else { return .unknown }
        widget.instance?.restart()
        progressed()
        return .known(report(widget))
    }

    private func report(_ widget: StageWidget) -> WidgetHealth {
        reportLogs()
        let moment = around.now()
        var health =
            widget.instance.map { $0.report() ?? Self.running(widget, since: moment) }
            ?? Self.missing(widget, at: moment)
        if let refusal = widget.refusal, refusal.at >= health.fault?.at ?? refusal.at {
            health.fault = .init(kind: "rejected", message: "\(refusal.reason)", traceback: "", at: refusal.at)
        }
        health.log = widget.journal.lines
        return health
    }

    /// A widget that nothing holds back: all that can go wrong with it is its picture.
    private static func running(_ widget: StageWidget, since moment: Timestamp) -> WidgetHealth {
        WidgetHealth(state: .running, since: widget.begun ?? moment, fault: nil, budget: JSONObject())
    }

    /// A place on the layout for which there is no program, or none that takes its settings.
    private static func missing(_ widget: StageWidget, at moment: Timestamp) -> WidgetHealth {
        let message = "\"\(widget.placed.type)\" is not offered on this host, or refuses the widget's settings"
        return WidgetHealth(
            state: .stopped,
            since: widget.begun ?? moment,
            fault: .init(kind: "rejected", message: message, traceback: "", at: widget.begun ?? moment),
            budget: JSONObject()
        )
    }
}

/// What became of the question how a widget fares.
enum HealthResult: Sendable {
    case known(WidgetHealth)
    /// There is no such widget on air.
    case unknown
    /// This runtime has gone to sleep for good; ask the directory for the next one.
    case retired
}

/// The streamer's widgets cannot be woken, so nobody knows how they fare.
struct WidgetHealthUnavailable: HostFailure {
    let code = FailureCode.unavailable
    let publicMessage = "How the widget fares cannot be read at the moment."
}
