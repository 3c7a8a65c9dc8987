import Sandbox
import WidgetAPI

/// How a widget in Lua fares, as its streamer and its author are told.
struct LuaHealth {
    /// The end of its work until somebody starts it again.
    struct Stop {
        let reason: String
        /// The first row that it was not given.
        let from: Int64
        /// Whether the next start of the host keeps to it.
        var isLasting = true
        /// Whether what it remembers is of no use: its program could not start with it.
        var isOfStart = false
    }

    /// The last fault and its moment; a later success does not take it back.
    private(set) var fault: (fault: CellAnswer.Fault, at: Timestamp)?
    var costs = CellAnswer.Costs()
    private var state = WidgetHealth.State.running
    /// When it began to fare as it does.
    private(set) var since: Timestamp

    init(since moment: Timestamp) {
        since = moment
    }

    /// That of a checkpoint.
    init(_ json: JSONValue?, since moment: Timestamp) {
        since = moment
        guard let fault = json?["fault"], let kind = fault["kind"]?.stringValue,
            let message = fault["message"]?.stringValue, let at = fault["at"]?.integerValue
        else { return }
        let traceback = fault["traceback"]?.stringValue ?? ""
        self.fault = (.init(kind: kind, message: message, traceback: traceback), Timestamp(milliseconds: at))
    }

    /// What a checkpoint keeps.
    func json(_ stop: Stop?) -> JSONValue {
        var json = JSONObject()
        if let (fault, at) = fault {
            json["fault"] = [
                "kind": .string(fault.kind), "message": .string(fault.message),
                "traceback": .string(fault.traceback), "at": .integer(at.milliseconds),
            ]
        }
        if let stop, stop.isLasting {
            json["stopped"] = [
                "reason": .string(stop.reason), "from": .integer(stop.from), "ofStart": .bool(stop.isOfStart),
            ]
        }
        return .object(json)
    }

    mutating func take(_ fault: CellAnswer.Fault, at moment: Timestamp) {
        self.fault = (fault, moment)
    }

    /// As if it had just been placed.
    mutating func forget(at moment: Timestamp) {
        (fault, state, since) = (nil, .running, moment)
    }

    /// Takes note of how it fares from now on.
    mutating func become(_ state: WidgetHealth.State, at moment: Timestamp) {
        if state != self.state { (self.state, since) = (state, moment) }
    }
}

extension LuaHealth.Stop {
    /// That of a checkpoint; `nil` when the widget was at work.
    init?(_ json: JSONValue?) {
        guard let stop = json?["stopped"], let reason = stop["reason"]?.stringValue,
            let from = stop["from"]?.integerValue
        else { return nil }
        self.init(reason: reason, from: from, isOfStart: stop["ofStart"] == true)
    }
}
