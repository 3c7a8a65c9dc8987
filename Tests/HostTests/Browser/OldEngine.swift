import Foundation
import Glibc
import Testing
import WidgetAPI

/// The engine of OBS 28 to 30 with one page, through `old_engine.py` and Debian's QtWebEngine.
final class OldEngine {
    /// Chromium's version in it.
    let version: String
    private let process = Process()
    private let orders = Pipe()
    private let answers = Pipe()
    private var received: [UInt8] = []

    private static let program = "/usr/bin/python3"
    private static let package = "python3-pyqt6.qtwebengine"

    /// - Throws: `Socket.Failure` that names the package when Python or QtWebEngine is missing.
    init() throws {
        guard FileManager.default.isExecutableFile(atPath: Self.program) else {
            throw Socket.Failure(description: "\(Self.program) is missing; run: apt-get install \(Self.package)")
        }
        process.executableURL = URL(fileURLWithPath: Self.program)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("old_engine.py")
        process.arguments = [script.path]
        process.standardInput = orders
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        try process.run()
        var first: [UInt8] = []
        version = try Self.answer(from: answers, &first).stringValue ?? ""
        received = first
    }

    deinit {
        try? orders.fileHandleForWriting.close()
        let deadline = ContinuousClock.now + .seconds(10)
        while process.isRunning, ContinuousClock.now < deadline { usleep(20_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    func open(_ address: String) throws {
        guard try order(["load": .string(address)]) == true else {
            throw Socket.Failure(description: "\(address) did not load")
        }
        _ = try evaluate("(() => { \(OverlayProbe.source) })()")
    }

    func evaluate(_ expression: String) throws -> JSONValue {
        try order(["evaluate": .string(expression)])
    }

    /// Shows or hides the source, as OBS does.
    func setVisible(_ isVisible: Bool) throws {
        _ = try order(["visible": .bool(isVisible)])
    }

    /// Console errors and warnings so far.
    func complaints() throws -> [String] {
        let all = try order(["complaints": true]).arrayValue?.compactMap(\.stringValue) ?? []
        // Qt builds its Chromium without payments and USB, so it does not know what the host forbids there.
        return all.filter { !$0.hasPrefix("Error with Permissions-Policy header: Unrecognized feature") }
    }

    func expectNoComplaints(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let complaints = try complaints()
        #expect(complaints == [], sourceLocation: sourceLocation)
    }

    func wait(until condition: String, _ what: String, withinSeconds limit: Double = 60) throws {
        let deadline = ContinuousClock.now + .seconds(limit)
        while ContinuousClock.now < deadline {
            if try evaluate("Boolean(\(condition))") == true { return }
            usleep(20_000)
        }
        throw Socket.Failure(description: "not within \(limit) s: \(what); the page says \(try complaints())")
    }

    private func order(_ order: JSONValue) throws -> JSONValue {
        try orders.fileHandleForWriting.write(contentsOf: Data((order.text + "\n").utf8))
        return try Self.answer(from: answers, &received)
    }

    private static func answer(from pipe: Pipe, _ received: inout [UInt8]) throws -> JSONValue {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let answer = try JSONValue(parsing: String(decoding: received[..<end], as: UTF8.self))
                received.removeFirst(end + 1)
                if let error = answer["error"]?.stringValue { throw Socket.Failure(description: error) }
                return answer["value"] ?? .null
            }
            var poller = pollfd(fd: pipe.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
            let left = Int32(max(0, (deadline - ContinuousClock.now) / .milliseconds(1)))
            guard poll(&poller, 1, left) > 0 else {
                throw Socket.Failure(description: "the old engine does not answer")
            }
            let piece = pipe.fileHandleForReading.availableData
            guard !piece.isEmpty else {
                throw Socket.Failure(description: "the old engine has ended; is \(package) installed?")
            }
            received += piece
        }
    }
}
