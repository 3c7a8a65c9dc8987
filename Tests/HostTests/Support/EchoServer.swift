import Foundation
import Testing

/// `streamvibes ws-echo`, started for a suite and stopped after it.
struct EchoServer: SuiteTrait, TestScoping {
    @TaskLocal static var port = 0

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: ServerProcess.executable)
        process.arguments = ["ws-echo", "--port", "0"]
        process.environment = ServerProcess.environment
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        // "Echo: ws://127.0.0.1:PORT/" comes in one write.
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let port = line.split(separator: ":").last.flatMap { Int($0.prefix { $0.isNumber }) }
        guard let port else { throw Socket.Failure(description: "the echo did not start: \(line)") }
        try await Self.$port.withValue(port) { try await function() }
        try #require(process.isRunning, "the echo ended while it was tested")
    }

    /// A connection to it that has shaken hands.
    static func client() throws -> WebSocketClient {
        try WebSocketClient(port: port, path: "/")
    }
}

extension Trait where Self == EchoServer {
    /// Gives the suite an echo of its own.
    static var echo: Self { EchoServer() }
}

extension WebSocketClient {
    /// Sends frames and returns the answers, as many as are expected.
    func echoes(of frames: [Frame], count: Int = 1) throws -> [Frame] {
        try send(frames)
        return try (0..<count).compactMap { _ in try next() }
    }
}

extension WebSocketClient.Frame {
    static func text(_ text: String, isFinal: Bool = true) -> Self {
        Self(isFinal: isFinal, opcode: 1, payload: Array(text.utf8))
    }

    static func text(_ bytes: [UInt8], isFinal: Bool = true) -> Self {
        Self(isFinal: isFinal, opcode: 1, payload: bytes)
    }

    static func binary(_ bytes: [UInt8], isFinal: Bool = true) -> Self {
        Self(isFinal: isFinal, opcode: 2, payload: bytes)
    }

    static func continuation(_ bytes: [UInt8], isFinal: Bool) -> Self {
        Self(isFinal: isFinal, opcode: 0, payload: bytes)
    }

    static func continuation(_ text: String, isFinal: Bool) -> Self {
        continuation(Array(text.utf8), isFinal: isFinal)
    }

    static func ping(_ payload: [UInt8] = []) -> Self { Self(opcode: 9, payload: payload) }

    static func pong(_ payload: [UInt8] = []) -> Self { Self(opcode: 10, payload: payload) }

    /// A close frame with a code, or with none.
    static func close(_ code: Int? = nil, _ reason: String = "") -> Self {
        let code = code.map { [UInt8($0 >> 8 & 255), UInt8($0 & 255)] } ?? []
        return Self(opcode: 8, payload: code + Array(reason.utf8))
    }
}
