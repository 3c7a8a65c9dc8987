import WidgetAPI

/// Amounts of money as services write them: `3`, `3.00`.
enum DecimalAmount {
    /// What JavaScript, in which dashboards reckon, still counts one by one.
    static let largest: Int64 = (1 << 53) - 1

    /// The amount in the smallest units of its currency.
    ///
    /// - Returns: `nil` for what is no decimal number above 0, has a sign or an exponent, is larger than ``largest``,
    ///   or finer than the currency's smallest unit.
    static func minor(of text: String, in currency: String) -> Int64? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
        var (units, minor): (Int64, Int64) = (Money.minorUnits(of: currency), 0)
        for digit in parts[0] {
            guard let next = appended(digit, to: minor) else { return nil }
            minor = next
        }
        for digit in parts.dropFirst().joined() {
            // Zeros behind the last decimal say nothing.
            guard units > 1 else {
                guard digit == UInt8(ascii: "0") else { return nil }
                continue
            }
            guard let next = appended(digit, to: minor) else { return nil }
            (minor, units) = (next, units / 10)
        }
        let (product, overflows) = minor.multipliedReportingOverflow(by: units)
        return !overflows && (1...largest).contains(product) ? product : nil
    }

    private static func appended(_ digit: UInt8, to number: Int64) -> Int64? {
        let next = number * 10 + Int64(digit - UInt8(ascii: "0"))
        return next <= largest ? next : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
