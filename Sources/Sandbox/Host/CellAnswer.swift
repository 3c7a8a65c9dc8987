import WidgetAPI

/// What a cell has answered about one widget, read with the distrust that a stranger's program has earned.
package enum CellAnswer {
    /// What became of a question about a widget.
    package typealias Outcome = Result<CellAnswer, CellFailure>

    /// The callbacks ran; some may have failed by themselves.
    case work(Work)
    /// Nothing was done; after `closed` the widget is no longer in the cell and has to be loaded again.
    case fault(Fault, closed: Bool)

    /// An error as its author sees it.
    package struct Fault: Equatable, Sendable, CustomStringConvertible {
        /// Of error texts, in characters (architecture section 6).
        static let messageLimit = 200
        static let tracebackLimit = 4096

        /// As widget health tells it: `error`, `limit`, `memory`, `killed`, `rejected` or `permission`.
        package let kind: String
        package let message: String
        /// Where in the widget's program it happened, in Lua's words.
        package let traceback: String
        /// Whether the cell has refused the question and run nothing.
        package let isRefusal: Bool

        package var description: String { traceback.isEmpty ? message : "\(message)\n\(traceback)" }

        init(_ json: JSONValue) {
            isRefusal = json["kind"] == "request"
            message = Self.cut(json["message"]?.stringValue ?? "an error without a text", Self.messageLimit)
            kind =
                switch json["kind"]?.stringValue {
                case "instructions", "cpu", "size": "limit"
                case "memory": "memory"
                case "state", "view", "request": "rejected"
                default: message.contains("this needs the permission \"") ? "permission" : "error"
                }
            traceback = Self.cut(json["traceback"]?.stringValue ?? "", Self.tracebackLimit)
        }

        package init(kind: String, message: String, traceback: String = "") {
            (self.kind, self.message, self.traceback, isRefusal) = (kind, message, traceback, false)
        }

        /// Without what could write over a terminal or a log.
        private static func cut(_ text: String, _ limit: Int) -> String {
            var kept = String.UnicodeScalarView()
            for scalar in text.unicodeScalars.prefix(limit) {
                kept.append(scalar.value < 0x20 && scalar != "\n" && scalar != "\t" ? " " : scalar)
            }
            return String(kept)
        }
    }

    /// An event that a widget failed on, by its place in the question.
    package struct Failure: Equatable, Sendable {
        package let index: Int
        package let fault: Fault
    }

    /// What a question has cost, in the cell's own words.
    package struct Costs: Equatable, Sendable {
        package var instructions: Int64 = 0
        package var cpuMicroseconds: Int64 = 0
        package var heapBytes: Int64 = 0

        package init() {}
    }

    /// What a widget has become.
    package struct Work: Equatable, Sendable {
        /// A line of the widget's log.
        package struct Line: Equatable, Sendable {
            package let level: Effect.LogLevel
            package let text: String
        }

        /// The moment of its last callback.
        package var clock: Timestamp?
        /// Its state, as JSON.
        package var state: JSONValue = .null
        /// Its timers, written as `{name,due,every,payload}`.
        package var timers: [WidgetTimer] = []
        /// What it has stored meanwhile: a value for a key, `null` for one that is gone.
        package var storage = JSONObject()
        package var sounds: [Sound] = []
        package var log: [Line] = []
        /// Of the events that failed, each with what it asked for dropped.
        package var failures: [Failure] = []
        /// Of the timers that failed.
        package var timerFaults: [Fault] = []
        /// Why there is no new picture.
        package var viewFault: Fault?
        /// The settings as the widget's migration left them; of a start alone.
        package var config: JSONObject?
        package var costs = Costs()
        /// The new picture, when one was drawn.
        package var view: View?
        /// How many of the events were handled; the cell wants the others once more, or `nil` when all were.
        package var handled: Int?
        /// Whether it wants all of the question once more and has done nothing of it: no honest cell does.
        package var isWithoutProgress = false
    }

    /// Bytes of a state as JSON.
    static let stateLimit = 64 << 10
    private static let timersLimit = 32
    private static let soundsLimit = 8
    private static let linesLimit = 64
    private static let lineLength = 4096
    private static let keyLength = 128
    /// From 1970 to the year 9999: with any other moment the host could not reckon.
    private static let moments: ClosedRange<Int64> = 0...253_402_300_799_999

    /// Reads the payload of an answer.
    static func read(_ json: CellPayload) throws(CellFailure) -> Work {
        var work = Work()
        work.state = json["state"] ?? .null
        // A state is written once more only where the whole answer could hold one that is too long. This host writes
        // some numbers longer than a cell does.
        guard json.bytes <= stateLimit || work.state.text.utf8.count <= 4 * stateLimit else {
            throw .refused("a state over \(stateLimit) bytes")
        }
        work.clock = json["now"]?.integerValue.flatMap { moments.contains($0) ? Timestamp(milliseconds: $0) : nil }
        let timers = json["timers"]?.arrayValue ?? []
        guard timers.count <= timersLimit else { throw .refused("\(timers.count) timers") }
        for timer in timers { work.timers.append(try self.timer(timer)) }
        for operation in json["storage"]?.arrayValue ?? [] {
            guard let parts = operation.arrayValue, parts.count >= 2, let key = parts[1].stringValue,
                key.utf8.count <= keyLength
            else { throw .refused("a change of the storage that is none") }
            work.storage[key] = parts[0] == "set" && parts.count > 2 ? parts[2] : .null
        }
        for sound in (json["sounds"]?.arrayValue ?? []).prefix(soundsLimit) {
            if let sound = self.sound(sound) { work.sounds.append(sound) }
        }
        for line in (json["log"]?.arrayValue ?? []).prefix(linesLimit) {
            guard let text = line["text"]?.stringValue else { continue }
            let name = line["level"]?.stringValue ?? ""
            let level = name == "warn" ? .warning : Effect.LogLevel(rawValue: name) ?? .info
            work.log.append(.init(level: level, text: String(text.prefix(lineLength))))
        }
        let results = json["results"]?.arrayValue ?? []
        if json["more"] == true { work.handled = results.count }
        for (index, result) in results.enumerated() {
            if let fault = fault(result["error"]) { work.failures.append(.init(index: index, fault: fault)) }
        }
        let fired = json["fired"]?.arrayValue ?? []
        work.timerFaults = fired.compactMap { fault($0["error"]) }
        work.isWithoutProgress = work.handled == 0 && fired.isEmpty
        work.viewFault = fault(json["viewError"])
        work.config = json["config"]?.objectValue
        if let stats = json["stats"] {
            work.costs.instructions = stats["instructions"]?.integerValue ?? 0
            work.costs.cpuMicroseconds = stats["cpuMicroseconds"]?.integerValue ?? 0
            work.costs.heapBytes = stats["heapBytes"]?.integerValue ?? 0
        }
        switch json.view {
        case .success(let view): work.view = view
        case .failure(let refusal): work.viewFault = Fault(kind: "rejected", message: "\(refusal)")
        case nil: break
        }
        return work
    }

    private static func fault(_ json: JSONValue?) -> Fault? {
        json.flatMap { $0 == .null ? nil : Fault($0) }
    }

    private static func timer(_ json: JSONValue) throws(CellFailure) -> WidgetTimer {
        guard let name = json["name"]?.stringValue, name.utf8.count <= keyLength,
            let due = json["due"]?.integerValue, moments.contains(due),
            json["every"]?.integerValue.map({ 1...1_000_000_000_000 ~= $0 }) ?? true
        else { throw .refused("a timer without a name or a time") }
        return WidgetTimer(
            name: name,
            due: Timestamp(milliseconds: due),
            intervalMilliseconds: json["every"]?.integerValue,
            payload: json["payload"] ?? .null
        )
    }

    /// A sound makes sense for five seconds.
    private static func sound(_ json: JSONValue) -> Sound? {
        guard let asset = json["asset"]?.stringValue, let at = json["at"]?.integerValue,
            moments.contains(at), asset.utf8.count <= 300
        else { return nil }
        let volume = min(max(json["volume"]?.numberValue ?? 1, 0), 1)
        return Sound(asset: asset, volume: volume, until: Timestamp(milliseconds: at).advanced(byMilliseconds: 5000))
    }
}

