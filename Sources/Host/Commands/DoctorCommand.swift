import ArgumentParser
import WidgetAPI

/// Written as `streamvibes doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at settings, clock, storage, sandbox and platforms, and say what to do.",
        discussion: "Changes nothing, and may run beside a server. Ends with 0 when there is no problem."
    )

    @OptionGroup var storage: StorageOptions

    func run() async throws {
        let (settings, source) = try read()
        let http = PlatformHTTP()
        let doctor = Doctor(
            settings: settings,
            given: (Settings.used + Settings.reserved).filter(source.isGiven),
            http: http,
            now: { .now }
        )
        var faults: [Finding.Fault] = []
        try await http.connected {
            await doctor.examine { finding in
                print(finding.text)
                if case .problem(let fault) = finding.grade { faults.append(fault) }
            }
        }
        guard !faults.isEmpty else { return }
        throw CommandFailure(
            faults.contains(.setting) ? .badConfiguration : .unavailable,
            "\(faults.count) problem\(faults.count == 1 ? "" : "s")"
        )
    }

    /// The settings; where they cannot be read there is nothing else to look at.
    private func read() throws -> (Settings, SettingsSource) {
        do {
            return try Workplace.given(storage.given)
        } catch let failure as CommandFailure {
            let advice = "Change it where it was given; docs/settings.md lists what each setting takes."
            print(Finding.problem(.setting, "settings", failure.message, do: advice).text)
            throw CommandFailure(failure.status, "1 problem; nothing else was looked at")
        }
    }
}
