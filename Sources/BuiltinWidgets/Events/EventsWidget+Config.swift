import WidgetAPI

/// How an alert comes in and leaves.
enum AlertAnimation: String, CaseIterable {
    case bounce, slide, zoom, fade
}

extension EventsWidget {
    /// Which events become alerts, how they look and sound, and how long they stay.
    package struct Config: WidgetConfig, Equatable {
        /// How much room an alert takes.
        enum Size: String, CaseIterable {
            case compact, standard, large
        }

        /// How large the text is.
        enum FontSize: String, CaseIterable {
            case small, medium, large
        }

        /// Where in its place an alert stands.
        enum Position: String, CaseIterable {
            case top, center, bottom
        }

        /// Where the picture stands.
        enum Layout: String, CaseIterable {
            case above, side, banner
        }

        /// What belongs to alerts of one kind.
        struct Look: Equatable {
            let isOn: Bool
            let template: String
            let image: String
            let sound: String
            /// Per cent of the volume of all alerts.
            let volume: Int64
            /// 0 = as long as all alerts.
            let displaySeconds: Int64
        }

        let isOn: [AlertKind: Bool]
        let looks: [AlertKind: Look]
        let variations: [AlertVariation]
        let minimumTip: Int64
        let minimumBits: Int64
        let minimumKicks: Int64
        let minimumRaiders: Int64
        let displaySeconds: Int64
        /// Minutes that alerts wait for an overlay; 0 = for ever.
        let maximumAge: Int64
        let textDelayMilliseconds: Int64
        let animation: AlertAnimation
        let size: Size
        let fontSize: FontSize
        let position: Position
        let layout: Layout
        let showProfilePictures: Bool
        let showMessage: Bool
        let showAmount: Bool
        let showTier: Bool
        let soundEnabled: Bool
        let soundVolume: Int64

        package init(_ settings: JSONObject) {
            func flag(_ name: String) -> Bool { settings[name]?.boolValue ?? true }
            func text(_ name: String) -> String? { settings[name]?.stringValue }
            func number(_ name: String, _ usual: Int64) -> Int64 { settings[name]?.integerValue ?? usual }
            func word<Word: RawRepresentable<String>>(_ name: String, _ usual: Word) -> Word {
                text(name).flatMap(Word.init(rawValue:)) ?? usual
            }

            isOn = Dictionary(uniqueKeysWithValues: AlertKind.allCases.map { ($0, flag($0.switchName)) })
            looks = Dictionary(
                uniqueKeysWithValues: AlertKind.allCases.map { kind in
                    let look = Look(
                        isOn: flag("\(kind.rawValue)Enabled"),
                        template: text("\(kind.rawValue)Template") ?? kind.usualTemplate,
                        image: text("\(kind.rawValue)Image") ?? "",
                        sound: text("\(kind.rawValue)Sound") ?? "",
                        volume: number("\(kind.rawValue)Volume", 100),
                        displaySeconds: number("\(kind.rawValue)Duration", 0)
                    )
                    return (kind, look)
                }
            )
            variations = settings["variations"]?.arrayValue?.compactMap(AlertVariation.init(json:)) ?? []
            minimumTip = number("minTipAmount", 100)
            minimumBits = number("minBits", 1)
            minimumKicks = number("minKicks", 1)
            minimumRaiders = number("minRaidViewers", 1)
            displaySeconds = number("displayDuration", 5)
            maximumAge = number("maxAge", 60)
            textDelayMilliseconds = number("textDelay", 0)
            animation = word("animation", .fade)
            size = word("size", .standard)
            fontSize = word("fontSize", .medium)
            position = word("position", .center)
            layout = word("layout", .side)
            showProfilePictures = flag("showProfilePictures")
            showMessage = flag("showMessage")
            showAmount = flag("showAmount")
            showTier = flag("showTier")
            soundEnabled = flag("soundEnabled")
            soundVolume = number("soundVolume", 80)
        }

        /// Whether the streamer wants to see alerts of that kind.
        func wants(_ kind: AlertKind) -> Bool { (isOn[kind] ?? true) && (looks[kind]?.isOn ?? true) }

        /// Whether the streamer wants to see that alert.
        func wants(_ alert: Alert) -> Bool {
            guard wants(alert.kind) else { return false }
            switch alert.kind {
            case .tip: return (alert.amount?.minor ?? 0) >= minimumTip
            case .bits: return (alert.amount?.minor ?? 0) >= minimumBits
            case .kicks: return (alert.amount?.minor ?? 0) >= minimumKicks
            case .raid: return (alert.viewers ?? 0) >= minimumRaiders
            case .follow, .sub, .renewal, .gift, .giftBomb, .redemption: return true
            }
        }
    }
}
