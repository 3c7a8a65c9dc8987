import WidgetAPI

/// A tip as its service tells of it: everything that is kept, and nothing by which anybody could find the giver.
///
/// Services send e-mail addresses, postal addresses, names on cards and accounts elsewhere along. None of it has a
/// place here.
struct ServiceTip: Sendable, Equatable {
    let service: TipService
    /// The service's own id of the tip: however often and by however many events it tells of it, it is one.
    let id: String
    let moment: Timestamp
    /// What the giver calls themselves in public; `nil` for somebody who does not say.
    let name: String?
    /// The service's id of the giver, where it has one.
    var giverId: String?
    let amount: Money
    /// What the giver wrote for everybody, or `nil`.
    let message: String?
    /// Whether no money has moved: a payment in the service's own test mode.
    var isTest = false

    /// The event that it is.
    var draft: EventDraft {
        draft(.tip, id: id, Tip(user: giver, amount: amount, kind: .donation, message: message).json)
    }

    /// What a refund of it is: the tip leaves the screen as a deleted message does, and whoever reckons is told.
    var refundDrafts: [EventDraft] {
        let refund: JSONValue = ["externalId": .string(id), "money": amount.json]
        return [
            draft("tip:refunded", id: Self.refundId(of: id), refund),
            draft(.chatDelete, id: "\(id):deleted", ChatDeletion(messageId: id).json),
        ]
    }

    /// The id of the event that a tip of that id was given back.
    static func refundId(of id: String) -> String { "\(id):refunded" }

    /// A giver without an id goes by the beginning of their name, so that their tips can be added up, and erased when
    /// they ask for it; an id that can be erased has at most a hundred characters.
    ///
    /// The prefix keeps such an id from being a word that stands for something else where ids are erased.
    private var giver: User? {
        guard let name, name.contains(where: { !$0.isWhitespace }) else { return nil }
        let beginning = String(String.UnicodeScalarView(name.unicodeScalars.prefix(45)))
        return User(id: giverId ?? "name:\(beginning.lowercased())", login: name, displayName: name)
    }

    private func draft(_ type: EventType, id: String, _ payload: JSONValue) -> EventDraft {
        EventDraft(
            id: Event.ID(id),
            type: type,
            platform: service.platform,
            occurredAt: moment,
            isTest: isTest,
            payload: payload
        )
    }
}
