import WidgetAPI

/// What comes in: rows of the log, time, new settings.
extension LuaWidgetInstance {
    func advance(to moment: Timestamp, atMost limit: Int) -> Bool {
        if stopped != nil { return true }
        if let end = queue.end, end >= moment { return true }
        // What is on its way may set a timer; with nothing on its way the timers are known.
        guard !isIdle || generation < 0 || memory.nextTimer.map({ $0 <= moment }) == true else {
            memory.pass(to: moment)
            return true
        }
        push(.until(moment))
        return true
    }

    func apply(_ event: Event) {
        guard event.seq > taken else { return }
        taken = event.seq
        let isLeftOut = skips.leavesOut(event.seq)
        if rows.isChange(event) { return change(event, isLeftOut: isLeftOut) }
        if stopped == nil, !isLeftOut, let event = rows.given(event, settings) {
            guard rate.admits(event.receivedAt) else { return leaveOut(event, "more rows than 200 a second") }
            push(.event(event))
            return dropOverflow()
        }
        passBy()
    }

    /// Its place in the log moves on over a row that it does not take.
    private func passBy() {
        if isIdle || stopped != nil { seq = taken }
    }

    private func leaveOut(_ event: Event, _ reason: String) {
        skips.note(event.seq...event.seq, reason)
        passBy()
    }

    /// While it is held back no more than so many rows wait for it.
    private func dropOverflow() {
        guard queue.eventCount > RowQueue.limit, isLive ? heldUntil != nil : breaker.held(at: now) != nil,
            let event = queue.dropOldest()
        else { return }
        skips.note(event.seq...event.seq, "held back while more than \(RowQueue.limit) rows waited")
    }

    private func change(_ event: Event, isLeftOut: Bool) {
        guard let chosen = WidgetSettings(json: event.payload) else { return passBy() }
        do throws(ConfigError) {
            let before = settings
            settings = try chosen.current(for: kind)
            isDirty = true
            let restarts = manifest.configSchema.fields.contains {
                !$0.isLive && settings[$0.name] != before[$0.name]
            }
            guard stopped == nil else {
                applied = settings
                if restarts { memory.reset(at: event.receivedAt) }
                return passBy()
            }
            let effect: RowQueue.Settings.Effect = restarts ? .anew : isLeftOut ? .silent : .told
            push(.settings(.init(settings: settings, event: event, effect: effect)))
            guard !restarts else { return }
            for clearing in rows.clearings(after: event, from: before, to: settings) { push(.event(clearing)) }
        } catch {
            note(.error, "its new settings are not valid any more: \(error)")
            passBy()
        }
    }

    private func push(_ step: RowQueue.Step) {
        queue.push(step)
        ask()
    }

    func caughtUp() {
        hasCaughtUp = true
        isLive = isLive || isIdle
        ask()
    }
}
