import WidgetAPI

/// What every widget must keep, whoever wrote it.
package enum ConformanceRule: String, CaseIterable, Sendable {
    /// What it says of itself is complete, and its style sheet loads nothing.
    case manifest
    /// The same settings and the same log always give the same bytes.
    case determinism
    /// After any event its state can be read back from JSON, is small, and goes on as if nothing had happened.
    case survival
    /// Its pictures are within the limits, and it asks for nothing that its manifest does not allow.
    case limits
    /// Whatever viewers wrote stands inside a node that names an event, so that the host can take it away.
    case sources
    /// What a moderator removes leaves, and does not come back.
    case moderation
    /// Settings are taken up to their ends and no further, and every refusal says what is wanted.
    case settings
    /// Any setting may change at any moment of a running widget.
    case liveSettings
    /// What an older version has kept becomes valid settings, and its state is read or refused.
    case migration
    /// Its samples show something.
    case samples
    /// No event, however strange, does harm; one of an unknown type changes nothing.
    case strangeEvents
}

/// A widget before the rules.
///
/// What it breaks is said in words and not expected, so that a test can also ask whether a bad widget is found out.
struct Conformance<W: Widget> {
    let widget: W
    let earlier: [EarlierRelease]

    init(_ widget: W, earlier: [EarlierRelease] = []) {
        self.widget = widget
        self.earlier = earlier
    }

    /// Everything that breaks the rule, in words; a few words are enough.
    func breaches(of rule: ConformanceRule) -> [String] {
        let found =
            switch rule {
            case .manifest: manifestBreaches()
            case .determinism: determinismBreaches()
            case .survival: survivalBreaches()
            case .limits: limitsBreaches()
            case .sources: sourcesBreaches()
            case .moderation: moderationBreaches()
            case .settings: settingsBreaches()
            case .liveSettings: liveSettingsBreaches()
            case .migration: migrationBreaches()
            case .samples: samplesBreaches()
            case .strangeEvents: strangeEventsBreaches()
            }
        return Array(found.prefix(5))
    }

    var schema: ConfigSchema { widget.manifest.configSchema }

    /// What is wrong with the widget as it stands: its state, its picture, its wishes.
    func faults(of stage: WidgetStage<W>, _ place: String) -> [String] {
        var faults = ViewMeasure(stage.view).faults + stage.refusals
        let bytes = stage.state.json.text.utf8.count
        if bytes >= 64 * 1024 { faults.append("its state has \(bytes) bytes") }
        if stage.revived() == nil { faults.append("its state cannot be read back") }
        return faults.map { "\(place): \($0)" }
    }
}

/// Whether a widget keeps a rule; for those of which only the protocol is known.
package func breaches(of rule: ConformanceRule, by widget: some Widget, earlier: [EarlierRelease] = []) -> [String] {
    Conformance(widget, earlier: earlier).breaches(of: rule)
}
