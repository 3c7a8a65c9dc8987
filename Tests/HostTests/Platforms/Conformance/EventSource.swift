import WidgetAPI

@testable import Host

/// Where events come from that nobody posts: what they become is held to the same shapes.
struct EventSource: Sendable {
    let name: String
    /// The id of the channel, for each platform that it has one on.
    let channelId: @Sendable (Platform) -> String
    /// Everything it gives, made anew.
    let drafts: @Sendable () throws -> [EventDraft]

    /// Ten minutes of the demo.
    static let simulator = EventSource(
        name: "the simulator",
        channelId: { SimulatedStream.channelId(on: $0) },
        drafts: {
            var stream = SimulatedStream(run: "conformance", seed: 7, rate: 1)
            var moment: Int64 = 1_772_388_000_000
            var drafts: [EventDraft] = []
            while moment < 1_772_388_600_000 {
                let step = stream.next(now: Timestamp(milliseconds: moment))
                drafts += step.drafts
                moment += max(1, Int64(step.delay / .milliseconds(1)))
            }
            return drafts
        }
    )

    /// Two hours as JSON Lines; what the host and its streamer write themselves is left out.
    static let replayFile = EventSource(
        name: "a replay file",
        channelId: { _ in "1" },
        drafts: { try StreamScript(seed: 7).lines.map(\.draft).filter { $0.platform != .streamvibes } }
    )

    static let all = [simulator, replayFile]

    /// Everything that is not as every event has to be, in words.
    func breaches() throws -> [String] {
        let (drafts, again) = (try self.drafts(), try self.drafts())
        var breaches = drafts.flatMap { CanonicalShape.faults(of: $0.type, $0.payload) }
        if drafts != again { breaches.append("made anew it is another") }
        for (platform, drafts) in Dictionary(grouping: drafts, by: \.platform) {
            let ids = Dictionary(grouping: drafts, by: \.id).filter { $0.value.count > 1 }.keys
            breaches += ids.map { "\(platform): \($0) comes twice" }
            breaches += drafts.filter { $0.channelId != channelId(platform) }.map { "\($0.id) is of another channel" }
        }
        let lines = drafts.filter { $0.type == .chatMessage }
        breaches += lines.filter { $0.payload["messageId"]?.stringValue != $0.id.text }
            .map { "the line \($0.id) goes by another id" }
        return Array(breaches.prefix(5))
    }
}
