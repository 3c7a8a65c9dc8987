import WidgetConformance

extension LastWords {
    /// What somebody could get wrong in a widget.
    enum Flaw: String, CaseIterable, Sendable {
        case silentManifest, foreignStyle
        case countsDraws
        case forgetfulState, endlessState
        case tooManyNodes, twinKeys, foreignPicture, secretTimer
        case looseText
        case deafToModerators
        case defaultOutOfRange, untitledSetting
        case restlessSettings
        case invalidMigration
        case blankSamples
        case anyLength, unknownEventCounts

        /// The rule that finds it out.
        var rule: ConformanceRule {
            switch self {
            case .silentManifest, .foreignStyle: .manifest
            case .countsDraws: .determinism
            case .forgetfulState, .endlessState: .survival
            case .tooManyNodes, .twinKeys, .foreignPicture, .secretTimer: .limits
            case .looseText: .sources
            case .deafToModerators: .moderation
            case .defaultOutOfRange, .untitledSetting: .settings
            case .restlessSettings: .liveSettings
            case .invalidMigration: .migration
            case .blankSamples: .samples
            case .anyLength, .unknownEventCounts: .strangeEvents
            }
        }

        /// Words of the complaint, so that it is found out for this and for nothing else.
        var complaint: String {
            switch self {
            case .silentManifest: "says nothing of itself"
            case .foreignStyle: "url("
            case .countsDraws: "a second run differs"
            case .forgetfulState: "goes on otherwise after a crash"
            case .endlessState: "its state has"
            case .tooManyNodes: "nodes"
            case .twinKeys: "have one key"
            case .foreignPicture: "is not of this host"
            case .secretTimer: "without the permission for timers"
            case .looseText: "stands in no node that names its event"
            case .deafToModerators: "on screen at once"
            case .defaultOutOfRange: "its own defaults are refused"
            case .untitledSetting: "lines has no title"
            case .restlessSettings: "its state has"
            case .invalidMigration: "lines: 99 given"
            case .blankSamples: "its samples show nothing"
            case .anyLength: "its state has"
            case .unknownEventCounts: "the unknown event chat:unknown changes it"
            }
        }
    }
}
