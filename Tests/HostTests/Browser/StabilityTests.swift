import Foundation
import Testing
import WidgetAPI

extension BrowserTests {
    @Suite struct StabilityTests {
        private static let isSoak = ProcessInfo.processInfo.environment["STREAMVIBES_SOAK"] == "1"

        /// Lines of a chat of ten a second.
        private static let aMinute = 600
        private static let twelveHours = 12 * 60 * aMinute

        @Test func `page and server are no bigger after a minute more of fast chat`() throws {
            try Self.soak(warmUp: Self.aMinute, lines: 3 * Self.aMinute)
        }

        @Test(.enabled(if: isSoak, "set STREAMVIBES_SOAK=1; it takes half an hour"))
        func `page and server are no bigger after twelve hours of fast chat than at their beginning`() throws {
            try Self.soak(warmUp: 10 * Self.aMinute, lines: Self.twelveHours)
        }

        private static func soak(warmUp: Int, lines: Int) throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address())
            var first: Weight?
            for number in 1...lines {
                try host.say("line \(number) of many", by: "viewer\(number % 300)")
                // Chat this fast is held back until its second is over, so every look takes one.
                if number % (lines / 18) == 0 {
                    try page.waitForLine("line \(number) of many", withinSeconds: 30)
                    #expect(try page.evaluate("probe.all('chat', '.line').length") == 15)
                }
                if number == warmUp { first = try Weight(page, host.server) }
            }

            let last = try Weight(page, host.server)

            let start = try #require(first)
            #expect(last.nodes <= start.nodes + 20, "\(start) became \(last)")
            #expect(last.listeners <= start.listeners, "\(start) became \(last)")
            #expect(last.heapBytes <= start.heapBytes + 5_000_000, "\(start) became \(last)")
            // Caches of the database and the allocator fill up slowly; a leak of a hundred bytes a line would be 40 MB.
            #expect(last.serverBytes <= start.serverBytes + 30_000_000, "\(start) became \(last)")
            try page.expectNoComplaints()
        }

        /// What a page takes once everything that nobody uses is gone, and the server as it is.
        private struct Weight {
            let nodes: Int64
            let listeners: Int64
            let heapBytes: Int64
            let serverBytes: Int64

            init(_ page: Page, _ server: ServerProcess) throws {
                try page.wait(until: "probe.root('chat').getAnimations().length === 0", "the last line has come in")
                for _ in 0..<2 { try page.call("HeapProfiler.collectGarbage") }
                let counters = try page.call("Memory.getDOMCounters")
                nodes = try #require(counters["nodes"]?.integerValue)
                listeners = try #require(counters["jsEventListeners"]?.integerValue)
                heapBytes = try #require(try page.call("Runtime.getHeapUsage")["usedSize"]?.integerValue)
                let status = try String(contentsOfFile: "/proc/\(server.processId)/status", encoding: .utf8)
                let resident = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
                serverBytes =
                    try #require(
                        resident?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int64($0) }
                    ) * 1024
            }
        }
    }
}
