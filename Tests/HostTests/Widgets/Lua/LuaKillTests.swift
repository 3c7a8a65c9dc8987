import Foundation
import Glibc
import NIOCore
import NIOPosix
import Sandbox
import Testing
import WidgetAPI

@testable import Host

/// A widget in Lua whose cell is killed again and again, beside one that takes every row once.
@Suite(.ownThread) struct LuaKillTests {
    private static let kills = 1000
    private static let packages = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Packages")

    @Test func `a cell that is killed a thousand times loses no row and shows nothing twice`() async throws {
        var random = SplitMix64(seed: 20_261_205)
        let house = try await StreamHouse(widgets: Self.packages.path())
        try await Self.placeTally(in: house)
        var page = try TallyPage(port: house.port)
        let runtime = try await house.runtime()
        var (killed, lines): (Set<pid_t>, Int) = ([], 0)

        for _ in 0..<2 * Self.kills where killed.count < Self.kills {
            let drafts = (0..<random.number(in: 1...3)).map { Self.line(lines + $0, at: house.place.now()) }
            lines += drafts.count
            // Before the rows, while they are asked, and when all is done; while timers ring, too.
            let delay = Duration.microseconds([0, random.number(in: 0...3000), 0][random.number(in: 0...2)])
            let isBefore = random.number(in: 0...3) == 0
            if isBefore { await runtime.killCell(noting: &killed) }
            house.place.clock += Int64(random.number(in: 0...250))
            async let appended = house.host.log.append(drafts, in: house.scope)
            await runtime.scheduleTimer()
            if !isBefore {
                try await Task.sleep(for: delay)
                await runtime.killCell(noting: &killed)
            }
            let last = try await appended.last?.seq ?? 0
            try await Self.wait { await runtime.hasTally(at: last) }
            if random.number(in: 0...3) == 0 { await runtime.killCell(noting: &killed) }
            try page.read()
        }
        try #require(killed.count >= Self.kills, "the widget has stopped asking for cells")
        house.place.clock += 10_000
        await runtime.scheduleTimer()
        try await Self.wait { await runtime.hasNoTimers }
        try await Self.wait { await runtime.isDrawn }
        try page.read()

        let witness = try await Self.witness(of: house)
        let memory = try #require(await runtime.tally?.memory)
        #expect(memory["state"] == witness.memory["state"])
        #expect(memory["storage"] == witness.memory["storage"])
        #expect(memory["state"]?["lines"]?.integerValue == Int64(lines))
        #expect(memory["state"]?["rings"]?.integerValue ?? 0 > 100)
        #expect(memory["state"]?["torn"] == 0)
        #expect(await runtime.tally?.texts == witness.texts)
        #expect(page.texts == witness.texts)
        #expect(page.falls == [])
        #expect(page.effects.count == lines, "each line sounds once")
        #expect(Set(page.effects).count == page.effects.count)
        await house.stop()
    }

    private static func line(_ number: Int, at moment: Timestamp) -> EventDraft {
        let user = User(id: "5", login: "ann", displayName: "Ann")
        let message = ChatMessage(messageId: "line-\(number)", user: user, text: "line \(number)")
        return EventDraft(
            id: Event.ID("line-\(number)"),
            type: .chatMessage,
            platform: .twitch,
            channelId: "1",
            occurredAt: moment,
            payload: message.json
        )
    }

