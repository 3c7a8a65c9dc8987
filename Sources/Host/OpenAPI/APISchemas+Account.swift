import WidgetAPI

/// Who is signed in, and what has happened.
extension APISchemas {
    private static let platform = choice(Platform.ofChannels.map(\.rawValue))
    private static let status = choice(["connected", "connecting", "needs-login", "off"])
    /// What is mended by itself, or nothing.
    private static let trouble: JSONValue = [
        "enum": .array(ConnectionTrouble.allCases.map { .string($0.rawValue) } + [.null])
    ]

    private static func newTipSource(_ service: TipService) -> JSONValue {
        let length = TipService.secretLength
        let secret = text(
            Int64(length.lowerBound)...Int64(length.upperBound),
            ["pattern": .string("^\(service.secretBeginning)[!-~]+$")]
        )
        return input(
            ["service": ["const": .string(service.rawValue)], "secret": secret],
            required: ["service", "secret"]
        )
    }

    static let account: JSONObject = [
        "Session": answer([
            "streamerId": text, "email": optionalText, "displayName": text, "avatarUrl": optionalText,
            "connectedPlatforms": list(of: reference("Connection")), "csrfToken": text,
        ]),
        "AccountExport": answer([
            "format": ["const": "streamvibes-export"], "version": ["const": 1], "exportedAt": moment,
            "streamer": list(of: anyObject), "files": list(of: anyObject), "events": list(of: reference("Event")),
        ]),
        "ErasedViewer": input(
            ["platform": choice(Platform.allCases.map(\.rawValue)), "userId": text(1...100)],
            required: ["platform", "userId"]
        ),
        "Erasure": answer(["eventsChanged": integer]),
        "BrowserSession": answer([
            "id": text, "createdAt": moment, "lastUsedAt": moment, "expiresAt": moment, "userAgent": text,
            "address": text, "isCurrent": flag,
        ]),
        "ConnectionInput": input(
            ["followersAtStart": ["type": ["integer", "null"], "minimum": 0, "maximum": 1_000_000_000]],
            required: ["followersAtStart"]
        ),
        "Connection": answer([
            "platform": platform, "channel": text, "connectedAt": moment, "status": status,
            "missingScopes": list(of: text), "trouble": trouble, "followersAtStart": ["type": ["integer", "null"]],
        ]),
        "Settings": answer([
            "displayName": text, "locale": text, "timeZone": text, "shortcuts": flag, "setupStep": integer,
        ]),
        "SettingsInput": input([
            "displayName": text(1...80, ["pattern": "\\S"]),
            "locale": text(2...35, ["pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"]),
            "timeZone": text(1...64, ["examples": ["Europe/Berlin", "UTC"]]), "shortcuts": flag,
            "setupStep": integer(0...20),
        ]),
        "TipSource": answer([
            "id": text, "service": choice(TipService.allCases.map(\.rawValue)), "address": text,
            "lastDeliveryAt": optionalMoment,
        ]),
        "NewTipSource": ["oneOf": .array(TipService.allCases.map(newTipSource))],
        "OpenPage": answer([
            "id": text, "view": choice(["overlay", "chat", "events", "goals", "tips", "preview"]),
            "layoutId": optionalText, "connectedAt": moment, "fps": ["type": ["number", "null"]],
            "p95": ["type": ["number", "null"]], "lastShownSeq": ["type": ["integer", "null"]], "ownsSound": flag,
        ]),
    ]

    static let events: JSONObject = [
        "Event": answer([
            "id": text, "seq": integer, "type": text, "platform": text, "channelId": optionalText, "streamerId": text,
            "occurredAt": moment, "receivedAt": moment, "test": flag, "payload": [:],
        ]),
        "EventList": answer([
            "data": list(of: reference("Event")), "meta": answer(["lastSeq": integer, "hasMore": flag]),
        ]),
        "TestEvent": input(
            [
                "type": text(1...64), "payload": anyObject,
                "platform": choice(Platform.allCases.map(\.rawValue)),
            ],
            required: ["type"]
        ),
        "Alerts": answer([
            "paused": flag, "current": nullable("Event"), "waiting": list(of: reference("Event")),
        ]),
    ]
}
