import Foundation
import Testing

extension BrowserTests {
    /// What people do in the dashboard, told with Playwright in `Tests/Stories`; `Scripts/install.sh test` brings it.
    ///
    /// Each file has hosts and a browser of its own, and takes its turn with the other browsers. What stands beside
    /// them here is the fake Twitch and the fake Kick.
    @Suite(.serialized) struct StoryTests {
        private static let folder = ServerProcess.root.appendingPathComponent("Tests/Stories")

        static let stories: [String] = {
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
            return (names ?? []).filter { $0.hasPrefix("test_") && $0.hasSuffix(".py") }.map { String($0.dropLast(3)) }
                .sorted()
        }()

        @Test(arguments: stories)
        func `every step is what people would see`(story: String) throws {
            let run = try Self.tell(story)

            #expect(run.status == 0, "\(run.report)")
            #expect(run.report.contains(/Ran [1-9][0-9]* test/), "nothing was told")
        }

        @Test func `there are stories`() {
            #expect(Self.stories.count > 5)
        }

        /// Runs one file to its end.
        private static func tell(_ story: String) throws -> (status: Int32, report: String) {
            let twitch = try FakePlatform(.twitch, user: .init(id: "1234", login: "alice", name: "Alice"))
            let kick = try FakePlatform(.kick, user: .init(id: "77", login: "alice-live", name: "Alice_Live"))
            twitch.manners.showsPage = true
            kick.manners.showsPage = true
            let report = FileManager.default.temporaryDirectory.appendingPathComponent("story-\(UUID().uuidString)")
            _ = FileManager.default.createFile(atPath: report.path, contents: nil)
            defer { try? FileManager.default.removeItem(at: report) }
            let process = Process()
            process.executableURL = ServerProcess.root.appendingPathComponent(".build/playwright/bin/python")
            process.arguments = ["-m", "unittest", "-v", story]
            process.currentDirectoryURL = folder
            process.environment = ServerProcess.environment.merging(twitch.environment) { _, new in new }
                .merging(kick.environment) { _, new in new }
                .merging(["PYTHONDONTWRITEBYTECODE": "1"]) { _, new in new }
            let output = try FileHandle(forWritingTo: report)
            process.standardOutput = output
            process.standardError = output
            try process.run()
            process.waitUntilExit()
            return (process.terminationStatus, try String(contentsOf: report, encoding: .utf8))
        }
    }
}
