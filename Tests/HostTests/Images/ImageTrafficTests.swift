import Foundation
import NIOCore
import Testing

@testable import Host

/// How many pages and one source get along.
@Suite struct ImageTrafficTests {
    @Test func `many pages that want the same picture make one request`() async throws {
        // Nobody gives up before all fifty have come, however busy the machine is.
        try await ImageHouse.open(limits: .patient) { house in
            house.source.answer("25", with: .content(Pictures.gif))
            house.source.hold()

            let pictures = try await withThrowingTaskGroup(of: RasterImage.self) { group in
                for _ in 0..<50 { group.addTask { try await house.image("25") } }
                #expect(await house.waiters(of: "25", count: 50))
                house.source.release()
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(pictures.count == 50)
            #expect(house.source.requests.count == 1)
        }
    }

    @Test func `a picture is fetched once and then kept`() async throws {
        try await ImageHouse.open { house in
            house.source.answer("25", with: .content(Pictures.gif))

            let first = try await house.image("25")
            let second = try await house.image("25")

            #expect(first == second)
            #expect(house.source.requests.count == 1)
        }
    }

    @Test func `a restart keeps the pictures, also while their source is away`() async throws {
        let folder = NSTemporaryDirectory() + "streamvibes-images-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await ImageHouse.open(folder: folder) { house in
            house.source.answer("25", with: .content(Pictures.webp))
            _ = try await house.image("25")
        }

        try await ImageHouse.open(folder: folder) { house in
            house.source.close()

            let picture = try await house.image("25")

            #expect(picture.format == .webp)
            #expect(house.source.requests.isEmpty)
        }
    }

    @Test func `a slow source keeps nobody from pictures that are kept`() async throws {
        var limits = ImageProxy.Limits.patient
        limits.fetches = 2
        try await ImageHouse.open(limits: limits) { house in
            house.source.answer("kept", with: .content(Pictures.gif))
            _ = try await house.image("kept")
            house.source.hold()

            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...5 { group.addTask { _ = await house.failure("slow-\(number)") } }
                #expect(await Deadline.comes { await house.proxy.flights.count == 5 })

                let picture = try await house.image("kept")

                #expect(picture.format == .gif)
                // It did not wait until they had given up.
                #expect(await house.proxy.flights.count == 5)
                house.source.release()
                try await group.waitForAll()
            }
        }
    }

    @Test func `few pictures are fetched at once, some wait, and the others are told to come later`() async throws {
        var limits = ImageProxy.Limits.patient
        limits.fetches = 3
        limits.waiting = 2
        try await ImageHouse.open(limits: limits) { house in
            house.source.hold()
            try await withThrowingTaskGroup(of: ImageFailure?.self) { group in
                for number in 1...3 {
                    group.addTask { await house.failure("running-\(number)") }
                    // One after the other: none of them may still stand in the queue.
                    let hasArrived = await Deadline.comes { house.source.requests.count == number }
                    try #require(hasArrived)
                }
                for number in 1...2 {
                    group.addTask { await house.failure("waiting-\(number)") }
                    try #require(await house.waiters(of: "waiting-\(number)", count: 1))
                }

                let refused = await house.failure("refused")

                #expect(refused == .busy)
                #expect(house.source.requests.count == 3)
                house.source.release()
                let others = try await group.reduce(into: []) { $0.append($1) }
                #expect(others == Array(repeating: ImageFailure.unknown, count: 5))
                // Being refused says nothing about the picture.
                #expect(await house.failure("refused") == .unknown)
            }
        }
    }

    @Test func `a picture that waited too long for its turn is not asked for any more`() async throws {
        let clock = HandClock()
        var limits = ImageProxy.Limits.patient
        limits.fetches = 1
        try await ImageHouse.open(limits: limits, now: { clock.now }) { house in
            house.source.hold()
            let first = Task { await house.failure("first") }
            try #require(await Deadline.comes { house.source.requests.count == 1 })
            let second = Task { await house.failure("second") }
            try #require(await house.waiters(of: "second", count: 1))

            clock.goOn(limits.patience)
            house.source.release()

            #expect(await first.value == .unknown)
            #expect(await second.value == .busy)
            #expect(house.source.requests == [PictureServer.path("first")])
        }
    }

    @Test func `a failure is remembered for a minute`() async throws {
        let clock = HandClock()
        try await ImageHouse.open(now: { clock.now }) { house in
            #expect(await house.failure("25") == .unknown)
            house.source.answer("25", with: .content(Pictures.gif))

            clock.goOn(.seconds(60) - .nanoseconds(1))
            let soon = await house.failure("25")
            clock.goOn(.nanoseconds(1))
            let later = await house.failure("25")

            #expect(soon == .unknown)
            #expect(later == nil)
            #expect(house.source.requests.count == 2)
        }
    }

    @Test func `a disk that takes no pictures does not keep them from pages`() async throws {
        let file = NSTemporaryDirectory() + "streamvibes-no-folder-\(UUID().uuidString)"
        try "a file".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await ImageHouse.open(folder: file) { house in
            house.source.answer("25", with: .content(Pictures.gif))

            let served = [try await house.image("25"), try await house.image("25")]

            #expect(served.map(\.format) == [.gif, .gif])
            #expect(house.source.requests.count == 2)
        }
    }

    @Test func `whoever waits when the host goes down is told, and whoever comes after`() async throws {
        var limits = ImageProxy.Limits.patient
        limits.fetches = 1
        let (house, waiting) = try await ImageHouse.open(limits: limits) { house in
            house.source.hold()
            var waiting: [Task<ImageFailure?, Never>] = []
            for id in ["running", "waiting"] {
                waiting.append(Task { await house.failure(id) })
                try #require(await house.waiters(of: id, count: 1))
            }
            return (house, waiting)
        }

        let late = await house.failure("late")

        for task in waiting { #expect(await task.value?.code == .unavailable) }
        #expect(late == .busy)
    }
}
