import Testing
import WidgetAPI

@testable import Sandbox

@Suite struct CellAnswerTests {
    private func read(_ json: JSONValue) throws -> CellAnswer.Work {
        var memory = PictureMemory()
        let payload = try Array(json.text.utf8).withUnsafeBufferPointer {
            try CellPayload($0, assetsAt: "/a/", after: &memory)
        }
        return try CellAnswer.read(payload)
    }

    @Test(arguments: [Int64.min, -1, 253_402_300_800_000, .max])
    func `a timer beyond every calendar ends the cell and never the host`(due: Int64) {
        #expect(throws: CellFailure.self) { try read(["timers": [["name": "a", "due": .integer(due)]]]) }
    }

    @Test(arguments: [Int64.min, 0, 1_000_000_000_001])
    func `a timer that repeats too often or never ends the cell`(every: Int64) {
        let timer: JSONValue = ["name": "a", "due": 5, "every": .integer(every)]

        #expect(throws: CellFailure.self) { try read(["timers": [timer]]) }
    }

    @Test func `a sound beyond every calendar is not played`() throws {
        let work = try read(["sounds": [["asset": "assets/a.wav", "at": .integer(.max)], ["asset": "b", "at": 5]]])

        #expect(work.sounds.map(\.asset) == ["b"])
    }
}
