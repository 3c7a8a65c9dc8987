import WidgetAPI

/// A lifelike stream for `serve --demo`: two channels, a chat that never sleeps, and something to celebrate every few
/// seconds.
///
/// Pure and seeded: the same run, seed and rate give the same drafts. The caller appends a step's drafts, waits its
/// delay and asks again.
///
/// ```swift
/// var stream = SimulatedStream(run: bootId, seed: 1, rate: 1)
/// let step = stream.next(now: .now)
/// ```
struct SimulatedStream: Sendable {
    /// What happens at one moment.
    struct Step: Sendable, Equatable {
        /// How long to wait before the next one.
        let delay: Duration
        /// What to append now.
        let drafts: [EventDraft]
    }

    /// The ids of the two channels on their platforms.
    static func channelId(on platform: Platform) -> String { "demo-\(platform.rawValue)" }

    /// Whether anything happens at all; a rate of 0 is a stream that is over.
    private let rate: Double
    private let run: String
    /// Milliseconds of the stream's own clock, which runs `rate` times as fast as the caller's.
    private var clock = 0
    private var moment = Timestamp(milliseconds: 0)
    private var drafts: [EventDraft] = []
    private var idCount = 0

    var random: SplitMix64
    var agenda = SimulatedAgenda()
    var cast: SimulatedCast
    /// The last lines of each channel, for those who answer.
    var recentLines: [Platform: [ChatMessage]] = [:]
    /// The last lines of the script that were used, so that chat does not stutter.
    var saidLately: [String] = []

    /// A stream that is about to begin.
    ///
    /// `run` must be another text for each start of the host: it stands in every id, and the log takes each id once.
    /// `rate` multiplies how often things happen; it is held within 0…100.
    init(run: String, seed: UInt64, rate: Double) {
        self.run = run
        self.rate = rate.isNaN ? 0 : min(max(rate, 0), 100)
        random = SplitMix64(seed: seed)
        cast = SimulatedCast(run: run)
        openingScene()
    }

    /// What happens now, and when to ask again.
    mutating func next(now: Timestamp) -> Step {
        let longest = Duration.seconds(3600)
        guard rate > 0 else { return Step(delay: longest, drafts: []) }
        moment = now
        drafts = []
        while let action = agenda.takeDue(at: clock) {
            perform(action)
        }
        // Whatever recurs has put itself on the agenda again, so there is always a next moment.
        let pause = (agenda.nextTime ?? clock + 1000) - clock
        clock += pause
        defer { drafts = [] }
        // A rate next to nothing would ask for more than a Duration can hold.
        let delay = Double(pause) / rate < 3_600_000 ? .milliseconds(Double(pause) / rate) : longest
        return Step(delay: delay, drafts: drafts)
    }

    /// Puts something on the agenda, so many milliseconds from now.
    mutating func plan(_ action: SimulatedAgenda.Action, in milliseconds: Int) {
        agenda.add(action, at: clock + milliseconds)
    }

    /// A new id, unlike any other of this and of any other run.
    mutating func makeId() -> String {
        idCount += 1
        return "sim-\(run)-\(idCount)"
    }

    /// Makes an event of this moment part of the step.
    mutating func emit(_ type: EventType, id: String? = nil, on platform: Platform, _ payload: JSONValue) {
        drafts.append(
            EventDraft(
                id: Event.ID(id ?? makeId()),
                type: type,
                platform: platform,
                channelId: SimulatedStream.channelId(on: platform),
                occurredAt: moment,
                payload: payload
            )
        )
    }

    /// Either channel; Twitch is a little busier.
    mutating func anyPlatform() -> Platform {
        random.happens(percent: 55) ? .twitch : .kick
    }

    /// Whoever opens the demo sees each kind of event within the first minute, whatever the seed.
    private mutating func openingScene() {
        plan(.online, in: 0)
        plan(.line, in: 600)
        plan(.follow, in: 4000)
        plan(.subscription(.new), in: 9000)
        plan(.tip, in: 14_000)
        plan(.redemption, in: 20_000)
        plan(.giftBomb, in: 27_000)
        plan(.subscription(.renewal), in: 38_000)
        plan(.raid, in: 46_000)
        plan(.anySubscription, in: 70_000)
        plan(.trouble, in: 80_000)
    }

    private mutating func perform(_ action: SimulatedAgenda.Action) {
        switch action {
        case .online: goOnline()
        case .line: ordinaryLine()
        case .hypeLine(let mood, let platform): say(in: mood, on: platform)
        case .follow: follow()
        case .subscription(let kind): subscription(kind)
        case .anySubscription: anySubscription()
        case .giftBomb: giftBomb()
        case .recipient(let gift): receive(gift)
        case .tip: tip()
        case .raid: raid()
        case .redemption: redemption()
        case .trouble: trouble()
        case .spam(let troublemaker, let platform): spam(troublemaker, on: platform)
        case .delete(let messageId, let platform):
            emit(.chatDelete, on: platform, ChatDeletion(messageId: messageId).json)
        case .clear(let userId, let platform):
            emit(.chatClear, on: platform, ChatClearing(userId: userId).json)
        }
    }

    private mutating func goOnline() {
        for platform in Platform.ofChannels {
            emit(.streamOnline, on: platform, ["startedAt": .string(moment.iso8601)])
        }
    }
}
