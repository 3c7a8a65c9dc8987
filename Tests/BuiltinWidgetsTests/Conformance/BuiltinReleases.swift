import WidgetAPI
import WidgetConformance

extension EarlierRelease {
    /// What has been released of the built-in widgets, by their id.
    static let all: [String: [EarlierRelease]] = ["chat": [chat], "events": [events], "goals": [goals], "tips": [tips]]

    private static let chat = EarlierRelease(
        version: "1.0.0",
        settings: [
            ("maxMessages", [5, 15, 50]), ("animation", ["slide", "fade", "none"]), ("showBadges", [true, false]),
            ("showTimestamps", [false, true]), ("fontSize", ["small", "medium", "large"]),
            ("showPlatform", [true, false]),
        ],
        states: [
            ["lines": []],
            [
                "lines": [
                    [
                        "origin": origin, "userId": "id-Ana", "name": "Ana", "color": "#3DD68C",
                        "roles": ["moderator"],
                        "fragments": [
                            ["type": "text", "text": "hello "],
                            ["type": "emote", "text": "Kappa", "emote": ["id": "25", "url": "/img/twitch/25/2.0"]],
                        ],
                        "isAction": false, "replyTo": "Ben", "time": 1_795_253_400_000,
                    ]
                ]
            ],
        ]
    )

    private static let events = EarlierRelease(
        version: "1.0.0",
        settings: [
            ("displayDuration", [3, 5, 15]), ("animation", ["bounce", "slide", "zoom", "fade"]),
            ("showFollows", [true, false]), ("showSubs", [true, false]), ("showTips", [true, false]),
            ("showRaids", [true, false]),
        ],
        states: [
            ["isOverlayOpen": false, "current": nil, "queue": [], "folded": 0, "bombs": []],
            [
                "isOverlayOpen": true, "current": alert("follow"),
                "queue": .array(["subscription", "giftBomb", "gift", "renewal", "tip", "raid"].map(alert)),
                "folded": 3,
                "bombs": [
                    [
                        "platform": "twitch", "isTest": false, "giftId": "g", "tier": "1000", "missing": 2,
                        "end": 1_795_253_460_000,
                    ]
                ],
            ],
        ]
    )

    private static let goals = EarlierRelease(
        version: "1.0.0",
        settings: [
            ("goalType", ["followers", "subscribers", "tips", "bits"]), ("target", [1, 100, 10_000_000]),
            ("label", ["", "Follower goal", .string(String(repeating: "W", count: 80))]),
            ("style", ["bar", "number"]), ("currency", ["", "x", "USD"]),
        ],
        states: [
            ["follows": 0, "subscriptions": 0, "bits": 0, "tips": ["minor": 0, "currency": ""]],
            ["follows": 41, "subscriptions": 7, "bits": 500, "tips": ["minor": 2500, "currency": "EUR"]],
        ]
    )

    private static let tips = EarlierRelease(
        version: "1.0.0",
        settings: [
            ("maxItems", [3, 5, 10]), ("interval", [5, 8, 60]), ("minAmount", [100, 10_000]),
            ("prefix", ["", "TIP:", .string(String(repeating: "W", count: 20))]), ("showAmounts", [true, false]),
        ],
        states: [
            ["tips": [], "position": 0],
            [
                "tips": [
                    ["origin": origin, "name": "Ana", "amount": "5.00 USD", "message": "for coffee"],
                    ["origin": ["platform": "kick", "id": "2"], "name": "Ben", "amount": "100 bits", "message": ""],
                ],
                "position": 1,
            ],
        ]
    )

    private static let origin: JSONValue = ["platform": "twitch", "id": "1"]

    private static func alert(_ kind: String) -> JSONValue {
        ["origin": origin, "kind": .string(kind), "name": "Ana", "detail": "Tier 1", "message": "hello"]
    }
}
