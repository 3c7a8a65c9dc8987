import Glibc
import Sandbox
import WidgetAPI

/// What is asked of the cell and what becomes of the answers.
extension LuaWidgetInstance {
    /// Rows that go to the cell in one question (architecture section 6).
    private static let batchLimit = 32
    /// How often a question is asked again over which a cell has died; a slow machine deserves a second try.
    private static let attemptsLimit = 2
    /// Cells that may end by somebody else's doing until a pause is made.
    private static let outagesLimit = 5
    private static let outageRest: Int64 = 1000

    /// What a question is about.
    private enum Question {
        case rows(Int)
        /// Timers alone, before the row that waits: so it is known over which of both a cell dies.
        case timers
        case settings
        case start
        case picture
    }

    func ask() {
        guard !isAsking, stopped == nil, let cells, generation < 0 || !queue.isEmpty || mustDraw, heldUntil == nil
        else { return }
        if let alarm = kind.breaker.alarm { return stop(alarm) }
        isAsking = true
        cells.ready { [weak self] result in
            guard let self, self.isAsking else { return }
            switch result {
            case .failure(let failure): self.failed(.start, failure)
            case .success(let cell): self.ask(cell, cells.generation)
            }
        }
    }

    private func ask(_ cell: Cell, _ current: Int) {
        guard let widget else { return }
        if case .settings(let change)? = queue.first, change.effect != .told {
            if change.effect == .anew { memory.reset(at: change.event.receivedAt) }
            finish(1)
            unload()
        }
        guard generation == current else { return start(in: cell, current) }
        switch queue.first {
        case nil:
            guard mustDraw else { return isAsking = false }
            cell.render(widget) { [weak self] in self?.answered($0, .picture) }
        case .settings(let change):
            let moment = change.event.receivedAt
            let payload = LuaMemory.change(to: change.settings, at: moment, seed: rows.seed(of: change.event))
            cell.configure(widget, payload) { [weak self] in self?.answered($0, .settings) }
        case .event(let event) where isCareful && memory.nextTimer.map { $0 <= event.receivedAt } == true:
            cell.handle(widget, [], until: event.receivedAt, drawing: false) { [weak self] in
                self?.answered($0, .timers)
            }
        case .event, .until:
            // After a death one by one and without a picture, so that what kills is found.
            let batch = queue.ask(atMost: isCareful ? 1 : Self.batchLimit)
            let events = batch.events.map { LuaMemory.row($0, seed: rows.seed(of: $0)) }
            cell.handle(widget, events, until: batch.until, drawing: !isCareful) { [weak self] in
                self?.answered($0, .rows(batch.count))
            }
        }
    }

    /// Whether something has just gone wrong and must be found out.
    private var isCareful: Bool { attempts > 0 || breaker.isTrying }

    private func start(in cell: Cell, _ current: Int) {
        guard let widget else { return }
        let (config, version): (JSONObject, String?) =
            legacy.map { ($0.config.objectValue ?? applied, $0.version) } ?? (applied, nil)
        let payload = memory.load(kind, config, from: version, seed: rows.seed)
        cell.load(widget, payload) { [weak self] answer in
            if case .success(.work) = answer { self?.generation = current }
            self?.answered(answer, .start)
        }
    }

    // MARK: Answers

    private func answered(_ answer: CellAnswer.Outcome, _ question: Question) {
        guard isAsking else { return }
        switch answer {
        case .failure(let failure): failed(question, failure)
        case .success(.fault(let fault, let closed)): failed(question, fault, isGone: closed)
        case .success(.work(let work)): took(work, question)
        }
    }

    private func took(_ work: CellAnswer.Work, _ question: Question) {
        if work.isWithoutProgress { return failed(question, CellFailure.refused("no part of what it was asked")) }
        charge(work.costs)
        guard memory.take(work, notAfter: now) else {
            return failed(question, CellFailure.refused("more storage than there may be"))
        }
        sounds += work.sounds.map { sound in
            let asset = sound.asset.hasPrefix("assets/") ? kind.assets + sound.asset : sound.asset
            return Sound(asset: asset, volume: sound.volume, until: sound.until)
        }
        for line in work.log { note(line.level, line.text) }
        outages = 0
        let wasTrying = isCareful
        if case .start = question { guard migrated(work) else { return } } else { attempts = 0 }
        finish(work, question)
        guard stopped == nil else {
            onProgress?()
            return
        }
        if let view = work.view {
            (self.view, isDirty, mustDraw) = (view, true, false)
        } else if work.viewFault == nil, work.handled == nil {
            // A first picture, or one that has been left for later.
            mustDraw = if case .picture = question { false } else { queue.isEmpty || wasTrying }
        }
        if hasCaughtUp, queue.isEmpty { isLive = true }
        proceed()
    }

    /// The settings of an older version are those that its migration has made of them.
    private func migrated(_ work: CellAnswer.Work) -> Bool {
        guard let before = legacy else { return true }
        var config = work.config ?? before.config.objectValue ?? applied
        for field in ConfigSchema(everySettingOf: manifest).fields
        where config[field.name] == nil && !manifest.configSchema.fields.contains(where: { $0.name == field.name }) {
            config[field.name] = applied[field.name]
        }
        do throws(ConfigError) {
            let migrated = try ConfigSchema(everySettingOf: manifest).validate(.object(config))
            // A change that waits comes after this, and wins.
            if settings == applied { settings = migrated }
            (applied, legacy) = (migrated, nil)
            isDirty = true
            return true
        } catch {
            let message = "what widget.migrate made of the settings of \(before.version) is not valid: \(error)"
            health.take(.init(kind: "rejected", message: message), at: now)
            stop(message, isOfStart: true)
            onProgress?()
            return false
        }
    }

