import Testing
import WidgetAPI

@testable import Host

/// A script is worth something only while its lines are what decoders make of deliveries.
@Suite(.reckoning) struct StreamScriptTests {
    @Test func `whatever a script has a platform tell has the shape of what platforms tell`() throws {
        let drafts = try StreamScript(seed: 7).lines.map(\.draft).filter { $0.platform != .streamvibes }
        let faults = drafts.flatMap { CanonicalShape.faults(of: $0.type, $0.payload) }
        let lines = drafts.filter { $0.type == .chatMessage }

        #expect(faults.prefix(5) == [])
        #expect(lines.allSatisfy { $0.payload["messageId"]?.stringValue == $0.id.text })
        #expect(drafts.allSatisfy { $0.channelId == "1" })
        #expect(Set(drafts.map { "\($0.platform) \($0.id.text)" }).count == drafts.count)
    }
}
