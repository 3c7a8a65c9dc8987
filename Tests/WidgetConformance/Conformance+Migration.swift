import WidgetAPI

extension Conformance {
    func migrationBreaches() -> [String] {
        let unknown = EarlierRelease(version: "0.0.1", settings: [], states: [])
        return (earlier + [unknown]).flatMap { release in
            configs(of: release).flatMap { configBreaches($0, of: release) }
                + (release.states + release.states.flatMap(Self.damaged) + Self.nonsense).flatMap {
                    stateBreaches($0, of: release)
                }
        }
    }

    /// Nothing chosen, each setting at each of its values, and all of them at their ends.
    private func configs(of release: EarlierRelease) -> [JSONObject] {
        var (firsts, lasts) = (JSONObject(), JSONObject())
        var configs = [JSONObject()]
        for (name, values) in release.settings {
            (firsts[name], lasts[name]) = (values.first, values.last)
            for value in values {
                var one = JSONObject()
                one[name] = value
                configs.append(one)
            }
        }
        return configs + [firsts, lasts]
    }

    private func configBreaches(_ config: JSONObject, of release: EarlierRelease) -> [String] {
        let place = "settings of \(release.version), \(JSONValue.object(config).text)"
        let migrated = widget.migrate(config: config, from: release.version)
        do {
            let complete = try schema.validate(.object(migrated))
            var breaches = faults(of: WidgetStage(widget, complete), place)
            for member in config.members where isTaken(member) && complete[member.name] != member.value {
                breaches.append("\(place): \(member.name) is lost")
            }
            return breaches
        } catch {
            return ["\(place): \(error)"]
        }
    }

    /// Whether this version takes what an earlier one did.
    private func isTaken(_ member: JSONObject.Member) -> Bool {
        var object = JSONObject()
        object[member.name] = member.value
        return (try? schema.validate(.object(object))) != nil
    }

    /// A state is read and lives on, or it is refused.
    private func stateBreaches(_ state: JSONValue, of release: EarlierRelease) -> [String] {
        guard let read = W.State(json: widget.migrate(state: state, from: release.version)) else { return [] }
        return setups.prefix(3).flatMap { name, settings in
            var stage = WidgetStage(widget, settings).with(read)
            let place = "state of \(release.version), \(state.text.prefix(200)), \(name)"
            let before = faults(of: stage, place)
            for step in ConformanceLog(seed: 9, events: 8).steps { stage.take(step) }
            return before + faults(of: stage, "\(place), later")
        }
    }

    /// The state with one of its members of another type.
    private static func damaged(_ state: JSONValue) -> [JSONValue] {
        guard let object = state.objectValue else { return [] }
        return object.members.flatMap { member in
            nonsense.map { other in
                var damaged = object
                damaged[member.name] = other
                return .object(damaged)
            }
        }
    }

    private static var nonsense: [JSONValue] { [nil, true, "x", 1.5, [], [nil], [:], ["x": 1]] }
}
