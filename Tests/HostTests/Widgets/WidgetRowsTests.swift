import Testing
import WidgetAPI
import WidgetConformance

@testable import Host

@Suite struct WidgetRowsTests {
    private static let all: JSONObject = ["platforms": ["twitch", "kick"]]
    private static let kick: JSONObject = ["platforms": ["kick"]]
    private let rows = WidgetRows(
        id: PlacedWidget.ID("w"),
        manifest: WidgetManifest(
            id: "probe",
            name: "Probe",
            version: "1.0.0",
            description: "Hears of this and that.",
            category: .tools,
            defaultSize: .init(width: 1, height: 1),
            events: ["chat:*", "alert:*", "overlay:presence"],
            configSchema: ConfigSchema([])
        )
    )

    @Test func `a widget hears of what it declared, from platforms that the streamer wants`() {
        #expect(rows.given(row(.chatMessage), Self.all) == row(.chatMessage))
        #expect(rows.given(row(.follow), Self.all) == nil)
        #expect(rows.given(row(.chatMessage), Self.kick) == nil)
        #expect(rows.given(row(.chatMessage, on: "kick"), Self.kick) != nil)
    }

    @Test func `whether somebody watches is said of this widget`() {
        func open(_ payload: JSONValue) -> JSONValue? {
            rows.given(row(.overlayPresence, payload, on: "streamvibes"), Self.all)?.payload["open"]
        }

        #expect(open(["open": true, "widgets": ["v", "w"]]) == true)
        #expect(open(["open": true, "widgets": ["v"]]) == false)
        #expect(open(["open": true]) == true, "a row of the first release means everybody")
        #expect(open(["open": false]) == false)
    }

    @Test func `what a page has shown of another widget says nothing of this one`() {
        let own = row(.alertShown, ["widgetId": "w", "seq": 7], on: "streamvibes")

        #expect(rows.given(own, Self.all) == own)
        #expect(rows.given(row(.alertShown, ["widgetId": "v", "seq": 7], on: "streamvibes"), Self.all) == nil)
    }

    @Test func `a change of settings is this widget's own, and clears chat that is not wanted any more`() {
        let change = row(.configChange, ["widgetId": "w"], on: "streamvibes")

        let clearings = rows.clearings(after: change, from: Self.all, to: Self.kick)

        #expect(rows.isChange(change) && !rows.isChange(row(.configChange, ["widgetId": "v"])))
        #expect(clearings.map(\.type) == [.chatClear] && clearings.map(\.platform) == ["twitch"])
        #expect(clearings.allSatisfy { $0.seq == change.seq && $0.payload["userId"] == .null })
        #expect(rows.clearings(after: change, from: Self.kick, to: Self.all).isEmpty)
    }

    @Test func `dice belong to the widget, the platform and the event`() {
        let other = WidgetRows(id: PlacedWidget.ID("v"), manifest: rows.manifest)
        let seeds = [
            rows.seed(of: row(.chatMessage)), rows.seed(of: row(.chatMessage, on: "kick")),
            rows.seed(of: row(.chatMessage, id: "2")), other.seed(of: row(.chatMessage)),
        ]

        #expect(Set(seeds).count == 4)
        #expect(rows.seed(of: row(.chatMessage)) == seeds[0])
    }

    private func row(
        _ type: EventType,
        _ payload: JSONValue = [:],
        on platform: String = "twitch",
        id: String = "1"
    ) -> Event {
        TestEvents.event(type, payload, id: id, on: platform)
    }
}
