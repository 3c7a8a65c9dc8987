extension Money {
    /// How many of the smallest units make one of the currency (ISO 4217; two decimals unless it says otherwise).
    ///
    /// ```swift
    /// let (cents, yen) = (Money.minorUnits(of: "EUR"), Money.minorUnits(of: "JPY"))  // 100 and 1
    /// ```
    public static func minorUnits(of currency: String) -> Int64 {
        if withoutDecimals.contains(currency) { return 1 }
        return withThreeDecimals.contains(currency) ? 1000 : 100
    }

    private static let withoutDecimals: Set<String> = [
        "BIF", "BITS", "CLP", "DJF", "GNF", "ISK", "JPY", "KICKS", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
        "VUV", "XAF", "XOF", "XPF",
    ]
    private static let withThreeDecimals: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
}
