import Foundation
import WidgetAPI
import WidgetConformance

@testable import Host

/// The package `chat-clone` of this folder.
enum ChatClone {
    /// The folder in which it stands, as a host's folder of packages.
    static let shelf = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Packages").path()

    static func package() throws -> WidgetPackage {
        try WidgetPackage(folder: "\(shelf)/chat-clone")
    }

    /// What an earlier version could have left in a database.
    static let earlier = EarlierRelease(
        version: "1.0.0",
        settings: [
            ("maxMessages", [5, 15, 50]), ("animation", ["slide", "fade", "none"]), ("showBadges", [true, false]),
            ("showTimestamps", [false, true]), ("fontSize", ["small", "medium", "large"]),
            ("showPlatform", [true, false]), ("mutedUsers", [[], ["@Ana"]]), ("messageTimeout", [0, 30, 300]),
        ],
        states: [
            ["rows": [], "held": [], "second": 0, "shown": 0],
            [
                "rows": [
                    line(1),
                    ["second": 1_795_253_401, "number": 2, "arrived": at, "weight": 300, "shares": ["kick": 7]],
                ],
                "held": [line(3)],
                "counted": [
                    "second": 1_795_253_402, "number": 3, "arrived": at, "weight": 300, "shares": ["twitch": 2],
                ],
                "second": 1_795_253_402, "shown": 5, "last_line_at": at, "leaving_through": at,
            ],
        ]
    )

    private static let at: JSONValue = 1_795_253_402_000

    private static func line(_ number: Int64) -> JSONValue {
        [
            "platform": "twitch", "id": .string("\(number)"), "key": .string("twitch:\(number)"),
            "number": .integer(number), "arrived": at, "time": "2026-11-21T09:30:02Z", "user_id": "id-Ana",
            "login": "ana", "name": "Ana", "color": "#3dd68c", "hue": 120, "roles": ["moderator"],
            "pictures": [["set": "moderator", "title": "Moderator", "url": "/img/demo/badge/1"]],
            "fragments": [
                ["kind": "text", "text": "hello "], ["kind": "emote", "text": "Kappa", "url": "/img/twitch/25/2.0"],
            ],
            "quote": ["id": "0", "name": "Ben", "text": "hi"], "weight": 900,
        ]
    }
}

extension WidgetPackage {
    var kind: LuaKind { LuaKind(self) }
}
