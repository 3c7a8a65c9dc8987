import Foundation
import NIOCore
import Testing
import WidgetAPI

@testable import Host
@testable import Sandbox

/// What `make fuzz` does for an hour, short enough for every run: the corpus, and thousands of broken copies of it.
@Suite(.reckoning) struct FuzzTests {
    @Test(arguments: FuzzTarget.allCases)
    func `nothing in the corpus breaks a promise of its reader`(target: FuzzTarget) throws {
        let corpus = try Self.corpus(of: target)

        #expect(corpus.count > 10)
        for (name, bytes) in corpus {
            #expect(throws: Never.self, "\(target)/\(name)") { try target.run(bytes) }
        }
    }

    @Test(arguments: [
        (FuzzTarget.frame, 40_000), (.view, 25_000), (.manifest, 15_000), (.package, 20_000), (.chat, 30_000),
        (.eventSub, 20_000), (.kick, 20_000), (.kickChat, 20_000), (.tip, 20_000),
    ])
    func `nothing near the corpus breaks a promise of its reader`(target: FuzzTarget, count: Int) throws {
        let corpus = try Self.corpus(of: target).map(\.bytes)
        var broken = BrokenBytes(seed: 1)

        for number in 0..<count {
            let bytes = broken.next(of: corpus)
            do throws(FuzzFinding) {
                try target.run(bytes)
            } catch {
                Issue.record("\(target) \(number): \(error)\n\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    @Test func `a frame decoder that takes a byte too many is found`() throws {
        let corpus = try Self.corpus(of: .frame)

        let findings = corpus.filter { _, bytes in
            (try? FrameReading.run(bytes) { received throws(CellFrame.Violation) in
                let frame = try CellFrame.read(from: &received)
                if frame != nil, received.readableBytes > 0 { received.moveReaderIndex(forwardBy: 1) }
                return frame
            }) == nil
        }

        #expect(findings.count > 1)
    }

    @Test func `a last check that lets everything through is found`() throws {
        let corpus = try Self.corpus(of: .view)

        let findings = corpus.filter { _, bytes in (try? ViewReading.run(bytes) { $0 }) == nil }

        #expect(findings.map(\.name).contains("long-text"))
    }

    /// The inputs that libFuzzer begins with, by name.
    private static func corpus(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Corpus")
            .appendingPathComponent(target.rawValue)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            (name, Array(try Data(contentsOf: folder.appendingPathComponent(name))))
        }
    }
}
