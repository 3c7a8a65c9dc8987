import Testing
import WidgetAPI

@testable import Host

@Suite struct DecimalAmountTests {
    @Test(
        arguments: [
            ("3.00", "USD", 300), ("3", "USD", 300), ("3.5", "EUR", 350), ("0.01", "USD", 1), ("007", "USD", 700),
            ("3.0000", "USD", 300), ("500", "JPY", 500), ("500.00", "JPY", 500), ("1.234", "KWD", 1234),
            ("1.2340", "KWD", 1234), ("1", "KWD", 1000), ("1.50", "XYZ", 150),
            ("90071992547409.91", "USD", 9_007_199_254_740_991),
        ] as [(String, String, Int64)]
    )
    func `an amount is counted in the smallest units of its currency`(text: String, currency: String, minor: Int64) {
        #expect(DecimalAmount.minor(of: text, in: currency) == minor)
    }

    @Test(arguments: [
        ("0.005", "USD"), ("1.001", "USD"), ("1.5", "JPY"), ("0.0001", "KWD"), ("1e3", "USD"), ("1E3", "USD"),
        ("-1", "USD"), ("+1", "USD"), ("0", "USD"), ("0.00", "USD"), ("", "USD"), (".", "USD"), ("3.", "USD"),
        (".5", "USD"), ("3,00", "USD"), ("1,000.00", "USD"), (" 3", "USD"), ("3 ", "USD"), ("\u{0663}", "USD"),
        ("1.2.3", "USD"), ("0x10", "USD"), ("NaN", "USD"), ("90071992547409.92", "USD"),
        ("9007199254740992", "JPY"), ("99999999999999999999999", "JPY"), ("9007199254740991", "KWD"),
    ])
    func `what is no amount, or finer than the currency, or too large, is none`(text: String, currency: String) {
        #expect(DecimalAmount.minor(of: text, in: currency) == nil)
    }
}
