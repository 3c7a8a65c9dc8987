import BuiltinWidgets
import Testing
import WidgetAPI

@testable import Host

/// The same two hours in a host that dies again and again, beside widgets that take every row once.
@Suite(.ownThread) struct StreamCrashTests {
    private static let crashes = 15

    @Test func `whatever a crash leaves behind becomes the picture of a host that never crashed`() async throws {
        let script = try StreamScript(seed: 20_261_122)
        var random = SplitMix64(seed: 20_261_123)
        let moments = script.moments
        let ends = Set((0..<Self.crashes).map { _ in random.number(in: 1...moments.count - 1) })
        let first = try await RuntimeHouse()
        first.place.clock = StreamHouse.start
        try await StreamLayout.place(on: first.place, by: first.log, in: first.scope)
        var witness = try await UninterruptedReplay(of: first)
        var life = try await StreamLife(on: first)
        var checkpoints = 0

        for (number, moment) in moments.enumerated() {
            try await life.play(moment)
            // Some lives end without any, so that the next one goes back further.
            if random.number(in: 1...1000) == 1 {
                await life.runtime.checkpoint()
                checkpoints += 1
            }
            guard ends.contains(number) || number == moments.count - 1 else { continue }
            await life.runtime.retire()
            life.house.place.clock += Int64(random.number(in: 0...90_000))
            life = try await StreamLife(on: RuntimeHouse(on: life.house.place), after: life.tips)
            try await witness.catchUp()
            let now = life.house.place.now()
            let (seen, expected) = (await life.runtime.portraits(at: now), try witness.portraits(at: now))
            #expect(expected.count == 7)
            for (widget, portrait) in expected {
                try #require(seen[widget] == portrait, "\(widget) after the crash in moment \(number)")
            }
        }

        #expect(checkpoints > 2)
        #expect(witness.closings == ends.count + (ends.contains(moments.count - 1) ? 0 : 1))
    }
}

/// One run of the host, from its start to the moment when it is dropped.
private struct StreamLife {
    let house: RuntimeHouse
    let runtime: TenantRuntime
    private(set) var tips: [String: Event]

    init(on house: RuntimeHouse, after tips: [String: Event] = [:]) async throws {
        self.house = house
        self.tips = tips
        (runtime, _) = try await house.open(.overlay)
    }

    mutating func play(_ moment: ArraySlice<StreamScript.Line>) async throws {
        guard let at = moment.first?.at else { return }
        while try await runtime.ring(by: StreamHouse.start + at, house.place) {}
        house.place.clock = max(house.place.clock, StreamHouse.start + at)
        let drafts = StreamScript.drafts(of: moment, after: tips)
        for row in try await house.log.append(drafts, in: house.scope) where row.type == .tip {
            tips[row.id.text] = row
        }
    }
}

/// What a widget shows and what it remembers.
private struct Portrait: Equatable {
    let view: String
    let memory: String

    init(_ view: View, _ instance: any WidgetInstance) {
        var writer = JSONWriter()
        writer.write(view.children)
        self.view = String(decoding: writer.bytes, as: UTF8.self)
        memory = instance.checkpoint().content.text
    }
}

/// Widgets that take every row of the log once, as it stands there, and nothing else.
private struct UninterruptedReplay {
    private let house: RuntimeHouse
    private let instances: [any WidgetInstance]
    private var moderation = ModerationLedger()
    private var seq: Int64 = 0
    /// How often the log says that the last page has gone.
    private(set) var closings = 0

    init(of house: RuntimeHouse) async throws {
        self.house = house
        let catalogue = WidgetCatalogue(BuiltinWidgets.all)
        let stages = try await LayoutStore(database: house.place.database).stages(in: house.scope)
        instances = try stages.flatMap(\.layout.widgets).compactMap { try catalogue.instance(of: $0, from: nil) }
    }

    mutating func catchUp() async throws {
        while true {
            let rows = try await house.place.store.events(after: seq, limit: 500, in: house.scope)
            for row in rows {
                for instance in instances {
                    instance.advance(to: row.receivedAt)
                    instance.apply(row)
                }
                _ = moderation.apply(row)
                if row.type == .overlayPresence, row.payload["open"] == false { closings += 1 }
                seq = row.seq
            }
            if rows.isEmpty { return }
        }
    }

    func portraits(at moment: Timestamp) throws -> [String: Portrait] {
        var portraits: [String: Portrait] = [:]
        for instance in instances {
            instance.advance(to: moment)
            let view = try ViewGuard(hidden: moderation.hidden).admit(instance.render())
            portraits[instance.id.text] = Portrait(view, instance)
        }
        return portraits
    }
}

extension TenantRuntime {
    /// What the pages of this moment have.
    fileprivate func portraits(at moment: Timestamp) -> [String: Portrait] {
        var portraits: [String: Portrait] = [:]
        for widget in widgets {
            guard let instance = widget.instance else { continue }
            instance.advance(to: moment)
            _ = widget.draw(hiding: moderation.hidden, at: moment, logger: logger)
            portraits[widget.placed.id.text] = Portrait(widget.view, instance)
        }
        return portraits
    }
}
