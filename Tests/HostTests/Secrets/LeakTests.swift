import Foundation
import Testing
import WidgetAPI

@testable import Host

/// No secret stands where it does not belong, after a day on which everything happened that could let one out.
@Suite(.withProcesses) struct LeakTests {
    /// The only places where one may stand.
    private static let allowed: [(name: String, place: String)] = [
        // Contract section 2: the streamer sees their own address; the row it comes from, and copies of that.
        ("e-mail address", "GET /api/session"), ("e-mail address", "GET /api/account/export"),
        ("e-mail address", "data/streamvibes.sqlite"), ("e-mail address", "backup"),
        // The streamer sees the key of their own layout.
        ("overlay key", "the key's own answer"),
    ]

    @Test func `no secret stands in a log, a frame, an answer, the database or a backup`() throws {
        let day = try LeakDay()
        try day.signsIn()
        try day.takesDeliveries()
        try day.refusesDeliveries()
        try day.losesTokens()
        try day.looksAround()
        try day.disconnects()
        try day.endsWithBackup()

        let search = day.search
        #expect(search.findings(allowed: Self.allowed) == [])

        // It has looked at the right things.
        let places = search.traces.map(\.place)
        for place in [
            "the log", "frames", "GET /metrics", "GET /api/account/export", "backup", "database without e-mail",
        ] {
            #expect(places.contains { $0.hasPrefix(place) }, "\(place) is missing")
        }
        let found = search.findings()
        for (name, place) in Self.allowed {
            #expect(found.contains { $0.hasPrefix("\(name) in \(place)") }, "\(name) does not stand in \(place)")
        }
    }

    /// A search that finds nothing proves nothing.
    @Test func `a secret is found in each form in which it could stand somewhere`() {
        let secret = #"refresh%tw"itch+1="#
        for text in [
            secret, "token=refresh%25tw%22itch%2B1%3D&x", #"{"a":"refresh%tw\"itch+1="}"#,
            "Basic \(Data(secret.utf8).base64EncodedString())",
        ] {
            var search = LeakSearch()
            search.hide("refresh token", secret)
            search.keep("before \(text) after", at: "the log")
            #expect(search.findings() == ["refresh token in the log"], "\(text)")
            #expect(search.findings(allowed: [("refresh token", "the log")]) == [])
            #expect(search.findings(allowed: [("access token", "the log"), ("refresh token", "frames")]).count == 1)
        }
    }
}
