import Foundation
import WidgetAPI

/// Something that a platform posts.
enum PlatformMail: Sendable {
    case twitch(SignedDelivery)
    case kick(KickSamples)
}

/// How things are said, and to whom.
extension PlatformDesk {
    /// Lines that IRC puts into one message.
    private static let ircLines = 10

    /// Tells what happens on Twitch to all who listen, now by IRC first and now by EventSub.
    ///
    /// - Returns: what was said, one object for each way.
    func tell(_ sayings: [TwitchSaying]) -> [JSONValue] {
        let all = habitually(sayings)
        var list: [JSONValue] = []
        for (number, start) in stride(from: 0, to: all.count, by: Self.ircLines).enumerated() {
            let some = all[start..<min(start + Self.ircLines, all.count)]
            if number.isMultiple(of: 2) { list += overIRC(some) }
            list += some.compactMap(\.delivery).map(overEventSub)
            if !number.isMultiple(of: 2) { list += overIRC(some) }
        }
        return list
    }

    /// Posts what happens on Kick, as far as it is subscribed.
    func deliver(_ samples: [KickSamples]) -> [JSONValue] {
        let user = kick.user.id
        let wanted = Set(kick.kickEvents.records.filter { $0.user == user }.map(\.event))
        return habitually(samples).map { sample in
            guard wanted.contains(sample.type) else {
                return ["by": "post", "type": .string(sample.type), "id": .string(sample.messageId), "heard": 0]
            }
            return post(.kick(sample))
        }
    }

    /// Posts it; what is not answered 2xx is kept for a retry.
    func post(_ mail: PlatformMail) -> JSONValue {
        let (type, id): (String, String)
        var status: Int?
        switch mail {
        case .twitch(let delivery):
            (type, id) = (delivery.type, delivery.messageId)
            status = (try? twitch.webhooks.happens(delivery)) ?? nil
        case .kick(let sample):
            (type, id) = (sample.type, sample.messageId)
            var sample = sample
            sample.signer = signer
            status = port.flatMap { port in
                try? PlatformPost.send("/api/webhooks/kick", headers: sample.headers, body: sample.body, port: port)
                    .status
            }
        }
        if !(200..<300).contains(status ?? 0) { unanswered.append(mail) }
        let told = status.map { JSONValue.integer(Int64($0)) } ?? .null
        return ["by": "post", "type": .string(type), "id": .string(id), "status": told]
    }

    private func overEventSub(_ delivery: SignedDelivery) -> JSONValue {
        if twitch.webhooks.enabled.contains(where: { $0.type == delivery.type }) { return post(.twitch(delivery)) }
        // It is made here, so it can be read.
        let heard = (try? twitch.eventSub.happens(delivery)) ?? 0
        return [
            "by": "socket", "type": .string(delivery.type), "id": .string(delivery.messageId),
            "heard": .integer(Int64(heard)),
        ]
    }

    private func overIRC(_ sayings: ArraySlice<TwitchSaying>) -> [JSONValue] {
        let lines = sayings.compactMap(\.line)
        guard !lines.isEmpty else { return [] }
        let heard = twitch.irc.says(lines.map(\.text), in: "#\(twitch.user.login)")
        return lines.map { line in
            [
                "by": "irc", "type": .string(line.command), "id": .string(line.id), "heard": .integer(Int64(heard)),
            ]
        }
    }

    /// In the order, and as often, as it is said now.
    private func habitually<Thing>(_ things: [Thing]) -> [Thing] {
        let ordered = isReordering ? things.reversed() : things
        return isDuplicating ? ordered.flatMap { [$0, $0] } : ordered
    }
}
