import WidgetAPI

@testable import Host

/// Two hours of a stream as JSON Lines: `{"at":milliseconds,"draft":{…}}`, in the order of their moments.
///
/// A seed makes it, so that nobody has to keep megabytes; everybody who plays it reads the lines back.
struct StreamScript {
    /// What happens at one moment.
    struct Line {
        let at: Int64
        let draft: EventDraft
    }

    static let milliseconds: Int64 = 7_200_000
    static let chatLines = 20_000
    static let follows = 300
    static let subscriptions = 80
    static let tips = 60
    static let bombs = [5, 50, 100]

    /// What the generator wrote.
    let text: String
    let lines: [Line]

    init(seed: UInt64) throws {
        var author = StreamAuthor(seed: seed)
        text = author.write()
        lines = try text.split(separator: "\n").map { try Self.line(JSONValue(parsing: $0.utf8)) }
    }

    /// The lines of one moment together, the earliest first.
    var moments: [ArraySlice<Line>] {
        var moments: [ArraySlice<Line>] = []
        var start = 0
        while start < lines.count {
            let end = lines[start...].firstIndex { $0.at != lines[start].at } ?? lines.count
            moments.append(lines[start..<end])
            start = end
        }
        return moments
    }

    /// What goes into the log at a moment; a replay takes the alert that it means from the rows so far, by id.
    static func drafts(of moment: ArraySlice<Line>, after rows: [String: Event]) -> [EventDraft] {
        moment.map { line in
            var draft = line.draft
            draft.occurredAt = Timestamp(milliseconds: StreamHouse.start + line.at)
            if let of = draft.payload["of"]?.stringValue, let alert = rows[of] {
                draft.payload = AlertReplay(alert).json
            }
            return draft
        }
    }

    /// The payloads of real events of that type; tests of the streamer are left out.
    func payloads(of type: EventType) -> [JSONValue] {
        lines.filter { $0.draft.type == type && !$0.draft.isTest }.map(\.draft.payload)
    }

    private static func line(_ json: JSONValue) throws -> Line {
        guard let at = json["at"]?.integerValue, let draft = json["draft"], let id = draft["id"]?.stringValue,
            let type = draft["type"]?.stringValue, let payload = draft["payload"],
            let platform = draft["platform"]?.stringValue.flatMap(Platform.init(rawValue:))
        else { throw Socket.Failure(description: "no line of a script: \(json.text)") }
        return Line(
            at: at,
            draft: EventDraft(
                id: Event.ID(id),
                type: EventType(type),
                platform: platform,
                channelId: draft["channelId"]?.stringValue,
                occurredAt: Timestamp(milliseconds: at),
                isTest: draft["test"]?.boolValue ?? false,
                payload: payload
            )
        )
    }
}
