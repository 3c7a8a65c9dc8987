import WidgetAPI

extension Conformance {
    // MARK: Manifest

    func manifestBreaches() -> [String] {
        let manifest = widget.manifest
        var breaches: [String] = []
        if manifest.id.wholeMatch(of: /[a-z][a-z0-9-]{1,39}/) == nil { breaches.append("its id is \(manifest.id)") }
        if manifest.version.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?/) == nil {
            breaches.append("its version is \(manifest.version)")
        }
        if manifest.name.isEmpty || manifest.description.isEmpty { breaches.append("it says nothing of itself") }
        let size = manifest.defaultSize
        if !(1...12).contains(size.width) || !(1...9).contains(size.height) {
            breaches.append("its size is \(size.width)×\(size.height)")
        }
        for pattern in manifest.events
        where pattern.text.wholeMatch(of: /[a-z]+:(\*|[a-z-]+)/) == nil || pattern.text.hasPrefix("timer:") {
            breaches.append("it listens to \(pattern)")
        }
        return breaches + styleBreaches
    }

    private var styleBreaches: [String] {
        let sheet = widget.styleSheet
        let refused = [
            "url(", "image-set(", "src(", "element(", "paint(", "@import", "@charset", "@namespace", "\\",
            ":host-context", ":has(", "@container", "color-mix", "&",
        ]
        let size = sheet.utf8.count
        return refused.filter(sheet.contains).map { "its style sheet has \($0)" }
            + (size <= 32 * 1024 ? [] : ["its style sheet has \(size) bytes"])
    }

    // MARK: Samples

    /// With usual settings, or with one of them changed: a widget of two kinds may show its samples in one of them.
    func samplesBreaches() -> [String] {
        let manifest = widget.manifest
        var breaches = manifest.samples.filter { sample in
            !manifest.events.contains { $0.matches(sample.type) } || sample.payload.objectValue == nil
        }.map { "it cannot take its sample of \($0.type)" }
        let changes = schema.fields.flatMap { field in
            SettingEdges(field.kind).accepted.map { value in
                var settings = schema.defaults
                settings[field.name] = value
                return settings
            }
        }
        if !([schema.defaults] + changes).contains(where: showsSamples) { breaches.append("its samples show nothing") }
        return breaches
    }

    private func showsSamples(_ settings: JSONObject) -> Bool {
        var stage = WidgetStage(widget, settings)
        stage.take(TestEvents.overlay(open: true))
        for (number, sample) in widget.manifest.samples.enumerated() {
            stage.take(TestEvents.event(sample.type, sample.payload, id: "sample-\(number)", isTest: true))
            if !ViewMeasure(stage.picture).isEmpty { return true }
        }
        return false
    }

    // MARK: Strange events

    func strangeEventsBreaches() -> [String] {
        [setups[0], setups[2]].flatMap { name, settings in
            (unknownBreaches(settings) + strangeBreaches(settings)).map { "\(name), \($0)" }
        }
    }

    private func unknownBreaches(_ settings: JSONObject) -> [String] {
        let manifest = widget.manifest
        var stage = WidgetStage(widget, settings)
        for step in ConformanceLog(seed: 10, events: 20).steps { stage.take(step) }
        let before = stage.bytes
        let given = StrangeEvents.ofUnknownTypes.filter { event in
            manifest.events.contains { $0.matches(event.type) }
                || manifest.permissions.contains(.timers) && event.type.name.hasPrefix("timer:")
        }
        return given.flatMap { event in
            var state = stage.state
            var context = WidgetContext(now: stage.now)
            widget.handle(event, state: &state, config: stage.config, context: &context)
            var breaches: [String] = []
            if stage.with(state).bytes != before { breaches.append("the unknown event \(event.type) changes it") }
            if !context.effects.isEmpty { breaches.append("the unknown event \(event.type) has effects") }
            return breaches
        }
    }

    /// One after the other, so that what they leave behind adds up.
    private func strangeBreaches(_ settings: JSONObject) -> [String] {
        var stage = WidgetStage(widget, settings)
        stage.take(TestEvents.overlay(open: true))
        for (number, event) in StrangeEvents.all.enumerated() {
            stage.take(event)
            // Looked at now and then, for writing the state down takes longer than taking an event.
            guard number.isMultiple(of: 16) else { continue }
            let faults = faults(of: stage, "strange event \(number) of \(event.type)")
            if !faults.isEmpty { return faults }
            stage.wait(milliseconds: number.isMultiple(of: 48) ? 6000 : 100)
        }
        return []
    }
}
