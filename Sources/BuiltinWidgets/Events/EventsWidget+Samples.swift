import WidgetAPI

extension EventsWidget {
    /// One event of each kind; no two are of one subscription, or they would be one alert.
    static let samples: [WidgetManifest.Sample] = [
        .init(.follow),
        .init(.subscribe, Subscription(user: nova, kind: .new, tier: "1000").json),
        .init(.subscribe),
        .init(.subscribe, Subscription(user: sol, kind: .gift, tier: "2000", gifter: nova, giftCount: 1).json),
        .init(
            .subscribe,
            Subscription(user: nil, kind: .gift, tier: "1000", gifter: nova, giftCount: 20, recipients: [sol, lua]).json
        ),
        .init(.tip),
        .init(
            .tip,
            Tip(user: sol, amount: Money(minor: 250, currency: "BITS"), kind: .bits, message: "What a save").json
        ),
        .init(.tip, Tip(user: lua, amount: Money(minor: 100, currency: "KICKS"), kind: .kicks).json),
        .init(.raid),
        .init(.redemption),
    ]

    private static let nova = User(id: "sample-nova", login: "nova", displayName: "Nova")
    private static let sol = User(id: "sample-sol", login: "sol", displayName: "Sol")
    private static let lua = User(id: "sample-lua", login: "lua", displayName: "Lua")
}
