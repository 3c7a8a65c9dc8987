import NIOCore
import NIOEmbedded
import Testing

@testable import Host

/// Who gets what while people come and go in the middle of a fan-out.
@Suite struct TopicTests {
    @Test func `frames of one tick arrive as one and in order`() throws {
        let hall = Hall()
        let guest = try hall.enter()

        hall.publish(1)
        hall.publish(2)
        hall.loop.run()

        #expect(try guest.listen() == 1)
        #expect(guest.heard == [1, 2])
    }

    @Test func `a newcomer hears nothing from before`() throws {
        let hall = Hall()
        let early = try hall.enter()
        hall.publish(1)

        let late = try hall.enter()
        hall.publish(2)
        hall.loop.run()

        try early.listen()
        try late.listen()
        #expect(early.heard == [1, 2])
        #expect(late.heard == [2])
    }

    @Test func `whoever watches something that ends is asked to come back`() throws {
        let hall = Hall()
        let guest = try hall.enter()

        hall.end()

        #expect(try guest.closeCode() == CloseCode.tryLater.rawValue)
    }

    @Test(arguments: 0..<40)
    func `whoever stays hears every frame once, whoever comes and goes between slices`(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let hall = Hall()
        for _ in 0..<700 { try hall.enter() }

        for number in 0..<60 {
            hall.publish(number)
            // Queued behind the first slice and before the second one.
            hall.loop.execute { hall.shuffle(&random) }
            if random.happens(percent: 60) { hall.loop.run() }
        }
        hall.loop.run()

        for guest in hall.guests {
            try guest.listen()
            // Whoever has left may have missed the end, and nothing before it.
            let expected = guest.isPresent ? guest.expected : Array(guest.expected.prefix(guest.heard.count))
            #expect(guest.heard == expected)
        }
    }
}

/// A loop with one topic and its audience.
private final class Hall {
    let loop = EmbeddedEventLoop()
    private(set) var guests: [Guest] = []
    private let hub: LoopHub
    private let topic = RealtimeHub(group: EmbeddedEventLoop()).makeTopic()

    init() {
        hub = LoopHub(loop: loop, ordinal: 0)
    }

    @discardableResult
    func enter() throws -> Guest {
        let guest = try Guest(loop, hub)
        hub.join(guest.connection, topic)
        guests.append(guest)
        return guest
    }

    func end() {
        hub.drop(topic)
    }

    func publish(_ number: Int) {
        for guest in guests where guest.isPresent { guest.expected.append(number) }
        hub.publish(OutboundFrame(text: "\(number)".utf8), to: topic)
    }

    /// A few leave and one comes.
    func shuffle(_ random: inout SplitMix64) {
        for _ in 0..<random.number(in: 0...30) {
            let guest = random.pick(guests)
            guard guest.isPresent else { continue }
            guest.isPresent = false
            guest.connection.membership?.topic.remove(guest.connection)
        }
        if random.happens(percent: 50) { _ = try? enter() }
    }
}

/// Somebody who listens and writes down what they hear.
private final class Guest {
    let connection: WebSocketConnection
    /// What was published while they were there.
    var expected: [Int] = []
    var isPresent = true
    private(set) var heard: [Int] = []
    private let channel: EmbeddedChannel

    init(_ loop: EmbeddedEventLoop, _ hub: LoopHub) throws {
        channel = EmbeddedChannel(loop: loop)
        connection = WebSocketConnection(peer: EchoPeer(), hub: hub)
        try channel.pipeline.syncOperations.addHandler(connection)
    }

    /// The code of the close frame that has been written, or `nil`.
    func closeCode() throws -> UInt16? {
        guard var bytes = try channel.readOutbound(as: ByteBuffer.self), bytes.readInteger(as: UInt8.self) == 0x88,
            bytes.readInteger(as: UInt8.self) != nil
        else { return nil }
        return bytes.readInteger(as: UInt16.self)
    }

    /// Takes what has been written to the channel and returns in how many writes it came.
    @discardableResult
    func listen() throws -> Int {
        var writes = 0
        while var bytes = try channel.readOutbound(as: ByteBuffer.self) {
            writes += 1
            while let head = bytes.readBytes(length: 2), let text = bytes.readString(length: Int(head[1])) {
                heard.append(Int(text) ?? -1)
            }
        }
        return writes
    }
}