/// One widget in a cell, as questions about it name it.
package struct CellWidget: Sendable {
    let number: UInt16
    /// The address after which pictures of its package get their place.
    let assets: String
}

extension Cell {
    /// Who hears what became of a question.
    package typealias Answered = (CellAnswer.Outcome) -> Void

    /// Starts a widget in the cell.
    package func load(_ widget: CellWidget, _ payload: JSONValue, _ answer: @escaping Answered) {
        ask(.load, widget, payload, answer)
    }

    /// Brings rows to a widget, and fires its timers up to a moment after them; asks for a picture, too.
    package func handle(
        _ widget: CellWidget,
        _ events: [JSONValue],
        until: Timestamp?,
        drawing: Bool = true,
        _ answer: @escaping Answered
    ) {
        let payload: JSONValue = [
            "events": .array(events), "until": until.map { .integer($0.milliseconds) } ?? .null,
            "render": .bool(drawing),
        ]
        ask(.events, widget, payload, answer)
    }

    /// Asks for a picture.
    package func render(_ widget: CellWidget, _ answer: @escaping Answered) {
        ask(.render, widget, [:], answer)
    }

    /// Gives a widget new settings.
    package func configure(_ widget: CellWidget, _ payload: JSONValue, _ answer: @escaping Answered) {
        ask(.config, widget, payload, answer)
    }

    /// Ends a widget in the cell.
    package func drop(_ widget: CellWidget) {
        ask(.drop, widget, [:]) { _ in }
    }

    private func ask(_ op: CellFrame.Op, _ widget: CellWidget, _ payload: JSONValue, _ answer: @escaping Answered) {
        ask(op, instance: widget.number, assetsAt: widget.assets, payload) { [weak self] (result: RawAnswer) in
            switch result {
            case .failure(let failure): answer(.failure(failure))
            case .success((true, let payload)):
                answer(.success(.fault(.init(payload["error"] ?? .null), closed: payload["closed"] == true)))
            case .success((false, let payload)):
                do throws(CellFailure) {
                    answer(.success(.work(try CellAnswer.read(payload))))
                } catch {
                    self?.kill(because: error)
                    answer(.failure(error))
                }
            }
        }
    }
}