    private static func placeTally(in house: StreamHouse) async throws {
        let before = try #require(
            try await LayoutStore(database: house.place.database).stages(in: house.scope).first?.layout
        )
        var after = before
        after.widgets = [
            PlacedWidget(
                id: PlacedWidget.ID(""),
                type: "tally",
                settings: WidgetSettings(version: "1.0.0", config: [:]),
                position: .init(x: 0, y: 0, width: 3, height: 1)
            )
        ]
        let (layout, tenant, moment) = (after, house.scope.tenant, house.place.now())
        try await house.host.log.append(in: house.scope) { sql in
            try LayoutStore.save(layout, over: before, of: tenant, at: moment, sql: sql)
        }
    }

    private static func wait(_ isSo: () async -> Bool) async throws {
        let deadline = Deadline(seconds: 120)
        while await !isSo() {
            guard !deadline.isOver else { throw Socket.Failure(description: "it never became so") }
            try await Task.sleep(for: .microseconds(500))
        }
    }

    // MARK: The other widget

    /// The same widget in a cell that nobody kills, fed the whole log.
    private static func witness(of house: StreamHouse) async throws -> Tally {
        let layout = try await LayoutStore(database: house.place.database).stages(in: house.scope).first?.layout
        let placed = try #require(layout?.widgets.first)
        var rows: [Event] = []
        while true {
            let page = try await house.place.store.events(after: rows.last?.seq ?? 0, limit: 500, in: house.scope)
            rows += page
            if page.isEmpty { break }
        }
        let kind = LuaKind(try WidgetPackage(folder: packages.appending(path: "tally").path()))
        let zygote = try await Zygote.patient()
        defer { zygote.close() }
        let (log, now) = (rows, house.place.now())
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let instance = try await loop.submit {
            let instance = try kind.start(placed, from: nil, in: TenantCell(zygote, on: loop))
            for row in log where row.seq > placed.placedAtSeq { instance.apply(row) }
            instance.advance(to: now)
            return NIOLoopBound(instance, eventLoop: loop)
        }.get()
        try await wait { (try? await loop.submit { instance.value.isSettled }.get()) ?? false }
        return try await loop.submit { Tally(instance.value.render(), instance.value) }.get()
    }
}

/// What the widget shows and what it remembers.
private struct Tally: Sendable {
    let texts: [String]
    let memory: JSONValue

    init(_ view: View, _ instance: any WidgetInstance) {
        texts = view.children.flatMap(Self.texts)
        memory = instance.checkpoint().content
    }

    private static func texts(_ node: Node) -> [String] {
        switch node {
        case .text(let text): [text]
        case .element(let element): element.children.flatMap(texts)
        }
    }
}

extension TenantRuntime {
    fileprivate var tally: Tally? {
        guard let widget = widgets.first, let instance = widget.instance else { return nil }
        return Tally(widget.view, instance)
    }

    /// Whether the widget has taken that row.
    fileprivate func hasTally(at seq: Int64) -> Bool {
        guard let instance = widgets.first?.instance else { return false }
        return instance.isSettled && instance.seq >= seq
    }

    fileprivate var hasNoTimers: Bool {
        guard let instance = widgets.first?.instance else { return false }
        return instance.isSettled && instance.nextTimer == nil
    }

    fileprivate var isDrawn: Bool { widgets.allSatisfy { !$0.needsDrawing } }

    /// Ends the cell's process behind the host's back, unless that was done before.
    fileprivate func killCell(noting killed: inout Set<pid_t>) {
        guard let processId = cell?.current?.processId, !killed.contains(processId) else { return }
        if kill(processId, SIGKILL) == 0 { killed.insert(processId) }
    }
}

/// A page over a real socket that notes when a number falls.
private struct TallyPage {
    private var page: MirroredPage
    private var highest = [0, 0]
    private(set) var falls: [String] = []

    init(port: Int) throws {
        page = try MirroredPage(port: port)
    }

    var effects: [String] { page.effects }
    var texts: [String] { page.mirror.widgets.values.flatMap { JSONValue.texts($0.nodes) } }

    /// Takes everything that the host has sent until now.
    mutating func read() throws {
        try page.begin()
        while try page.nextChange() != nil { note() }
    }

    private mutating func note() {
        let counts = texts.prefix(2).compactMap { Int($0) }
        guard counts.count == 2 else { return falls.append("\(texts)") }
        for place in 0..<2 where counts[place] < highest[place] {
            falls.append("\(highest[place]) became \(counts[place])")
        }
        highest = counts
    }
}
