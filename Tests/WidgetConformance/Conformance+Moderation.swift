import WidgetAPI

extension Conformance {
    // What has been removed must not come back with the next turn of a rotation or a queue.
    private static var aftermathMilliseconds: Int64 { 20_000 }

    // At which of the steps that show a text its moderation is tried: at once, and when others stand around it.
    private static var trials: Set<Int> { [1, 5, 25] }

    func sourcesBreaches() -> [String] {
        let log = ConformanceLog(seed: 5)
        return setups.flatMap { name, settings in
            var stage = WidgetStage(widget, settings)
            for (index, step) in log.steps.enumerated() {
                stage.take(step)
                let loose = Sightings(of: log, in: stage.view).all.first { $0.sources.isEmpty }
                if let loose { return ["\(name), step \(index): \(loose.text) stands in no node that names its event"] }
            }
            return []
        }
    }

    func moderationBreaches() -> [String] {
        [6, 7].map { ConformanceLog(seed: $0) }.flatMap { log in
            setups.flatMap { name, settings in moderationBreaches(of: log, settings).map { "\(name), \($0)" } }
        }
    }

    /// Now and then it is tried what would be left if somebody on screen was moderated now; and what the log's own
    /// moderation has removed must stay away to its end.
    private func moderationBreaches(of log: ConformanceLog, _ settings: JSONObject) -> [String] {
        var stage = WidgetStage(widget, settings)
        var removed: Set<String> = []
        var timesSeen: [String: Int] = [:]
        for (index, step) in log.steps.enumerated() {
            stage.take(step)
            if case .event(let event) = step {
                removed.formUnion(ModeratorAct(event)?.words(of: log, before: index) ?? [])
            }
            let seen = Set(Sightings(of: log, in: stage.picture).all.map(\.text))
            if let back = seen.intersection(removed).min() { return ["step \(index): \(back) was removed and is seen"] }
            for text in seen { timesSeen[text, default: 0] += 1 }
            let tried = seen.filter { Self.trials.contains(timesSeen[$0] ?? 0) }
            for act in tried.sorted().flatMap({ ModeratorAct.all(against: $0, of: log) }) {
                var fork = stage
                fork.take(act.event)
                let gone = act.words(of: log, before: index + 1)
                for moment in ["at once", "later"] {
                    if let left = act.left(of: gone, log, in: fork.picture) {
                        return ["step \(index): \(act) leaves \(left) on screen \(moment)"]
                    }
                    fork.wait(milliseconds: Self.aftermathMilliseconds)
                }
            }
        }
        return []
    }
}

/// What a moderator does.
private enum ModeratorAct: CustomStringConvertible {
    case delete(messageId: String, platform: String)
    case clear(userId: String?, platform: String)

    init?(_ event: Event) {
        if event.type == .chatDelete, let deletion = ChatDeletion(json: event.payload) {
            self = .delete(messageId: deletion.messageId, platform: event.platform)
        } else if event.type == .chatClear, let clearing = ChatClearing(json: event.payload) {
            self = .clear(userId: clearing.userId, platform: event.platform)
        } else {
            return nil
        }
    }

    /// What a moderator can do about a text on screen.
    static func all(against text: String, of log: ConformanceLog) -> [ModeratorAct] {
        if let person = log.names[text] { return [.clear(userId: person.userId, platform: person.platform)] }
        guard let words = log.words[text] else { return [] }
        var acts: [ModeratorAct] = []
        if let userId = words.userId { acts.append(.clear(userId: userId, platform: words.platform)) }
        guard let messageId = words.messageId else { return acts }
        return acts + [
            .delete(messageId: messageId, platform: words.platform), .clear(userId: nil, platform: words.platform),
        ]
    }

    var event: Event {
        switch self {
        case .delete(let messageId, let platform): TestEvents.deletion(of: messageId, on: platform)
        case .clear(let userId, let platform): TestEvents.clearing(of: userId, on: platform)
        }
    }

    var description: String {
        switch self {
        case .delete(let messageId, _): "the deletion of \(messageId)"
        case .clear(let userId, let platform): "the clearing of \(userId ?? "all") on \(platform)"
        }
    }

    /// What may not be read any more.
    func words(of log: ConformanceLog, before step: Int) -> Set<String> {
        let gone = log.words.filter { _, words in
            guard words.step < step else { return false }
            switch self {
            case .delete(let messageId, let platform):
                return words.platform == platform && words.messageId == messageId
            case .clear(let userId, let platform):
                guard words.platform == platform else { return false }
                return userId.map { $0 == words.userId } ?? (words.messageId != nil)
            }
        }
        return Set(gone.keys)
    }

    /// A text that is seen though it may not be.
    func left(of gone: Set<String>, _ log: ConformanceLog, in picture: View) -> String? {
        Sightings(of: log, in: picture).all.first { text, sources in
            if gone.contains(text) { return true }
            guard case .clear(let userId?, let platform) = self, let person = log.names[text],
                person.platform == platform, person.userId == userId
            else { return false }
            // Somebody else's line that mentions the name is that person's.
            return !sources.contains { log.mentions[$0]?.contains(text) ?? false }
        }?.text
    }
}
