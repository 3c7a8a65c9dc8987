import Glibc
import NIOCore
import NIOPosix
import Testing
import WidgetAPI

@testable import Sandbox

/// The wall around strangers' code, tried from inside.
@Suite struct WallTests {
    @Test func `every layer stands on this machine`() async throws {
        let zygote = try await Zygote.start()

        #expect(zygote.layers.isSuperset(of: .wall), "\(zygote.layers)")
        zygote.close()
    }

    @Test(arguments: ["open", "socket", "execve", "fork", "kill", "ptrace", "wx"])
    func `a cell that tries what it may not is ended by the kernel`(attempt: String) async throws {
        let zygote = try await Zygote.start(probes: true)

        let answer = try await Self.answer(of: zygote, .probe, ["try": .string(attempt)])

        #expect(answer == .failure(.ended(.signalled(SIGSYS))), "\(answer)")
        #expect(CellEnding.signalled(SIGSYS).isAlarm)
        zygote.close()
    }

    @Test func `a cell outside of tests knows no such question`() async throws {
        let zygote = try await Zygote.start()

        let answer = try await Self.answer(of: zygote, .probe, ["try": "open"])

        #expect(answer != .failure(.ended(.signalled(SIGSYS))), "\(answer)")
        zygote.close()
    }

    @Test func `a cell has nothing of the host: no environment and one descriptor`() async throws {
        let zygote = try await Zygote.start()
        let processId = try await Self.processId(of: zygote)

        let environment = try Self.bytes("/proc/\(processId)/environ")
        let descriptors = try Self.names("/proc/\(processId)/fd")

        #expect(environment == 0)
        #expect(descriptors == ["3"])
        zygote.close()
    }

    /// Asks a new cell one question; and another cell where a busy machine has been late with the first.
    private static func answer(
        of zygote: Zygote,
        _ op: CellFrame.Op,
        _ payload: JSONValue
    ) async throws -> Result<String, CellFailure> {
        for _ in 1..<5 {
            let answer = try await oneAnswer(of: zygote, op, payload)
            guard case .failure(.tooSlow) = answer else { return answer }
        }
        return try await oneAnswer(of: zygote, op, payload)
    }

    private static func oneAnswer(
        of zygote: Zygote,
        _ op: CellFrame.Op,
        _ payload: JSONValue
    ) async throws -> Result<String, CellFailure> {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        return try await loop.flatSubmit {
            let promise = loop.makePromise(of: Result<String, CellFailure>.self)
            let tenant = TenantCell(zygote, on: loop)
            tenant.ready { result in
                switch result {
                case .failure(let failure): promise.succeed(.failure(failure))
                case .success(let cell):
                    cell.ask(op, instance: 1, payload) { answer in
                        promise.succeed(answer.map { JSONValue.object($0.payload.json).text })
                        // Until now the tenant has to live: it holds the cell.
                        tenant.close()
                    }
                }
            }
            return promise.futureResult
        }.get()
    }

    private static func processId(of zygote: Zygote) async throws -> pid_t {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        return try await loop.flatSubmit {
            let promise = loop.makePromise(of: pid_t.self)
            let tenant = TenantCell(zygote, on: loop)
            tenant.ready { result in promise.completeWith(result.map(\.processId).mapError { $0 }) }
            return promise.futureResult
        }.get()
    }

    private static func bytes(_ path: String) throws -> Int {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        return fread(&buffer, 1, buffer.count, file)
    }

    private static func names(_ path: String) throws -> [String] {
        let folder = try #require(opendir(path))
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX)) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
