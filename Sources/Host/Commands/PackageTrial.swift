import Sandbox
import WidgetAPI

/// What is wrong with a package that only running it shows.
struct PackageTrial {
    let files: PackageFiles
    let cells: TrialCells

    // Timers that a sample starts have fired by then, most of them.
    private static let patienceMilliseconds: Int64 = 60_000

    /// Faults of every program's syntax, and, of a package that is fine otherwise, of its first steps.
    func faults(of package: WidgetPackage?) async -> [PackageFault] {
        var check = PackageCheck(files: files)
        let programs = package?.programs ?? check.programs()
        let faults = await syntaxFaults(programs)
        guard faults.isEmpty, let package else { return faults }
        return await runFaults(package)
    }

    /// What the compiler says of each file; the first mistake of each, as it reads no further.
    private func syntaxFaults(_ programs: [String: String]) async -> [PackageFault] {
        var faults: [PackageFault] = []
        for path in programs.keys.sorted() {
            var files = JSONObject()
            for (name, text) in programs { files[name] = .string(text) }
            // A file that main.lua never asks for is compiled all the same.
            if path != WidgetPackage.mainFile {
                files[WidgetPackage.mainFile] = .string("require \"\(path.dropLast(4))\"")
            }
            let said = await cells.syntaxFault([
                "id": "check", "version": "0.0.0", "files": .object(files),
                "permissions": .array(WidgetManifest.Permission.allCases.map { .string($0.rawValue) }),
                "events": ["*"], "config": [:], "state": .null, "timers": [], "storage": [:], "locale": [:],
                "now": .integer(WidgetTrial.beginning.milliseconds),
            ])
            guard let said else { continue }
            let fault = PackageFault(lua: WidgetTrial.Fault(message: said, traceback: ""), in: programs)
            if !faults.contains(fault) { faults.append(fault) }
        }
        return faults
    }

    /// Starts it with its defaults, draws it and shows it every sample.
    private func runFaults(_ package: WidgetPackage) async -> [PackageFault] {
        let config = package.manifest.configSchema.defaults
        var trial = await WidgetTrial(package, config: config, in: cells)
        defer { trial.end() }
        var faults: [PackageFault] = []
        // Whatever fails at one sample fails at the next one too.
        var known: Set<WidgetTrial.Fault> = []
        func note(_ found: [WidgetTrial.Fault], _ occasion: String) {
            var found = found
            do throws(ViewGuard.Refusal) {
                _ = try trial.picture()
            } catch {
                found.append(WidgetTrial.Fault(message: "\(error)", traceback: ""))
            }
            for fault in found where known.insert(fault).inserted {
                faults.append(PackageFault(lua: fault, in: package.programs, occasion))
            }
        }
        let beginning = await trial.start()
        note(beginning, "")
        guard beginning.isEmpty else { return faults }
        for (index, sample) in package.manifest.samples.enumerated() {
            let place = "samples[\(index)]"
            let path = (JSONPath() / "samples")[index]
            let line = JSONPlaces.line(of: path, in: files.contents[ManifestReader.fileName] ?? [])
            func refuse(_ message: String) {
                faults.append(PackageFault(ManifestReader.fileName, line: line, "\(place): \(message)"))
            }
            let usual = Event.ID("sample-\(index + 1)")
            let id = SampledPayload.id(of: sample.type, with: sample.payload) ?? usual
            guard trial.hears(of: sample.type) else {
                refuse("\(sample.type) given, one of \"events\" wanted")
                continue
            }
            guard let payload = SampledPayload.of(sample.type, with: sample.payload, id: id) else {
                refuse(
                    "what \(sample.type) carries wanted, such as \((CoreSamples.payload(of: sample.type) ?? [:]).text)"
                )
                continue
            }
            let draft = EventDraft(
                id: id,
                type: sample.type,
                platform: .usual,
                occurredAt: trial.now,
                payload: .object(payload)
            )
            note(await trial.take(draft), " (\(place), \(sample.type))")
        }
        note(await trial.wait(milliseconds: Self.patienceMilliseconds), " (a minute after the samples)")
        return faults
    }
}

extension PackageFault {
    /// An error of a widget, with the file and line that Lua names.
    init(lua fault: WidgetTrial.Fault, in programs: [String: String], _ occasion: String = "") {
        let (place, message) = Self.split(fault.message, programs)
        let levels = fault.traceback.split(separator: "\n")
        let traced = levels.lazy.compactMap { Self.split(String($0), programs).place }.first
        // One level says what the place says.
        let trace = levels.count > 1 ? levels.map { "\n      \($0)" }.joined() : ""
        let found = place ?? traced
        self.init(found?.file ?? WidgetPackage.mainFile, line: found?.line, "\(message)\(occasion)\(trace)")
    }

    /// Takes `main.lua:7: ` from the beginning of what Lua says.
    private static func split(
        _ text: String,
        _ programs: [String: String]
    ) -> (place: (file: String, line: Int)?, message: String) {
        guard let match = text.prefixMatch(of: #/([A-Za-z0-9._-]+\.lua):([0-9]+): /#), let line = Int(match.2),
            programs[String(match.1)] != nil
        else { return (nil, text) }
        return ((String(match.1), line), String(text[match.range.upperBound...]))
    }
}
