import WidgetAPI

/// What the payload of each type that a platform can tell of looks like (contract section 4).
enum CanonicalShape {
    /// Everything about a payload that is not as the contract has it, in words.
    static func faults(of type: EventType, _ payload: JSONValue) -> [String] {
        guard let shape = shapes[type] else { return ["\(type) is no type of a platform's"] }
        return shape.faults(of: payload, at: type.name) + contradictions(of: type, payload)
    }

    private static let user: JSONShape = .object([
        "id": .name, "login": .name, "displayName": .name, "avatarUrl": .orNull(.path), "color": .orNull(.color),
        "badges": .list(
            .object(["set": .name, "id": .text, "title": .orNull(.text), "imageUrl": .orNull(.path)])
        ),
        "roles": .list(.oneOf(["broadcaster", "moderator", "vip", "subscriber"])),
    ])
    private static let fragment: JSONShape = .object(
        ["type": .oneOf(["text", "emote", "mention", "cheermote", "link"]), "text": .text],
        optional: ["emote": .object(["id": .text, "url": .orNull(.path)])]
    )

    private static let shapes: [EventType: JSONShape] = [
        .chatMessage: .object(
            [
                "messageId": .name, "user": .orNull(user), "text": .text, "fragments": .list(fragment),
                "isAction": .flag,
            ],
            optional: [
                "replyTo": .orNull(.object(["messageId": .name, "displayName": .text, "text": .text])),
                "bits": .orNull(.count),
            ]
        ),
        .chatNotice: .object([
            "messageId": .name, "user": .orNull(user), "kind": .name, "systemText": .text, "message": .orNull(.name),
            "prime": .orNull(.flag), "giftId": .orNull(.name),
        ]),
        .chatDelete: .object(["messageId": .name]),
        .chatClear: .object(["userId": .orNull(.name)]),
        .follow: .object(["user": .orNull(user)]),
        .subscribe: .object([
            "user": .orNull(user), "kind": .oneOf(["new", "renewal", "gift"]),
            "tier": .orNull(.oneOf(["1000", "2000", "3000"])), "prime": .orNull(.flag), "months": .orNull(.count),
            "streak": .orNull(.count), "message": .orNull(.name), "gifter": .orNull(user), "giftId": .orNull(.name),
            "giftCount": .orNull(.count), "recipients": .list(user),
        ]),
        .tip: .object(
            [
                "user": .orNull(user), "amount": .object(["minor": .count, "currency": .name]),
                "kind": .oneOf(["donation", "bits", "kicks"]), "message": .orNull(.name),
            ],
            optional: ["rates": .table]
        ),
        "tip:refunded": .object(["externalId": .name, "money": .object(["minor": .count, "currency": .name])]),
        .raid: .object(["user": .orNull(user), "viewers": .count]),
        .redemption: .object([
            "user": .orNull(user), "reward": .object(["id": .text, "title": .name, "cost": .count]),
            "input": .orNull(.name), "status": .name,
        ]),
        .streamOnline: .object(["startedAt": .moment]),
        .streamOffline: .object(["endedAt": .moment]),
        .streamUpdate: .object(["title": .text, "category": .orNull(.name), "language": .orNull(.name)]),
        "platform:raw": .object(["type": .name, "version": .name, "event": .anything]),
    ]

    /// What no kind of a single member can say.
    private static func contradictions(of type: EventType, _ payload: JSONValue) -> [String] {
        switch type {
        case .chatMessage:
            let pieces = payload["fragments"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
            return pieces.joined().utf8.elementsEqual((payload["text"]?.stringValue ?? "").utf8)
                ? [] : ["the fragments are not the text"]
        case .subscribe: return contradictions(ofSubscription: payload)
        case .tip:
            let (kind, currency) = (payload["kind"]?.stringValue, payload["amount"]?["currency"]?.stringValue)
            let own = ["bits": "BITS", "kicks": "KICKS"]
            let isTold = kind.flatMap { own[$0] }.map { $0 == currency } ?? !own.values.contains(currency ?? "")
            return isTold ? [] : ["\(kind ?? "") in \(currency ?? "")"]
        default: return []
        }
    }

    private static func contradictions(ofSubscription payload: JSONValue) -> [String] {
        let count = payload["giftCount"]?.integerValue
        let isNobody = payload["user"]?.isNull != false
        guard payload["kind"] == "gift" else {
            return count == nil && payload["gifter"]?.isNull == true && !isNobody
                ? [] : ["what is no gift has its subscriber and no giver"]
        }
        if isNobody { return count == nil ? ["a bomb does not say how many"] : [] }
        return count == 1 && payload["recipients"] == [] ? [] : ["a gift that was received counts one"]
    }
}
