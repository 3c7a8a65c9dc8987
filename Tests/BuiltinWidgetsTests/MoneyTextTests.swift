import Testing
import WidgetAPI

@testable import BuiltinWidgets

@Suite struct MoneyTextTests {
    @Test(
        arguments: [
            (500, "USD", "$5.00"), (1234, "EUR", "€12.34"), (5, "GBP", "£0.05"), (100, "CHF", "1.00 CHF"),
            (500, "JPY", "¥500"), (1500, "KRW", "₩1500"), (1005, "KWD", "1.005 KWD"),
            (100, "BITS", "100 bits"), (1, "BITS", "1 bit"), (50, "KICKS", "50 kicks"), (-250, "USD", "-$2.50"),
        ] as [(Int64, String, String)]
    )
    func `an amount reads as people write it`(minor: Int64, currency: String, text: String) {
        #expect(Money(minor: minor, currency: currency).text == text)
    }

    @Test func `the largest and the smallest amount have a text`() {
        #expect(Money(minor: .max, currency: "USD").text == "$92233720368547758.07")
        #expect(Money(minor: .min, currency: "USD").text == "-$92233720368547758.08")
    }
}
