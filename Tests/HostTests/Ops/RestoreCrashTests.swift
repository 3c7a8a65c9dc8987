import Foundation
import Glibc
import Testing

@testable import Host

/// `kill -9` at any moment of a restore.
@Suite(.serialized, .withProcesses) struct RestoreCrashTests {
    @Test func `a restore that is cut off after any of its steps is finished by the next start`() throws {
        var count = 0
        repeat {
            let place = try BackupPlace()
            let plan = try Self.commit(at: place)
            let swap = RestoreSwap(folder: place.data)
            let steps = swap.steps(plan)
            for step in steps.prefix(count) { try step() }

            let listed = try place.server.command("channel", "list")

            #expect(listed.status == 0, "after \(count) steps: \(listed.errors)")
            #expect(listed.output.hasPrefix("twitch\tcarol\t7"), "after \(count) steps: \(listed.output)")
            #expect(place.text("files/a") == "restored", "after \(count) steps")
            #expect(place.text("files/picture") == nil, "after \(count) steps")
            #expect(place.text("widgets/open/widget.json") == nil, "after \(count) steps")
            #expect(!swap.hasLeftover, "after \(count) steps")
            #expect(swap.keptAside(plan).count == 3, "after \(count) steps")
            // The last step takes the marker away: from then on there is nothing to say.
            #expect(listed.errors.contains("is finished now") == (count < steps.count), "after \(count) steps")
            count += 1
            if count > steps.count { break }
        } while true
        #expect(count > 10)
    }

    @Test func `a restore that is cut off before it counts is cleared away, and serve says so`() throws {
        let place = try BackupPlace()
        let plan = try Self.stage(at: place)
        #expect(FileManager.default.fileExists(atPath: plan.stagedDatabase))

        try place.server.start()

        #expect(place.server.logLines(with: "had changed nothing").count == 1, "\(place.server.log)")
        #expect(try place.channels() == ["alice"])
        #expect(place.text("files/picture") == "a picture")
        #expect(try place.names().allSatisfy { !$0.contains("restore") })
    }

    @Test func `a plan that was not written to its end is cleared away`() throws {
        let place = try BackupPlace()
        try place.write("restore.staging/plan", "{\"databa")

        let listed = try place.server.command("channel", "list")

        #expect(listed.status == 0 && listed.output.hasPrefix("twitch\talice"))
        #expect(try place.names().allSatisfy { !$0.contains("restore") })
    }

    @Test func `while a restore goes on no other command opens the database`() throws {
        let place = try BackupPlace()
        _ = try Self.commit(at: place)
        let lock = try #require(try DataDirectory(path: place.data).lock(for: .server))

        let listed = try place.server.command("channel", "list")
        let backup = try place.server.command("backup", place.backup)
        withExtendedLifetime(lock) {}

        #expect(listed.status == 69 && listed.errors.contains("restore is going on"))
        #expect(backup.status == 69)
    }

    @Test func `a restore that is killed at any moment leaves all of the old or all of the new`() throws {
        var seen: Set<String> = []
        var delay: UInt32 = 2
        var late = 0
        while delay < 60_000 {
            let place = try BackupPlace()
            // Large enough that unpacking and checking take a while.
            for number in 0..<40 { try place.write("files/f\(number)", String(repeating: "\(number)", count: 20_000)) }
            #expect(try place.server.command("backup", place.backup).status == 0)
            try place.server.command("channel", "add", "twitch", "bob", "--user-id", "99")
            try place.write("files/f0", "newer")

            let restore = Process()
            restore.executableURL = URL(fileURLWithPath: ServerProcess.executable)
            restore.arguments = ["restore", place.backup, "--data-dir", place.data]
            restore.environment = ServerProcess.environment
            restore.standardOutput = FileHandle.nullDevice
            restore.standardError = FileHandle.nullDevice
            try restore.run()
            usleep(delay * 1000)
            kill(restore.processIdentifier, SIGKILL)
            restore.waitUntilExit()
            let wasKilled = restore.terminationReason == .uncaughtSignal
            let listed = try place.server.command("channel", "list")

            #expect(listed.status == 0, "after \(delay) ms: \(listed.errors)")
            let isNew = !listed.output.contains("bob")
            #expect((place.text("files/f0") == "newer") != isNew, "after \(delay) ms")
            #expect(place.text("files/f39")?.count == 40_000, "after \(delay) ms")
            #expect(!RestoreSwap(folder: place.data).hasLeftover, "after \(delay) ms")
            if listed.errors.contains("had changed nothing") { #expect(!isNew, "after \(delay) ms") }
            if listed.errors.contains("is finished now") { #expect(isNew, "after \(delay) ms") }
            seen.insert(isNew ? "new" : "old")
            // A restore that came to its end says that every later moment is the same; where it was this test that a
            // busy machine held up, the same moment is tried again.
            if !wasKilled && seen.contains("old") { break }
            late += wasKilled ? 0 : 1
            try #require(late < 10, "each restore has ended before it could be killed")
            guard wasKilled else { continue }
            delay += max(5, delay / 4)
        }
        #expect(seen == ["old", "new"], "\(seen)")
    }

    /// Everything of a restore up to the moment from which it counts.
    private static func stage(at place: BackupPlace) throws -> RestoreSwap.Plan {
        let archive = try place.archive(
            [
                BackupPlace.manifest(), ("database.sqlite", try place.database()),
                ("files/a", Array("restored".utf8)),
            ],
            named: "staged.tar"
        )
        let plan = RestoreSwap.Plan(
            databasePath: place.data + "/streamvibes.sqlite",
            suffix: ".before-restore-test",
            source: archive
        )
        let known = Migration.all.map(\.version).max() ?? 0
        _ = try RestoreStage(swap: RestoreSwap(folder: place.data), plan: plan, knownSchema: known)
            .fill(from: OpenFile(archive, O_RDONLY))
        return plan
    }

    private static func commit(at place: BackupPlace) throws -> RestoreSwap.Plan {
        let plan = try stage(at: place)
        try RestoreSwap(folder: place.data).commit()
        return plan
    }
}
