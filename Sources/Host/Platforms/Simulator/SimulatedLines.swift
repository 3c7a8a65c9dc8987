/// What people of a simulated stream say.
///
/// In a line `:name:` is one of our emotes and `@` alone means another regular; `/me` at the start is an action.
enum SimulatedLines {
    /// What a burst of chat is about.
    enum Mood: Sendable {
        case everyday
        /// A bomb went off.
        case gifts
        /// A raid came in.
        case welcome
    }

    /// Something that channel points buy.
    struct Reward: Sendable {
        let id: String
        let title: String
        let cost: Int
        /// What viewers type with it; none where it asks for nothing.
        let inputs: [String]
    }

    static func lines(of mood: Mood) -> [String] {
        switch mood {
        case .everyday: everyday
        case .gifts: gifts
        case .welcome: welcome
        }
    }

    static let gifts = [
        "WOOO :hype:", ":hype: :hype: :hype:", "so generous!!", "GIFTS GIFTS GIFTS", "thank you!! :heart:", "no way",
        "what a legend", ":wow: :wow:", "missed it again :laugh:", "POG", "🎁🎁🎁", "the madness continues", "LETS GOOO",
        "welcome new subs :wave:", "merci beaucoup !", "@ you got one too!", "🔥🔥🔥🔥", "hype hype hype",
        ":gg: :heart:",
        "that's so kind", "¡qué grande!", "شكراً جزيلاً ❤️", "my luck is back", "chat is moving so fast",
    ]

    static let welcome = [
        "welcome raiders! :wave:", "RAID :hype:", "hi everyone!", ":wave: :wave: :wave:", "raiders in the house",
        "hello hello", "we come in peace", "grab a snack and sit down :cozy:", "how was the stream over there?",
        "happy to be here", "so many new faces", "👋👋👋", "bienvenue !", "willkommen alle zusammen", "ようこそ!",
        "what are we playing?", "just came in with the raid, hi", "RAID RAID RAID", "this looks cozy :cozy:",
        "good to see you @", "we brought cookies 🍪", "/me slides into the room", ":heart: from the raid",
        "hola a todos",
    ]

    static let answers = [
        "same here", "I was about to say that", "haha exactly :laugh:", "no way, really?", "true", "can confirm",
        "that's what I thought too", "agreed, second door on the left", "not yet, tomorrow maybe", "you and me both",
        "it's in the options menu", "good question", "ask me again after coffee", "I think it was episode three",
        "works on my machine :think:", "thanks, that helped!", "😂", "respectfully, no", "deal!",
    ]

    static let spam = [
        "cheap viewers at www.example.com/viewers !!!", "FREE COINS FREE COINS https://example.com/coins",
        "BUY FOLLOWERS NOW www.example.com", "want to be famous? visit https://example.com/famous",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ]

    /// What stands beside a renewal; no emotes, for a message there is text alone.
    static let renewals = [
        "another month of good vibes ❤️", "already? time flies", "best corner of the internet",
        "still here, still bad",
        "my cat says hi", "thanks for the company on night shifts", "one year closer to the golden badge", "worth it!",
        "for the soundtrack alone 👏", "keep going, you are doing great", "لا أستطيع التوقف عن المشاهدة",
        "第一次留言,加油!",
    ]

    /// What stands beside a tip.
    static let tips = [
        "for the coffee fund ☕", "that last round was incredible", "please fix the chair", "play it again!",
        "have a great weekend", "you made my day", "for new socks 🧦", "happy birthday to the dog!",
        "the boss fight was worth it",
        "from all of us in the back row", "don't spend it all on snacks", "keep it up ❤️", "שידור מעולה!",
        "a question: tea or coffee?", "for the hundredth attempt", "let's reach that goal 🎯",
    ]

    static let rewards = [
        Reward(id: "hydrate", title: "Hydrate!", cost: 100, inputs: []),
        Reward(id: "posture", title: "Posture check", cost: 150, inputs: []),
        Reward(
            id: "song",
            title: "Pick the next song",
            cost: 500,
            inputs: ["something calm", "the last one"]
        ),
        Reward(id: "hat", title: "Wear the silly hat", cost: 1000, inputs: []),
        Reward(
            id: "name",
            title: "Name the next character",
            cost: 750,
            inputs: ["Sir Wobbles", "Lady Bramble", "Toast 🍞"]
        ),
        Reward(id: "hard", title: "One level without map", cost: 2500, inputs: []),
        Reward(id: "pet", title: "Show the pet", cost: 300, inputs: []),
    ]
}
