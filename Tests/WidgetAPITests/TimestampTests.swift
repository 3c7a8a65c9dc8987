import Testing
import WidgetAPI

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00.000Z", 0), ("2026-11-21T09:30:00.123Z", 1_795_253_400_123),
        ("2000-02-29T23:59:59.999Z", 951_868_799_999), ("1969-12-31T23:59:59.999Z", -1),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ])
    func `moments are written in ISO 8601 and read again`(text: String, milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).iso8601 == text)
        #expect(Timestamp(rfc3339: text) == Timestamp(milliseconds: milliseconds))
    }

    @Test func `a moment that four digits cannot hold is written as the nearest they can`() {
        #expect(Timestamp(milliseconds: .min).iso8601 == "0001-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: .max).iso8601 == "9999-12-31T23:59:59.999Z")
    }

    @Test func `offsets and finer fractions are understood`() {
        let moment = Timestamp(rfc3339: "2026-11-21T09:30:00Z")

        #expect(Timestamp(rfc3339: "2026-11-21T11:30:00+02:00") == moment)
        #expect(Timestamp(rfc3339: "2026-11-21T04:00:00.000999999-05:30") == moment)
        #expect(Timestamp(rfc3339: "2026-11-21t09:30:00z") == moment)
    }

    @Test(arguments: [
        "", "yesterday", "2026-11-21", "2026-11-21T09:30:00", "2026-13-21T09:30:00Z", "2026-11-21T25:30:00Z",
        "2026-11-21T09:30:00.Z", "2026-11-21T09:30:00+2:00", "2026-11-21T09:30:00Zx", "2026-11-32T09:30:00Z",
        "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
    ])
    func `what is no moment is refused`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}
