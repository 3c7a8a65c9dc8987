import WidgetAPI
import WidgetConformance

/// A widget that lives through a story.
struct ReplayRun<W: Widget> {
    private let file: ReplayFile
    private var stage: WidgetStage<W>
    private var effectsSeen = 0
    /// Expectations that failed, each with its line and with what was there instead.
    private(set) var faults: [ReplayFile.Fault] = []

    /// Lives through it, to the end whatever fails.
    init(_ widget: W, _ file: ReplayFile) throws {
        self.file = file
        stage = WidgetStage(widget, try widget.manifest.configSchema.validate(file.config))
        for (line, step) in file.steps {
            switch step {
            case .event(let event, let moment):
                if let moment { stage.wait(milliseconds: max(moment.milliseconds - stage.now.milliseconds, 0)) }
                stage.take(event)
            case .advance(let milliseconds): stage.wait(milliseconds: milliseconds)
            case .expect(let wanted): check(wanted, line)
            }
        }
    }

    private mutating func check(_ wanted: ReplayFile.Expectation, _ line: Int) {
        let measure = ViewMeasure(stage.picture)
        if let texts = wanted.texts {
            let all = measure.texts.joined()
            var rest = all[...]
            for text in texts {
                guard let place = rest.firstRange(of: text) else {
                    note("\"\(text)\" is not to be read where it should be, but \"\(all)\"", line)
                    break
                }
                rest = rest[place.upperBound...]
            }
        }
        if let view = wanted.view, view != measure.json, .array([view]) != measure.json {
            note("another picture: \(measure.json.text)", line)
        }
        guard let wishes = wanted.effects else { return }
        let effects = stage.effects.dropFirst(effectsSeen).compactMap(Self.json)
        effectsSeen = stage.effects.count
        if wishes != effects { note("other effects: \(JSONValue.array(effects).text)", line) }
    }

    private mutating func note(_ reason: String, _ line: Int) {
        faults.append(.init(file: file.name, line: line, reason: reason))
    }

    /// Timers are nobody's business; what they do is seen.
    private static func json(_ effect: Effect) -> JSONValue? {
        switch effect {
        case .startTimer, .cancelTimer: nil
        case .playSound(let sound): ["kind": "sound", "asset": .string(sound.asset), "volume": .number(sound.volume)]
        case .log(let level, let text):
            ["kind": "log", "level": .string(level.rawValue), "text": .string(text)]
        }
    }
}

/// What fails in a story; for widgets of which only the protocol is known.
func faults(of file: ReplayFile, with widget: some Widget) throws -> [ReplayFile.Fault] {
    try ReplayRun(widget, file).faults
}
