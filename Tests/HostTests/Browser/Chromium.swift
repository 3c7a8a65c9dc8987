import Foundation
import Glibc

/// A headless Chromium of the operating system, with a profile of its own, that listens on loopback.
final class Chromium {
    /// Where its DevTools answer.
    struct Address: Sendable {
        let port: Int
        let path: String
    }

    /// The browser of the suite that is running.
    @TaskLocal static var address: Address?

    private static let program = "/usr/bin/chromium"
    private static let mark = "DevTools listening on ws://127.0.0.1:"

    let address: Address
    private let process = Process()
    private let folder: URL

    /// Starts it and returns when it listens.
    ///
    /// - Throws: `Socket.Failure` that names the package when Chromium is missing, or with its last words.
    init() throws {
        guard FileManager.default.isExecutableFile(atPath: Self.program) else {
            throw Socket.Failure(description: "\(Self.program) is missing; run: apt-get install chromium")
        }
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("streamvibes-chromium-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // A file and not a pipe: a browser that goes on complaining would fill a pipe that nobody reads, and stop.
        let log = folder.appendingPathComponent("stderr.log")
        try Data().write(to: log)
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0",
            "--user-data-dir=\(folder.appendingPathComponent("profile").path)", "--no-first-run",
            "--disable-background-networking", "--autoplay-policy=no-user-gesture-required", "about:blank",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        do {
            try process.run()
            address = try Self.address(in: log, of: process)
        } catch {
            Self.end(process, folder)
            throw error
        }
    }

    /// Ends exactly this process and forgets what it kept.
    func stop() {
        Self.end(process, folder)
    }

    private static func address(in log: URL, of process: Process) throws -> Address {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            let text = try String(contentsOf: log, encoding: .utf8)
            if let start = text.range(of: mark)?.upperBound, let end = text[start...].firstIndex(of: "\n"),
                let slash = text[start..<end].firstIndex(of: "/"), let port = Int(text[start..<slash])
            {
                return Address(port: port, path: String(text[slash..<end]))
            }
            guard process.isRunning, ContinuousClock.now < deadline else {
                throw Socket.Failure(description: "Chromium did not start: \(text.suffix(2000))")
            }
            usleep(20_000)
        }
    }

    private static func end(_ process: Process, _ folder: URL) {
        if process.isRunning {
            process.terminate()
            let deadline = ContinuousClock.now + .seconds(10)
            while process.isRunning, ContinuousClock.now < deadline { usleep(20_000) }
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            process.waitUntilExit()
        }
        // Its helpers end a moment later and may still write.
        for _ in 0..<50 {
            try? FileManager.default.removeItem(at: folder)
            guard FileManager.default.fileExists(atPath: folder.path) else { return }
            usleep(100_000)
        }
    }
}
