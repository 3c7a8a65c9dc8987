import Testing
import WidgetAPI

@testable import Host

/// What headers tell of time.
@Suite struct HTTPDateTests {
    @Test(arguments: [
        ("Sat, 21 Nov 2026 09:30:00 GMT", "2026-11-21T09:30:00.000Z"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00.000Z"),
    ])
    func `a date is a moment`(text: String, moment: String) {
        #expect(HTTPDate.moment(text)?.iso8601 == moment)
    }

    @Test(arguments: [
        "", "Saturday, 21-Nov-26 09:30:00 GMT", "Sat Nov 21 09:30:00 2026", "Sat, 21 Nov 2026 09:30:00 +0000",
        "Sat, 21 Nov 2026 09:30:00", "Sat, 1 Nov 2026 09:30:00 GMT", "Sat, 21 Nix 2026 09:30:00 GMT",
        "Sat, 21 Nov 2026 25:30:00 GMT", "Sat,  21 Nov 2026 09:30:00 GMT",
    ])
    func `what is no date as it may be sent is none`(text: String) {
        #expect(HTTPDate.moment(text) == nil)
    }
}
