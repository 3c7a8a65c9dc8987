import WidgetAPI

extension EventsWidget {
    /// The alert on screen, those that wait, and what came within the last minute.
    package struct State: Equatable, JSONConvertible {
        // State may have 64 KiB; the rest of it is room for what the parts do not weigh to the byte.
        private static let weightLimit = 60_000
        // Names of a bomb's recipients are the first to go, for they are counted anyway.
        private static let weightLimitOfNames = 50_000

        private(set) var isOverlayOpen = false
        private(set) var isPaused = false
        private(set) var shown: ShownAlert?
        /// The alert has gone from the screen, but its exit still plays.
        private(set) var isResting = false
        private(set) var queue = AlertQueue()
        private var gifts = GiftMemory()
        private var subscriptions = SubscriptionMemory()
        /// When the last overlay closed; before the first one there is no such moment.
        private var closedAt: Timestamp?
        /// Alerts that waited too long since then.
        private var expired = 0

        init() {}

        package init?(json: JSONValue) {
            guard let isOverlayOpen = json["isOverlayOpen"]?.boolValue,
                let queue = json["queue"].flatMap(AlertQueue.init(json:)),
                let gifts = json["gifts"].flatMap(GiftMemory.init(json:)),
                let subscriptions = json["subscriptions"].flatMap(SubscriptionMemory.init(json:))
            else { return nil }
            self.isOverlayOpen = isOverlayOpen
            isPaused = json["isPaused"]?.boolValue ?? false
            shown = json["shown"].flatMap(ShownAlert.init(json:))
            isResting = json["isResting"]?.boolValue ?? false
            self.queue = queue
            self.gifts = gifts
            self.subscriptions = subscriptions
            closedAt = json["closedAt"]?.integerValue.map(Timestamp.init(milliseconds:))
            expired = json["expired"]?.integerValue.map(Int.init) ?? 0
        }

        package var json: JSONValue {
            [
                "isOverlayOpen": .bool(isOverlayOpen), "isPaused": .bool(isPaused), "shown": shown?.json ?? .null,
                "isResting": .bool(isResting), "queue": queue.json, "gifts": gifts.json,
                "subscriptions": subscriptions.json,
                "closedAt": closedAt.map { .integer($0.milliseconds) } ?? .null, "expired": .integer(Int64(expired)),
            ]
        }

        // MARK: One at a time

        /// Brings the next alert on screen, if that is free and somebody looks.
        mutating func showNext(_ config: Config, at now: Timestamp) -> ShownAlert? {
            guard isOverlayOpen, !isPaused, shown == nil, !isResting, let next = queue.takeNext() else { return nil }
            shown = ShownAlert(next, config: config, at: now)
            return shown
        }

        /// Takes the alert off the screen, which rests until its exit has played.
        mutating func endShown() {
            guard let shown else { return }
            if let alert = shown.alert { gifts.noteLoose(alert, isFolded: false) }
            self.shown = nil
            isResting = true
        }

        /// The time of what is on screen, or of the rest after it, is over.
        mutating func timeIsUp() {
            if shown == nil { isResting = false } else { endShown() }
        }

        /// Notes that a page has shown the alert of that place.
        mutating func see(_ place: Int64) {
            if shown?.alert?.place == place { shown?.isSeen = true }
        }

        /// Nobody has seen what came on screen a moment before the last page went: it waits for the next one.
        private mutating func putBackUnseen() {
            guard let shown, !shown.isSeen, let alert = shown.alert else { return }
            self.shown = nil
            enqueue(alert)
        }

        /// Notes whether an overlay is there; when one opens it says how many alerts had waited too long.
        mutating func setOverlay(isOpen: Bool, _ config: Config, at now: Timestamp) -> Int {
            let opens = isOpen && !isOverlayOpen
            if opens { expire(config, at: now) }
            if isOverlayOpen, !isOpen {
                closedAt = now
                putBackUnseen()
            }
            isOverlayOpen = isOpen
            defer { if opens { expired = 0 } }
            return opens ? expired : 0
        }

        // MARK: Controls

        /// The alert on screen leaves for good, and no other comes until ``resume()``.
        mutating func pause() {
            isPaused = true
            endShown()
        }

        mutating func resume() {
            isPaused = false
        }

        /// Throws away what waits, counts included; what is on screen stays its time.
        mutating func clear() {
            for alert in queue.remove(where: { _ in true }) { gifts.noteLoose(alert, isFolded: false) }
            queue.removeSummaries { _ in true }
        }

        /// Shows an alert again before all others; one of the same event that still waits is not shown besides.
        mutating func replay(_ alert: Alert) {
            let twins = queue.remove { $0.origin == alert.origin }
            // What has become of the alert since its event: a bomb's names, a shared message.
            let latest = twins.first ?? shown.flatMap(\.alert).flatMap { $0.origin == alert.origin ? $0 : nil }
            var again = latest ?? alert
            again.isReplay = true
            (again.place, again.arrivedAt, again.roll) = (alert.place, alert.arrivedAt, alert.roll)
            enqueue(again)
        }

        /// Drops what waits of kinds that the streamer has turned off; what was asked for again stays.
        mutating func drop(where isOff: (AlertKind) -> Bool) {
            queue.remove { isOff($0.kind) && !$0.isReplay }
            queue.removeSummaries { isOff($0.kind) }
        }

        // MARK: Arrivals

        /// Puts an alert in line, unless it only completes one that is there.
        mutating func take(_ alert: Alert, _ config: Config) {
            if !isOverlayOpen { expire(config, at: alert.arrivedAt) }
            switch alert.kind {
            case .giftBomb: takeBomb(alert)
            case .gift: takeGift(alert)
            case .sub, .renewal: takeSubscription(alert)
            case .follow, .tip, .bits, .kicks, .raid, .redemption: enqueue(alert)
            }
        }

        /// Completes the alert of a subscription that was announced in chat.
        mutating func take(_ notice: SharedNotice) {
            guard let origin = subscriptions.subscription(of: notice) else { return keepWithinLimits() }
            update { if $0.origin == origin { $0.complete(with: notice) } }
            keepWithinLimits()
        }

        private mutating func takeSubscription(_ alert: Alert) {
            if let origin = subscriptions.earlier(of: alert) {
                update { if $0.origin == origin { $0.complete(with: alert) } }
                keepWithinLimits()
            } else {
                var alert = alert
                if let notice = subscriptions.takeNotice(for: alert) { alert.complete(with: notice) }
                enqueue(alert)
            }
        }

        private mutating func takeGift(_ alert: Alert) {
            guard let origin = gifts.takeFromBomb(alert) else { return enqueue(alert) }
            guard weight < Self.weightLimitOfNames, let recipient = Alert.Recipient(alert) else { return }
            update { if $0.origin == origin { $0.addRecipient(recipient) } }
        }

        /// A bomb takes in the alerts of its recipients who came before it.
        private mutating func takeBomb(_ alert: Alert) {
            var (alert, bomb) = (alert, GiftBomb(alert))
            let isRecipient = { (gift: Alert) in
                gift.kind == .gift && !gift.isReplay && GiftMemory.isRecent(gift.arrivedAt, at: bomb.arrivedAt)
                    && bomb.mark.matches(GiftMark(gift))
            }
            let onScreen = shown?.alert.flatMap { isRecipient($0) ? $0 : nil }
            let early = ([onScreen].compactMap(\.self) + queue.waiting.filter(isRecipient)).prefix(bomb.missing)
            for gift in early {
                if let recipient = Alert.Recipient(gift) { alert.addRecipient(recipient) }
            }
            bomb.missing -= early.count
            queue.remove { gift in early.contains { $0.origin == gift.origin } && !gift.isReplay }
            if let onScreen {
                endShown()
                gifts.forgetLoose(onScreen)
            }
            queue.unfoldGifts(gifts.claimLoose(for: &bomb), isTest: alert.isTest)
            gifts.remember(bomb)
            enqueue(alert)
        }

        private mutating func enqueue(_ alert: Alert) {
            queue.insert(alert)
            keepWithinLimits()
        }

        // MARK: Moderation

        /// Drops every alert of a user whom a moderator silenced, and the user's name from the others.
        mutating func forget(user id: String, on platform: String) {
            for alert in queue.remove(where: { $0.isBy(id, on: platform) }) { gifts.noteLoose(alert, isFolded: false) }
            if shown?.alert?.isBy(id, on: platform) ?? false { endShown() }
            update { $0.forget(id, on: platform) }
            subscriptions.removeNotices { $0.userId == id && $0.platform == platform }
        }

        /// Drops a text that was deleted from chat; `nil` stands for all of chat.
        mutating func forget(message id: String?, on platform: String) {
            update { $0.forget(message: id, on: platform) }
            subscriptions.removeNotices { $0.platform == platform && (id == nil || $0.messageId == id) }
        }

        /// Drops the alert of an event that was taken back by its own id: a tip that was refunded.
        ///
        /// One that a waiting summary counts is taken out of it; a summary on screen stays as it is.
        mutating func withdraw(_ id: String, on platform: String) {
            let origin = EventOrigin(platform: platform, id: id)
            queue.remove { $0.origin == origin }
            queue.unfoldTip(origin)
            if shown?.alert?.origin == origin { endShown() }
        }

        // MARK: Limits

        private var weight: Int {
            (shown?.alert?.weight ?? 300) + 1200 + queue.weight + gifts.weight + subscriptions.weight
        }

        /// Counts the last alerts instead of keeping them when there are too many, or when they are too long.
        private mutating func keepWithinLimits() {
            while queue.waiting.count > AlertQueue.limit || weight > Self.weightLimit, let alert = queue.foldLast() {
                gifts.noteLoose(alert, isFolded: true)
            }
        }

        private mutating func expire(_ config: Config, at now: Timestamp) {
            guard config.maximumAge > 0 else { return }
            let oldest = now.advanced(byMilliseconds: -config.maximumAge * 60_000)
            // Only the time without an overlay makes an alert too old: a long pause or a full queue does not.
            if let closedAt, closedAt >= oldest { return }
            expired += queue.expire(before: oldest)
        }

        /// Changes the alert on screen and those that wait.
        private mutating func update(_ change: (inout Alert) -> Void) {
            queue.update(change)
            guard var alert = shown?.alert else { return }
            change(&alert)
            if alert != shown?.alert { shown?.alert = alert }
        }
    }
}
