import Testing
import WidgetAPI

@testable import Host

@Suite struct WidgetJournalTests {
    @Test func `a flood of lines keeps the last two hundred, and of long ones 64 KiB`() {
        var (many, long) = (WidgetJournal(), WidgetJournal())
        let moment = Timestamp(milliseconds: 0)

        for number in 0..<1000 {
            many.append(.init(at: moment, level: .info, text: number == 999 ? "last" : ""))
            long.append(.init(at: moment, level: .info, text: String(repeating: "x", count: 4096)))
        }

        #expect(many.lines.count == 200 && many.lines.last?.text == "last")
        #expect(long.lines.count == 16)
    }
}
