import WidgetAPI

extension Money {
    /// The amount as viewers read it: `$5.00`, `5.00 CHF`, `¥500`, `100 bits`.
    var text: String {
        switch currency {
        case "BITS": return minor == 1 ? "1 bit" : "\(minor) bits"
        case "KICKS": return minor == 1 ? "1 kick" : "\(minor) kicks"
        default: break
        }
        let sign = minor < 0 ? "-" : ""
        guard let symbol = Self.symbols[currency] else { return "\(sign)\(digits) \(shownCurrency)" }
        return "\(sign)\(symbol)\(digits)"
    }

    private static let symbols = ["USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "KRW": "₩"]

    private var digits: String {
        let units = UInt64(Self.minorUnits(of: currency))
        let (whole, rest) = minor.magnitude.quotientAndRemainder(dividingBy: units)
        guard units > 1 else { return String(whole) }
        // 1005 of 1000: the leading 1 keeps the zeros of the rest.
        return "\(whole).\(String(units + rest).dropFirst())"
    }

    private var shownCurrency: String { currency.cut(characters: 5, bytes: 20) }
}
