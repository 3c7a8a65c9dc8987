import WidgetAPI

extension Money {
    /// The same worth in another currency, at rates as ``Tip/rates`` gives them, or `nil` when one of both has none.
    ///
    /// Exact but for one rounding, half a unit up; what no number of the other currency can hold becomes the largest.
    func converted(to other: String, at rates: [String: Int64]) -> Money? {
        if other == currency { return self }
        guard let worth = rates[currency], let price = rates[other], worth > 0, price > 0 else { return nil }
        // Rates are of whole units, amounts are not; 128 bits hold a product of any two of these.
        let divisor = UInt128(price) * UInt128(Self.minorUnits(of: currency))
        let product = UInt128(minor.magnitude).multipliedFullWidth(
            by: UInt128(worth) * UInt128(Self.minorUnits(of: other))
        )
        let limit = UInt128(Int64.max)
        var amount = limit
        if product.high < divisor {
            let (quotient, remainder) = divisor.dividingFullWidth(product)
            amount = quotient < limit && remainder >= divisor - remainder ? quotient + 1 : min(quotient, limit)
        }
        return Money(minor: minor < 0 ? -Int64(amount) : Int64(amount), currency: other)
    }
}