    /// Takes off what is done with, and what has failed by itself.
    private func finish(_ work: CellAnswer.Work, _ question: Question) {
        let events: [Event]
        switch question {
        case .rows(let count):
            events = queue.events(of: count)
            for failure in work.failures where failure.index < events.count {
                let event = events[failure.index]
                skips.note(event.seq...event.seq, failure.fault.message)
            }
            finish(work.handled.map { queue.steps(holding: $0, of: count) } ?? count)
        case .settings:
            events = []
            // Asked once more where timers before it have used up the question.
            if work.handled == nil {
                if let failure = work.failures.first { leaveOutChange(failure.fault) }
                finish(1)
            }
        case .start, .timers, .picture: events = []
        }
        // A fault may stop the widget, and then the rows of this answer must not count as waiting.
        for fault in work.timerFaults + work.failures.map(\.fault) { fail(fault, .error) }
        if work.failures.isEmpty, work.timerFaults.isEmpty, !events.isEmpty { wentWell() }
        if let fault = work.viewFault { noPicture(fault) }
    }

    private func wentWell() {
        guard breaker.isTrying else { return }
        breaker.succeeded(at: now)
        health.become(.running, at: now)
    }

    /// The last good picture stays; the rows that it shows have been taken all the same.
    private func noPicture(_ fault: CellAnswer.Fault) {
        mustDraw = false
        guard fault.kind == "rejected" else { return fail(fault, .error) }
        health.take(fault, at: now)
        note(.error, fault.description)
    }

    /// Rows that are done with, whether they were taken or left out.
    private func finish(_ count: Int) {
        for step in queue.finish(count) {
            switch step {
            case .event(let event):
                seq = max(seq, event.seq)
                memory.pass(to: event.receivedAt)
            case .settings(let change):
                seq = max(seq, change.event.seq)
                applied = change.settings
            case .until(let moment): memory.pass(to: moment)
            }
        }
        if queue.isEmpty { seq = taken }
    }

    // MARK: Deaths

    /// The cell has died, or there was none.
    private func failed(_ question: Question, _ failure: CellFailure) {
        if case .tooLong = failure {
            return blame(question, .init(kind: "limit", message: "\(failure)"), .error, isLast: true)
        }
        generation = -1
        guard failure.isOfWidget else {
            outages += 1
            if outages > Self.outagesLimit { outageUntil = now.advanced(byMilliseconds: Self.outageRest) }
            if case .notStarted = failure { outageUntil = now.advanced(byMilliseconds: Self.outageRest) }
            if outages == 1 { note(.warning, "its cell has to be replaced: \(failure)") }
            return proceed()
        }
        if failure.isAlarm {
            notices.append(.alarm("\(failure)"))
            kind.breaker.sound("version \(manifest.version) has done what no widget can by mistake: \(failure)")
        }
        let kind =
            switch failure {
            case .tooSlow, .refused, .ended(.signalled(SIGPROF)): "limit"
            default: "killed"
            }
        var isLast = attempts > 0
        if case .tooSlow = failure { isLast = attempts >= Self.attemptsLimit }
        blame(question, .init(kind: kind, message: "\(failure)"), .ending, isLast: isLast)
    }

    /// Nothing of the question counts: it is asked again row by row, of a widget that is loaded anew if it has gone.
    private func failed(_ question: Question, _ fault: CellAnswer.Fault, isGone: Bool) {
        if isGone { generation = -1 }
        if case .start = question {
            health.take(fault, at: now)
            stop(fault.description, isOfStart: !fault.isRefusal)
            onProgress?()
            return
        }
        blame(question, fault, fault.kind == "memory" ? .ending : .error, isLast: attempts > 0)
    }

    /// Leaves out what the widget fails on, once it is known what that is.
    private func blame(_ question: Question, _ fault: CellAnswer.Fault, _ weight: Breaker.Weight, isLast: Bool) {
        let isAlone = if case .rows(let count) = question { count == 1 } else { true }
        attempts += 1
        fail(fault, weight)
        let isStart = if case .start = question { true } else { false }
        if stopped == nil, isLast || isAlone && !isStart && weight == .ending && fault.kind != "limit" {
            leaveOut(question, fault)
            attempts = 0
        }
        if stopped != nil { onProgress?() } else { proceed() }
    }

    private func leaveOut(_ question: Question, _ fault: CellAnswer.Fault) {
        switch question {
        // A busy machine is no reason to forget what it remembers.
        case .start where fault.kind == "limit": outageUntil = now.advanced(byMilliseconds: 60 * Self.outageRest)
        case .start: stop("it cannot be started: \(fault.message)", isOfStart: true)
        case .picture: mustDraw = false
        case .timers: memory.spendTimer()
        case .settings:
            leaveOutChange(fault)
            finish(1)
            // Its program does not know them yet.
            unload()
        case .rows:
            guard case .event(let event)? = queue.first else {
                memory.spendTimer()
                return
            }
            note(.error, "row \(event.seq) of the log is left out: \(fault.message)")
            skips.note(event.seq...event.seq, fault.message)
            finish(1)
        }
    }

    /// A widget has its new settings, and a replay does not tell it of them either.
    private func leaveOutChange(_ fault: CellAnswer.Fault) {
        guard case .settings(let change)? = queue.first else { return }
        note(.error, "what it does with new settings is left out: \(fault.message)")
        skips.note(change.event.seq...change.event.seq, fault.message)
    }

    private func proceed() {
        isAsking = false
        ask()
        onProgress?()
    }
}
