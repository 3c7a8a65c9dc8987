import Foundation
import Testing

@testable import FakePlatforms

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

            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.errors.contains(/Ran [1-9][0-9]* test/), "nothing was told")
        }

        @Test func `there are stories`() {
            #expect(Self.stories.count > 5)
        }

        /// Runs one file to its end.
        private static func tell(_ story: String) throws -> CommandResult {
            let twitch = try FakePlatform(.twitch, user: .init(id: "1234", login: "alice", name: "Alice"))
            let kick = try FakePlatform(.kick, user: .init(id: "77", login: "alice-live", name: "Alice_Live"))
            twitch.manners.showsPage = true
            kick.manners.showsPage = true
            return try CommandResult.run(
                ["-m", "unittest", "-v", story],
                environment: ServerProcess.environment.merging(twitch.environment) { _, new in new }
                    .merging(kick.environment) { _, new in new }
                    .merging(["PYTHONDONTWRITEBYTECODE": "1"]) { _, new in new },
                directory: folder.path,
                executable: ServerProcess.root.appendingPathComponent(".build/playwright/bin/python").path
            )
        }
    }
}
