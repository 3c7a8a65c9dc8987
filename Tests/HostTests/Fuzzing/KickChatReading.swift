import WidgetAPI

@testable import Host

/// Reads bytes as a message of Kick's unofficial chat socket, and what its event becomes.
enum KickChatReading {
    private static let broadcasterId = "501"
    private static let now = Timestamp(milliseconds: 1_772_388_009_000)

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        let frame: KickChatFrame
        do throws(MalformedDelivery) {
            frame = try KickChatFrame(bytes)
        } catch {
            return try DraftPromises.check(error.reason)
        }
        try FuzzFinding.unless((try? KickChatFrame(bytes)) == frame, "a message that is read twice says the same")
        switch frame {
        case .established(let seconds):
            try FuzzFinding.unless(KickChatFrame.activitySeconds.contains(seconds), "a greeting can be relied on")
        case .subscribed(let channel): try FuzzFinding.unless(!channel.isEmpty, "a subscription is to something")
        case .event(let name, let channel, let data):
            try FuzzFinding.unless(channel?.isEmpty != true, "an event happens somewhere")
            try check(name, data)
        case .ping, .refused, .other: break
        }
    }

    private static func check(_ name: String, _ data: JSONValue) throws(FuzzFinding) {
        let payloads = KickChatPayloads(name: name, data: data, broadcasterId: broadcasterId, receivedAt: now)
        let draft: EventDraft?
        do throws(MalformedDelivery) {
            draft = try payloads.draft()
        } catch {
            return try DraftPromises.check(error.reason)
        }
        guard let draft else { return }
        try DraftPromises.check([draft], of: .kick, broadcasterId)
        switch draft.type {
        case .chatMessage:
            let message = try FuzzFinding.unless(ChatMessage(json: draft.payload), "a line is a chat line")
            try FuzzFinding.unless(draft.id.text == message.messageId, "a line has the message's id")
            let joined = message.fragments.map(\.text).joined()
            try FuzzFinding.unless(
                joined.unicodeScalars.elementsEqual(message.text.unicodeScalars),
                "the pieces are the text: \(joined)"
            )
            let color = message.user?.color.map(\.utf8)
            try FuzzFinding.unless(color.map(DeliveryFields.isColor) ?? true, "a colour is one")
        case .chatDelete:
            let deletion = try FuzzFinding.unless(ChatDeletion(json: draft.payload), "a deletion is one")
            try FuzzFinding.unless(draft.id.text == "delete:\(deletion.messageId)", "a deletion is one event")
        case .chatClear:
            let clearing = try FuzzFinding.unless(ChatClearing(json: draft.payload), "a clearing is one")
            try FuzzFinding.unless(
                (clearing.userId == nil) == (name == "ChatroomClearEvent"),
                "nothing but a clearing of all takes everybody's lines away"
            )
        default: throw FuzzFinding(description: "not true: chat becomes chat: \(draft.type)")
        }
    }
}
