import Synchronization
import WidgetAPI

@testable import Host
@testable import Sandbox

/// One cell in which a package's instances stand, each in the state that its last answer told.
///
/// Somebody who goes on from that state goes on with that instance. From any other one, as after a crash or on the
/// other branch of a story, an instance is loaded anew with nothing but the state.
final class CellStand: Sendable {
    typealias State = PackagedWidget.State
    typealias Config = PackagedWidget.Config

    private struct Instance {
        let number: UInt16
        var mark: Int
        var config: [UInt8]
    }

    private struct Inside: ~Copyable {
        let cell: WaitingCell
        /// The last one used at the end.
        var instances: [Instance] = []
        var lastNumber: UInt16 = 0
        var faults: [String] = []
    }

    // A cell has room for 16.
    private static let instancesLimit = 12
    private static let faultsLimit = 5

    private let program: [UInt8]
    private let inside: Mutex<Inside>

    init(_ kind: LuaKind, in cell: sending WaitingCell) {
        var load = JSONObject()
        let beginning = LuaMemory(placedAt: Timestamp(milliseconds: 0))
        let whole = beginning.load(kind, JSONObject(), from: nil, seed: 1).objectValue ?? JSONObject()
        for member in whole.members where !["config", "state", "timers", "storage", "now"].contains(member.name) {
            load[member.name] = member.value
        }
        // Without the last brace: what differs from one loading to the next follows.
        program = JSONValue.object(load).bytes.dropLast()
        inside = Mutex(Inside(cell: cell))
    }

    var faults: [String] { inside.withLock { $0.faults } }

    // MARK: Questions

    func place(with config: Config) -> State {
        inside.withLock { inside in
            var state = State(program: Array("null".utf8))
            let reply = load(state, config, &inside)
            state.program = reply?.text("state") ?? Array("{}".utf8)
            if let reply, reply.value("timers") != [] {
                Self.note("its first state has timers, of which nobody hears", &inside)
            }
            return state
        }
    }

    func take(
        _ rows: [JSONValue],
        until: Timestamp?,
        _ state: inout State,
        _ config: Config,
        _ context: inout WidgetContext
    ) {
        inside.withLock { inside in
            guard let index = instance(in: state, config, &inside) else { return }
            var rest = rows
            while true {
                let payload: JSONValue = [
                    "events": .array(rest), "until": until.map { .integer($0.milliseconds) } ?? .null,
                    "render": false,
                ]
                let bytes = payload.bytes
                // The host leaves out a row that is too long for a frame.
                guard bytes.count + 16 <= CellFrame.outgoingLimit,
                    let reply = ask(.events, index, bytes, state, &inside)
                else { return }
                finish(reply, index, &state, &context, &inside)
                guard reply.value("more") == true else { return }
                rest.removeFirst(min(reply.value("results").arrayValue?.count ?? 0, rest.count))
            }
        }
    }

    func change(
        _ payload: JSONValue,
        from old: Config,
        to new: Config,
        _ state: inout State,
        _ context: inout WidgetContext
    ) {
        inside.withLock { inside in
            guard let index = instance(in: state, old, &inside) else { return }
            while true {
                guard let reply = ask(.config, index, payload.bytes, state, &inside) else { return }
                finish(reply, index, &state, &context, &inside)
                if reply.value("more") != true { break }
            }
            inside.instances[index].config = new.bytes
        }
    }

    func draw(_ state: State, with config: Config) -> View {
        inside.withLock { inside in
            guard let index = instance(in: state, config, &inside),
                let reply = ask(.render, index, Array("{}".utf8), state, &inside)
            else { return View() }
            do {
                return try reply.value("view").bytes.withUnsafeBufferPointer { bytes in
                    var (parser, memory) = (JSONParser(bytes: bytes), PictureMemory())
                    return try ForeignView.read(&parser, assetsAt: "", after: &memory).get()
                }
            } catch {
                Self.note("its picture is refused: \(error)", &inside)
                return View()
            }
        }
    }

    /// What becomes of settings and a state of an earlier version; `nil` where the program refuses them.
    func migrated(_ config: JSONObject, _ state: JSONValue, from version: String) -> (config: JSONObject, state: State)?
    {
        inside.withLock { inside in
            let faults = inside.faults
            // To refuse is no fault.
            defer { inside.faults = faults }
            let before = State(program: state.bytes)
            guard let reply = load(before, Config(config), from: version, &inside) else { return nil }
            return (reply.value("config").objectValue ?? config, State(program: reply.text("state")))
        }
    }

    // MARK: Instances

    /// The place of the instance that is in that state.
    private func instance(in state: State, _ config: Config, _ inside: inout Inside) -> Int? {
        let index = inside.instances.firstIndex { $0.mark == state.mark && $0.config == config.bytes }
        guard let index else {
            return load(state, config, &inside).map { _ in inside.instances.count - 1 }
        }
        inside.instances.append(inside.instances.remove(at: index))
        return inside.instances.count - 1
    }

