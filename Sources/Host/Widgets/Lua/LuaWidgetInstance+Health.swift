import Sandbox
import WidgetAPI

/// When it works and when it does not, and what is told of that.
extension LuaWidgetInstance {
    var now: Timestamp { cells?.now() ?? memory.clock }

    /// Until when it is held back; `nil` when it may work.
    var heldUntil: Timestamp? {
        let moment = now
        var reasons = [breaker.held(at: moment), kind.breaker.held(at: moment)]
        reasons.append(outageUntil.flatMap { $0 > moment ? $0 : nil })
        if isLive { reasons += [share.held(at: moment), cells?.share.held(at: moment)] }
        return reasons.compactMap { $0 }.max()
    }

    var nextTry: Timestamp? {
        guard stopped == nil, !isAsking, generation < 0 || !queue.isEmpty || mustDraw else { return nil }
        // The time may be over and nobody has come to say so.
        return heldUntil ?? now
    }

    func tryAgain() { ask() }

    /// Takes note of a fault, and holds the widget back when there are too many.
    func fail(_ fault: CellAnswer.Fault, _ weight: Breaker.Weight) {
        let moment = now
        health.take(fault, at: moment)
        HostCounters.shared.widgetFaults.add(.init(rawValue: fault.kind) ?? .other)
        note(.error, fault.description)
        guard breaker.failed(weight, at: moment, seed: rows.seed) else { return }
        if breaker.isWornOut { return stop("it failed too often: \(fault.message)") }
        note(.warning, "it is held back for a while")
        health.become(.backingOff, at: moment)
        if let owner = cells?.owner, kind.breaker.opened(for: owner, at: moment) {
            note(.warning, "version \(manifest.version) fails for many streamers and is held back for all")
        }
    }

    /// Ends its work; its slot is empty then.
    func stop(_ reason: String, isOfStart: Bool = false) {
        guard stopped == nil else { return }
        if let waiting = queue.firstEvent?.seq { skips.note(waiting...max(waiting, taken), reason) }
        stopped = .init(reason: reason, from: taken + 1, isOfStart: isOfStart)
        note(.error, "it has stopped: \(reason)")
        notices.append(.stopped)
        hasUnkept = true
        health.become(.stopped, at: now)
        isAsking = false
        (queue, seq, mustDraw) = (RowQueue(), taken, false)
        unload()
        (view, isDirty) = (View(), true)
    }

    /// Gives back what its cell holds of it; the next question loads it again.
    func unload() {
        if generation >= 0, generation == cells?.generation, let widget { cells?.current?.drop(widget) }
        generation = -1
    }

    /// Charges what an answer has cost, and holds the widget back when its share is used up.
    func charge(_ costs: CellAnswer.Costs) {
        health.costs = costs
        // Catching up is the host's doing.
        guard isLive else { return }
        let moment = now
        share.spend(microseconds: costs.cpuMicroseconds, at: moment)
        cells?.share.spend(microseconds: costs.cpuMicroseconds, at: moment)
        let (own, all) = (share.held(at: moment), cells?.share.held(at: moment))
        guard own != nil || all != nil else { return }
        let whose = own == nil ? "its streamer's widgets'" : "its"
        let limit = own == nil ? cells?.share.millisecondsPerSecond ?? 0 : share.millisecondsPerSecond
        let message = "\(whose) share of the processor is used up: \(limit) ms a second"
        health.take(.init(kind: "limit", message: message), at: moment)
        health.become(.backingOff, at: moment)
    }

    /// The rows of a stop that is over.
    func leaveOut(_ stop: LuaHealth.Stop, upTo last: Int64) {
        if stop.from <= last { skips.note(stop.from...last, "it had stopped: \(stop.reason)") }
    }

    /// Starts it again, whatever it has done before.
    ///
    /// What it remembers stays, unless its program could not start with that; then it begins anew, and the rows until
    /// now are left out.
    func restart() {
        let moment = now
        (breaker, outageUntil, attempts) = (Breaker(), nil, 0)
        health.forget(at: moment)
        hasUnkept = true
        if let stop = stopped {
            guard cells != nil else { return }
            if stop.isOfStart {
                memory.reset(at: placedAt)
                legacy = nil
                if placedAtSeq < taken {
                    skips.note(placedAtSeq + 1...taken, "started anew: \(stop.reason)")
                }
            } else {
                leaveOut(stop, upTo: taken)
            }
            stopped = nil
            note(.info, "it was started again")
        }
        ask()
    }

    func report() -> WidgetHealth? {
        let (moment, held) = (now, heldUntil)
        let state: WidgetHealth.State = stopped != nil ? .stopped : held != nil ? .backingOff : .running
        health.become(state, at: moment)
        return WidgetHealth(
            state: state,
            since: health.since,
            fault: reportedFault(at: moment),
            budget: [
                "cpuMillisecondsPerSecond": .integer(share.millisecondsPerSecond),
                "cpuMillisecondsLeft": .number(Double(share.available(at: moment)) / 1000),
                "cpuMicroseconds": .integer(health.costs.cpuMicroseconds),
                "instructions": .integer(health.costs.instructions),
                "heapBytes": .integer(health.costs.heapBytes),
                "rowsWaiting": .integer(Int64(queue.eventCount)),
                "heldUntil": held.map { .string($0.iso8601) } ?? .null,
            ]
        )
    }

    private func reportedFault(at moment: Timestamp) -> WidgetHealth.Fault? {
        if let (fault, at) = health.fault {
            return .init(kind: fault.kind, message: fault.message, traceback: fault.traceback, at: at)
        }
        return stopped.map { .init(kind: "killed", message: $0.reason, traceback: "", at: moment) }
    }
}
