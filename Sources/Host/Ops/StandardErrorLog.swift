import Glibc
import Logging
import Synchronization
import WidgetAPI

/// Log lines on standard error, as text for people or as JSON for machines.
struct StandardErrorLog: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    let label: String
    let format: Settings.LogFormat

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
        let line =
            switch format {
            case .text: text(event, all)
            case .json: json(event, all)
            }
        Self.write(line)
    }

    private func text(_ event: LogEvent, _ metadata: [(key: String, value: Logger.MetadataValue)]) -> String {
        var line = "\(Timestamp.now.iso8601) \(event.level.rawValue) \(event.message)"
        for (key, value) in metadata {
            let text = "\(value)"
            // A line is a line: what comes from outside cannot begin a new one.
            line +=
                " \(key)="
                + (text.contains { $0 == " " || $0 == "\"" || $0.isNewline } ? JSONValue.string(text).text : text)
        }
        return line + "\n"
    }

    private func json(_ event: LogEvent, _ metadata: [(key: String, value: Logger.MetadataValue)]) -> String {
        var object: JSONObject = [
            "time": .string(Timestamp.now.iso8601), "level": .string(event.level.rawValue),
            "message": .string("\(event.message)"),
        ]
        for (key, value) in metadata { object[key] = .string("\(value)") }
        return JSONValue.object(object).text + "\n"
    }

    /// One write per line, so that lines of several threads do not mix.
    private static func write(_ line: String) {
        var line = line
        line.withUTF8 { bytes in
            _ = Glibc.write(2, bytes.baseAddress, bytes.count)
        }
    }
}
