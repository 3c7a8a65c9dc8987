import WidgetAPI

extension Conformance {
    // MARK: Settings

    func settingsBreaches() -> [String] {
        var breaches: [String] = []
        do {
            if try schema.validate([:]) != schema.defaults { breaches.append("nothing chosen is not the defaults") }
        } catch {
            breaches.append("its own defaults are refused: \(error)")
        }
        if !isRefused("noSuchSetting", 1, naming: ["noSuchSetting"]) { breaches.append("an unknown key is taken") }
        for field in schema.fields {
            breaches += formBreaches(of: field, among: schema.fields)
            if field.defaultValue == nil { breaches.append("\(field.name) has no default") }
            breaches += edgeBreaches(of: field)
        }
        return breaches
    }

    /// What a form and a table of options need to know.
    private func formBreaches(of field: ConfigSchema.Field, among siblings: [ConfigSchema.Field]) -> [String] {
        var breaches: [String] = []
        if field.title.isEmpty { breaches.append("\(field.name) has no title") }
        if siblings.count(where: { $0.name == field.name }) > 1 { breaches.append("\(field.name) is there twice") }
        if let when = field.when {
            let other = siblings.first { $0.name == when.field }
            let accepted = other.map { SettingEdges($0.kind).accepted } ?? []
            if !when.values.allSatisfy(accepted.contains) {
                breaches.append("\(field.name) is shown with a value that \(when.field) never has")
            }
        }
        var inner = field.kind
        if case .list(let element, _, _) = inner { inner = element }
        guard case .object(let members) = inner else { return breaches }
        return breaches
            + members.flatMap { member in
                formBreaches(of: member, among: members).map { "\(field.name): \($0)" }
            }
    }

    private func edgeBreaches(of field: ConfigSchema.Field) -> [String] {
        var breaches: [String] = []
        let edges = SettingEdges(field.kind)
        let reader = JSONSchemaReader(schema: schema.jsonSchema)
        for value in edges.accepted {
            let chosen = settings(field.name, value)
            guard let complete = try? schema.validate(chosen) else {
                breaches.append("\(field.name) refuses \(value.text)")
                continue
            }
            if complete[field.name] != value { breaches.append("\(field.name) makes something else of \(value.text)") }
            if !reader.admits(chosen) { breaches.append("the JSON Schema refuses \(field.name) \(value.text)") }
            let stage = WidgetStage(widget, complete)
            breaches += faults(of: stage, "just placed with \(field.name) \(value.text.prefix(40))")
        }
        for refused in edges.refused {
            if !isRefused(field.name, refused.value, naming: edges.ends) {
                breaches.append("\(field.name) does not refuse \(refused.value.text) in plain words")
            }
            if !refused.isOfFormat, reader.admits(settings(field.name, refused.value)) {
                breaches.append("the JSON Schema takes \(field.name) \(refused.value.text)")
            }
        }
        return breaches
    }

    /// Whether the value is refused with a message that names the setting, the value and what is wanted.
    private func isRefused(_ name: String, _ value: JSONValue, naming ends: [String]) -> Bool {
        do throws(ConfigError) {
            _ = try schema.validate(settings(name, value))
            return false
        } catch {
            return error.refusals.contains { refusal in
                let isOfMember = refusal.field != name
                let shown = refusal.value.text.prefix(80)
                return refusal.field.hasPrefix(name) && !refusal.wanted.isEmpty
                    && error.description.contains("\(refusal.field): \(shown)")
                    && error.description.contains(refusal.wanted)
                    && (isOfMember || refusal.value == value && ends.allSatisfy(error.description.contains))
            }
        }
    }

    private func settings(_ name: String, _ value: JSONValue) -> JSONValue {
        var object = JSONObject()
        object[name] = value
        return .object(object)
    }

    // MARK: Changes

    /// At every step some of all changes are tried, each of them at several steps of the log.
    func liveSettingsBreaches() -> [String] {
        let changes = schema.fields.filter(\.isLive).flatMap { field in
            SettingEdges(field.kind).accepted.map { (field.name, $0) }
        }
        let turns = max(changes.count / 2, 1)
        let steps = ConformanceLog(seed: 8).steps
        return setups.prefix(3).flatMap { name, settings in
            var stage = WidgetStage(widget, settings)
            for (index, step) in steps.enumerated() {
                stage.take(step)
                for (number, change) in changes.enumerated() where number % turns == index % turns {
                    var changed = settings
                    changed[change.0] = change.1
                    var fork = stage
                    fork.change(to: changed)
                    let place = "\(name), step \(index), \(change.0) \(change.1.text.prefix(40))"
                    var faults = faults(of: fork, place)
                    if fork.revived()?.bytes != fork.bytes { faults.append("\(place): drawn otherwise after a crash") }
                    fork.take(steps[(index + 1) % steps.count])
                    fork.change(to: settings)
                    faults += self.faults(of: fork, "\(name), step \(index), \(change.0) changed back")
                    if !faults.isEmpty { return faults }
                }
            }
            return []
        }
    }
}
