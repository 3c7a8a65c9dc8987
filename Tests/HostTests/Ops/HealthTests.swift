import Dispatch
import Foundation
import Testing

@testable import Host

/// `GET /health`: whether the host can do its work right now.
@Suite(.serialized, .withProcesses) struct HealthTests {
    @Test func `a host that is ready says so`() throws {
        let server = try ServerProcess.withAlice()

        let answer = try HTTPExchange.perform("GET", "/health", port: server.port)

        #expect(answer.status == 200)
        #expect(answer.body == #"{"status":"ok"}"#)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting a disk of 3 MiB takes root"))
    func `a full disk is noticed before the first event is lost, and that it has room again, too`() throws {
        let disk = try SmallDisk()
        defer { disk.remove() }
        let server = try ServerProcess(dataDirectory: disk.path, logPath: disk.path + ".log")
        defer {
            server.kill()
            try? FileManager.default.removeItem(atPath: server.logPath)
        }
        try server.start()
        #expect(try Self.status(server) == 200)

        try disk.fill()
        let isIll = try Deadline.wait(seconds: 60, pausing: 100) { try Self.status(server) == 503 }
        #expect(isIll)
        disk.makeRoom()
        let isWell = try Deadline.wait(seconds: 60, pausing: 100) { try Self.status(server) == 200 }
        #expect(isWell)
    }

    @Test func `a database that takes no rows is noticed within seconds, however many ask`() throws {
        let server = try ServerProcess.withAlice()
        let database = try SQLiteDatabase(path: server.dataDirectory + "/streamvibes.sqlite")
        let (held, over) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let holder = Task.detached {
            try await database.hostTransaction { sql in
                try sql.run("UPDATE schema_migrations SET version = version")
                held.signal()
                over.wait()
            }
        }
        held.wait()

        let sockets = try (0..<20).map { _ in try Socket(port: server.port) }
        let begun = ContinuousClock.now
        for socket in sockets { try socket.send(HTTPExchange.request("GET", "/health")) }
        let answers = try sockets.map { try HTTPExchange.read(from: $0, withinMilliseconds: 60_000).status }
        let took = ContinuousClock.now - begun
        over.signal()

        #expect(answers.allSatisfy { $0 == 503 })
        // The host waits two seconds for the database; twenty who waited one after the other would take forty.
        #expect(took < .seconds(30))
        let isWell = try Deadline.wait(seconds: 60, pausing: 100) { try Self.status(server) == 200 }
        #expect(isWell)
        holder.cancel()
    }

    @Test func `a host that was asked to stop, or has not begun, is not healthy`() async throws {
        let house = try await StreamHouse()
        #expect(try HTTPExchange.perform("GET", "/health", port: house.port).status == 200)

        let fresh = Readiness()
        #expect(!fresh.isReady)
        fresh.begin()
        #expect(fresh.isReady)
        fresh.stop()
        #expect(!fresh.isReady)
        // A server that comes up after it was asked to stop stays down.
        fresh.begin()
        #expect(!fresh.isReady)
        house.host.readiness.stop()
        #expect(try HTTPExchange.perform("GET", "/health", port: house.port).status == 503)
        await house.stop()
    }

    private static func status(_ server: ServerProcess) throws -> Int {
        try HTTPExchange.perform("GET", "/health", port: server.port).status
    }
}
