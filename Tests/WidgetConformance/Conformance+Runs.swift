import WidgetAPI

extension Conformance {
    /// Settings that differ as much as the schema allows.
    var setups: [(name: String, settings: JSONObject)] {
        var chance = Chance(seed: 11)
        return [
            ("with usual settings", schema.defaults),
            ("with every setting at its first end", setup { $0.first }),
            ("with every setting at its last end", setup { $0.last }),
            ("with mixed settings", setup { $0.isEmpty ? nil : chance.pick($0) }),
            ("with other mixed settings", setup { $0.isEmpty ? nil : chance.pick($0) }),
        ]
    }

    private func setup(_ pick: ([JSONValue]) -> JSONValue?) -> JSONObject {
        var settings = schema.defaults
        for field in schema.fields {
            if let value = pick(SettingEdges(field.kind).accepted) { settings[field.name] = value }
        }
        return settings
    }

    // MARK: Determinism

    func determinismBreaches() -> [String] {
        let log = ConformanceLog(seed: 1)
        return setups.prefix(3).flatMap { name, settings in
            let first = bytes(of: log, settings, seed: 1)
            var breaches: [String] = []
            if bytes(of: log, settings, seed: 1, beside: ConformanceLog(seed: 2)) != first {
                breaches.append("\(name): a second run differs")
            }
            let other = bytes(of: log, settings, seed: 2)
            if bytes(of: log, settings, seed: 2) != other {
                breaches.append("\(name): a second run of another instance differs")
            }
            return breaches
        }
    }

    /// State and picture after each step; another instance may do something else meanwhile.
    private func bytes(
        of log: ConformanceLog,
        _ settings: JSONObject,
        seed: UInt64,
        beside other: ConformanceLog? = nil
    ) -> [String] {
        var stage = WidgetStage(widget, settings, seed: seed)
        var neighbour = WidgetStage(widget, schema.defaults, seed: 3)
        return log.steps.enumerated().map { index, step in
            if let other { neighbour.take(other.steps[index % other.steps.count]) }
            stage.take(step)
            return stage.bytes
        }
    }

    // MARK: Survival

    /// One instance lives on, another one crashes after every step.
    func survivalBreaches() -> [String] {
        setups.flatMap { name, settings in
            var stage = WidgetStage(widget, settings)
            var fragile = stage
            for (index, step) in ConformanceLog(seed: 3).steps.enumerated() {
                stage.take(step)
                fragile.take(step)
                let place = "\(name), step \(index)"
                let size = stage.state.json.text.utf8.count
                if size >= 64 * 1024 { return ["\(place): its state has \(size) bytes"] }
                guard let revived = fragile.revived() else { return ["\(place): its state cannot be read back"] }
                if revived.bytes != stage.bytes { return ["\(place): it goes on otherwise after a crash"] }
                fragile = revived
            }
            return []
        }
    }

    // MARK: Limits

    func limitsBreaches() -> [String] {
        setups.flatMap { name, settings in
            var stage = WidgetStage(widget, settings)
            for (index, step) in ConformanceLog(seed: 4).steps.enumerated() {
                stage.take(step)
                let faults = ViewMeasure(stage.view).faults + stage.refusals
                if !faults.isEmpty { return faults.map { "\(name), step \(index): \($0)" } }
            }
            return []
        }
    }
}

extension WidgetStage {
    mutating func take(_ step: ConformanceLog.Step) {
        switch step {
        case .event(let event): take(event)
        case .wait(let milliseconds): wait(milliseconds: milliseconds)
        }
    }
}