    /// Loads an instance, in place of the one that was not used for longest; it is the last one afterwards.
    private func load(_ state: State, _ config: Config, from version: String? = nil, _ inside: inout Inside)
        -> CellReply?
    {
        if inside.instances.count >= Self.instancesLimit {
            _ = try? inside.cell.ask(.drop, instance: inside.instances.removeFirst().number, Array("{}".utf8))
        }
        inside.lastNumber = inside.lastNumber == .max ? 1 : inside.lastNumber + 1
        inside.instances.append(Instance(number: inside.lastNumber, mark: state.mark, config: config.bytes))
        return ask(.load, inside.instances.count - 1, payload(state, config, version), state, &inside)
    }

    private func payload(_ state: State, _ config: Config, _ version: String?) -> [UInt8] {
        let timers = state.timers.map { timer -> JSONValue in
            var json: JSONObject = [
                "name": .string(timer.name), "due": .integer(timer.due.milliseconds), "payload": timer.payload,
            ]
            json["every"] = timer.intervalMilliseconds.map(JSONValue.integer)
            return .object(json)
        }
        var payload = program
        payload += Array(",\"config\":".utf8) + config.bytes
        payload += Array(",\"state\":".utf8) + state.program
        payload += Array(",\"timers\":".utf8) + JSONValue.array(timers).bytes
        payload += Array(",\"storage\":".utf8) + JSONValue.object(state.storage).bytes
        if let version { payload += Array(",\"from\":".utf8) + JSONValue.string(version).bytes }
        return payload + Array(",\"now\":\(state.now.milliseconds)}".utf8)
    }

    /// The answer, unless it is that nothing was done.
    private func ask(
        _ op: CellFrame.Op,
        _ index: Int,
        _ payload: [UInt8],
        _ state: State,
        _ inside: inout Inside
    ) -> CellReply? {
        let number = inside.instances[index].number
        do {
            let reply = try inside.cell.ask(op, instance: number, payload, in: state.program)
            note(reply, &inside)
            guard reply.isError else { return reply }
            // Loaded or not, it is not in the state any more that its mark promises.
            _ = try inside.cell.ask(.drop, instance: number, Array("{}".utf8))
        } catch {
            Self.note("\(error)", &inside)
        }
        inside.instances.remove(at: index)
        return nil
    }

    // MARK: Answers

    private func finish(
        _ reply: CellReply,
        _ index: Int,
        _ state: inout State,
        _ context: inout WidgetContext,
        _ inside: inout Inside
    ) {
        state.mark = State.nextMark
        inside.instances[index].mark = state.mark
        state.now = context.now
        state.program = reply.text("state")
        for change in reply.value("storage").arrayValue ?? [] {
            guard let parts = change.arrayValue, let key = parts[1].stringValue else { continue }
            state.storage[key] = parts[0] == "set" ? parts[2] : nil
        }
        let fired = (reply.value("fired").arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        let timers = (reply.value("timers").arrayValue ?? []).compactMap(Self.timer)
        tell(timers, after: state.timers, fired: fired, &context)
        state.timers = timers
        for sound in reply.value("sounds").arrayValue ?? [] {
            guard let asset = sound["asset"]?.stringValue, let volume = sound["volume"]?.numberValue else { continue }
            context.playSound(asset, volume: volume, until: context.now.advanced(byMilliseconds: 5000))
        }
        for line in reply.value("log").arrayValue ?? [] { context.log(.info, line["text"]?.stringValue ?? "") }
    }

    private static func timer(_ json: JSONValue) -> WidgetTimer? {
        guard let name = json["name"]?.stringValue, let due = json["due"]?.integerValue else { return nil }
        return WidgetTimer(
            name: name,
            due: Timestamp(milliseconds: due),
            intervalMilliseconds: json["every"]?.integerValue,
            payload: json["payload"] ?? .null
        )
    }

    /// The stage has timers of its own: it hears of those that have changed by more than firing.
    private func tell(
        _ timers: [WidgetTimer],
        after before: [WidgetTimer],
        fired: [String],
        _ context: inout WidgetContext
    ) {
        for timer in before where !fired.contains(timer.name) && !timers.contains(where: { $0.name == timer.name }) {
            context.cancelTimer(timer.name)
        }
        for timer in timers where !before.contains(timer) {
            let delay = timer.due.milliseconds - context.now.milliseconds
            if timer.intervalMilliseconds == nil {
                context.startTimer(timer.name, afterMilliseconds: delay, payload: timer.payload)
            } else if !fired.contains(timer.name) {
                context.repeatTimer(timer.name, everyMilliseconds: delay, payload: timer.payload)
            }
        }
    }

    private func note(_ reply: CellReply, _ inside: inout Inside) {
        let parts = (reply.value("results").arrayValue ?? []) + (reply.value("fired").arrayValue ?? [])
        let faults = parts.compactMap { $0["error"] } + [reply.value("error"), reply.value("viewError")]
        for fault in faults where fault != .null {
            Self.note("\(fault["kind"]?.stringValue ?? ""): \(fault["message"]?.stringValue ?? "")", &inside)
        }
    }

    private static func note(_ fault: String, _ inside: inout Inside) {
        guard inside.faults.count < faultsLimit, !inside.faults.contains(fault) else { return }
        inside.faults.append(fault)
    }
}
