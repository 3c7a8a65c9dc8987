import Sandbox
import WidgetAPI

/// One widget of a package in a cell, whose events and time come by hand instead of from a log.
///
/// It is given rows as the host gives them: what it did not declare it does not hear of, its timers fire before the
/// event that is not earlier, and what moderators removed leaves its picture.
struct WidgetTrial {
    /// When every trial begins.
    static let beginning = Timestamp(milliseconds: 1_795_284_000_000)
    /// The widget's id in its row: its dice fall the same in every trial.
    private static let id = PlacedWidget.ID("trial")
    /// How often a cell is asked that did not answer in time: a loop has its own limit, so the machine was busy.
    private static let attemptsLimit = 3

    /// What went wrong inside the widget.
    struct Fault: Hashable {
        let message: String
        /// Where, in Lua's words; empty where nobody knows.
        let traceback: String
    }

    let package: WidgetPackage
    let config: JSONObject
    private let language: String
    private let cells: TrialCells
    private let widget: CellWidget
    private let kind: LuaKind
    private let rows: WidgetRows
    private var memory = LuaMemory(placedAt: Self.beginning)
    private var ledger = ModerationLedger()
    private var seq: Int64 = 0
    private(set) var now = Self.beginning
    private var drawn = View()
    private var isLoaded = false
    /// Sounds and log lines that nobody has taken yet, as replays write them.
    private var effects: [JSONValue] = []

    init(_ package: WidgetPackage, config: JSONObject, language: String = "en", in cells: TrialCells) async {
        (self.package, self.config, self.language, self.cells) = (package, config, language, cells)
        kind = LuaKind(package)
        rows = WidgetRows(id: Self.id, manifest: package.manifest)
        widget = await cells.makeWidget()
    }

    /// Whether an event of that type reaches the widget at all.
    func hears(of type: EventType) -> Bool {
        package.manifest.events.contains { $0.matches(type) }
    }

    /// The picture as a page would get it, or why no page would.
    func picture() throws(ViewGuard.Refusal) -> View {
        try ViewGuard(hidden: ledger.hidden).admit(drawn)
    }

    mutating func takeEffects() -> [JSONValue] {
        defer { effects = [] }
        return effects
    }

    /// Starts it and has it drawn; every fault of that.
    mutating func start() async -> [Fault] {
        let faults = await load()
        guard faults.isEmpty else { return faults }
        return await bring([])
    }

    /// Brings it the next event, at that moment or now.
    mutating func take(_ draft: EventDraft, at moment: Timestamp? = nil) async -> [Fault] {
        now = max(now, moment ?? now)
        seq += 1
        let event = Event(
            id: draft.id,
            seq: seq,
            type: draft.type,
            platform: draft.platform.rawValue,
            channelId: draft.channelId,
            occurredAt: now,
            receivedAt: now,
            isTest: draft.isTest,
            payload: draft.payload
        )
        let row = rows.given(event, config).map { [LuaMemory.row($0, seed: rows.seed(of: $0))] } ?? []
        let faults = await bring(row)
        // The host's own part comes after the widget's.
        _ = ledger.apply(event)
        return faults
    }

    /// Lets time pass.
    mutating func wait(milliseconds: Int64) async -> [Fault] {
        now = now.advanced(byMilliseconds: milliseconds)
        return await bring([])
    }

    /// Ends it.
    func end() {
        cells.drop(widget)
    }

    // MARK: The cell

    private mutating func load() async -> [Fault] {
        var reply = await cells.load(widget, question)
        for _ in 1..<Self.attemptsLimit {
            guard case .failure(.tooSlow) = reply else { break }
            reply = await cells.load(widget, question)
        }
        if case .work = reply { isLoaded = true }
        return settle(reply)
    }

    /// What the host would ask, in the trial's language.
    private var question: JSONValue {
        guard var question = memory.load(kind, config, from: nil, seed: rows.seed).objectValue else { return .null }
        var texts = JSONObject()
        for (key, text) in (package.locales[language] ?? [:]).sorted(by: { $0.key < $1.key }) {
            texts[key] = .string(text)
        }
        question["locale"] = .object(texts)
        return .object(question)
    }

    private mutating func bring(_ rows: [JSONValue]) async -> [Fault] {
        var (rows, faults, attempts): ([JSONValue], [Fault], Int) = (rows, [], 1)
        while true {
            // One that was lost begins again from its memory, without what it was lost over.
            if !isLoaded {
                let again = await load()
                guard again.isEmpty else { return faults + again }
            }
            let reply = await cells.handle(widget, rows, until: now)
            if case .failure(.tooSlow) = reply, attempts < Self.attemptsLimit {
                attempts += 1
                isLoaded = false
                continue
            }
            faults += settle(reply)
            guard case .work(let work) = reply, let handled = work.handled else { return faults }
            // Many timers are told in parts.
            rows.removeFirst(min(handled, rows.count))
        }
    }

    /// Takes over what it has become.
    private mutating func settle(_ reply: TrialCells.Reply) -> [Fault] {
        switch reply {
        case .work(let work):
            guard memory.take(work, notAfter: Timestamp(milliseconds: .max)) else {
                return [Fault(message: "it stores more than a widget may", traceback: "")]
            }
            if let view = work.view { drawn = view }
            effects += work.sounds.map(Self.json) + work.log.map(Self.json)
            let faults = work.failures.map(\.fault) + work.timerFaults + [work.viewFault].compactMap(\.self)
            return faults.map(Fault.init)
        case .fault(let fault, let isClosed):
            if isClosed { isLoaded = false }
            return [Fault(fault)]
        case .failure(let failure):
            isLoaded = false
            return [Fault(message: "\(failure)", traceback: "")]
        }
    }

    private static func json(_ sound: Sound) -> JSONValue {
        ["kind": "sound", "asset": .string(sound.asset), "volume": .number(sound.volume)]
    }

    private static func json(_ line: CellAnswer.Work.Line) -> JSONValue {
        ["kind": "log", "level": .string(line.level.rawValue), "text": .string(line.text)]
    }
}

extension WidgetTrial.Fault {
    init(_ fault: CellAnswer.Fault) {
        self.init(message: fault.message, traceback: fault.traceback)
    }
}
