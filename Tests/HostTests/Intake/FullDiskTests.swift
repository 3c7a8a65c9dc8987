import Foundation
import Glibc
import Testing
import WidgetAPI

@testable import FakePlatforms

/// A disk without room: nothing is lost, nothing else stops, and it ends by itself.
@Suite(.serialized, .withProcesses, .enabled(if: SmallDisk.isPossible, "mounting a disk of 3 MiB takes root"))
struct FullDiskTests {
    @Test func `deliveries wait outside while the disk is full, and come in by themselves when it is not`() throws {
        let disk = try SmallDisk()
        defer { disk.remove() }
        let server = try ServerProcess(dataDirectory: disk.path, logPath: disk.path + ".log")
        defer {
            server.kill()
            try? FileManager.default.removeItem(atPath: server.logPath)
        }
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        try server.start()
        let page = try WebSocketClient(port: server.port)
        _ = try #require(try page.subscribe("alice"))
        #expect(try SignedDelivery.follow(by: "Aurora").post(port: server.port) == 204)

        try disk.fill()

        // What SQLite had reserved before may take one or two more.
        var refused: [SignedDelivery] = []
        let isFull = try Deadline.wait(seconds: 60) {
            let delivery = SignedDelivery.chat(String(repeating: "long ", count: 500))
            if try delivery.post(port: server.port) == 503 { refused.append(delivery) }
            return refused.count >= 20
        }
        try #require(isFull)
        let answer = try HTTPExchange.perform(
            "POST",
            "/api/webhooks/twitch",
            headers: refused[0].headers,
            body: refused[0].body,
            port: server.port
        )
        #expect(answer.status == 503)
        #expect(answer.failureCode == "UNAVAILABLE")
        #expect(!answer.body.contains("INSERT") && !answer.body.contains(disk.path))
        let errors = server.logLines(with: " error ")
        #expect(errors.count == 1)
        #expect(errors.first?.contains("storage takes no events") == true)
        #expect(errors.first?.contains("full") == true)
        // Everything that needs no room goes on.
        #expect(try HTTPExchange.perform("GET", "/health", port: server.port).status == 503)
        #expect(try HTTPExchange.perform("GET", "/twitch/alice/overlay", port: server.port).status == 200)
        #expect(try Picture.take(port: server.port).goal == 1)
        try page.send("system:ping", [:])
        #expect(try page.message("system:pong") != nil)

        disk.makeRoom()

        for delivery in refused {
            #expect(try delivery.post(port: server.port) == 204)
        }
        #expect(try HTTPExchange.perform("GET", "/health", port: server.port).status == 200)
        let table = EventTable(of: server)
        let logged = try table.ids(ofTypes: "chat:message")
        #expect(Set(refused.map(\.messageId)).isSubset(of: logged))
        #expect(logged.count == Set(logged).count)
        #expect(try table.hasNoGap())
        #expect(server.logLines(with: "storage takes events again").count == 1)
        #expect(server.logLines(with: " error ").count == 1)
        #expect(server.isRunning)
        #expect(try Picture.take(port: server.port).views["chat"]?.contains("long long") == true)
    }
}

/// A disk of 3 MiB in memory.
struct SmallDisk {
    let path: String

    static let isPossible: Bool = {
        guard geteuid() == 0, let disk = try? SmallDisk() else { return false }
        disk.remove()
        return true
    }()

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("disk-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=3m") == 0 else {
            try? FileManager.default.removeItem(atPath: path)
            throw Socket.Failure(description: "mount: \(String(cString: strerror(errno)))")
        }
    }

    /// Takes all the room that is left.
    func fill() throws {
        let file = open(path + "/filler", O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Socket.Failure(description: "open: \(String(cString: strerror(errno)))") }
        defer { close(file) }
        let page = [UInt8](repeating: 0, count: 4096)
        while write(file, page, page.count) > 0 {}
    }

    func makeRoom() {
        unlink(path + "/filler")
    }

    func remove() {
        umount2(path, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(atPath: path)
    }
}
