import Foundation
import Testing
import WidgetAPI

extension BrowserTests {
    @Suite struct StabilityTests {
        private static let isSoak = ProcessInfo.processInfo.environment["STREAMVIBES_SOAK"] == "1"

        @Test func `a page that has seen two thousand chat lines is no bigger than after five hundred`() throws {
            try Self.soak(warmUp: 500, lines: 2000)
        }

        @Test(.enabled(if: isSoak, "set STREAMVIBES_SOAK=1; it takes ten minutes"))
        func `a page that has seen a long evening of chat is no bigger than at its beginning`() throws {
            try Self.soak(warmUp: 5000, lines: 200_000)
        }

        private static func soak(warmUp: Int, lines: Int) throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address())
            var first: Weight?
            for number in 1...lines {
                try host.say("line \(number) of many", by: "viewer\(number % 300)")
                if number % 100 == 0 {
                    try Self.catchUp(page, host, "mark \(number)")
                    #expect(try page.evaluate("probe.all('chat', '.line').length") == 15)
                }
                if number == warmUp { first = try Weight(page) }
            }

            let last = try Weight(page)

            let start = try #require(first)
            #expect(last.nodes <= start.nodes + 20, "\(start) became \(last)")
            #expect(last.listeners <= start.listeners, "\(start) became \(last)")
            #expect(last.heapBytes <= start.heapBytes + 5_000_000, "\(start) became \(last)")
            try page.expectNoComplaints()
        }

        /// Returns when the page shows what is said now: chat this fast is counted until its second is over.
        private static func catchUp(_ page: Page, _ host: AliceHost, _ mark: String) throws {
            let hasCaughtUp = try Deadline.wait(seconds: 30, pausing: 100) {
                try host.say(mark)
                return try page.chatLines().contains(mark)
            }
            try #require(hasCaughtUp, "\(mark) was never seen")
        }

        /// What a page takes once everything that nobody uses is gone.
        private struct Weight {
            let nodes: Int64
            let listeners: Int64
            let heapBytes: Int64

            init(_ page: Page) throws {
                try page.wait(until: "probe.root('chat').getAnimations().length === 0", "the last line has come in")
                for _ in 0..<2 { try page.call("HeapProfiler.collectGarbage") }
                let counters = try page.call("Memory.getDOMCounters")
                nodes = try #require(counters["nodes"]?.integerValue)
                listeners = try #require(counters["jsEventListeners"]?.integerValue)
                heapBytes = try #require(try page.call("Runtime.getHeapUsage")["usedSize"]?.integerValue)
            }
        }
    }
}
