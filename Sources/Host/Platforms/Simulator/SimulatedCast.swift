import WidgetAPI

/// The people of a simulated stream: regulars who always come, and newcomers who never came before.
struct SimulatedCast: Sendable {
    private let run: String
    private var newcomers = 0

    /// `run` stands in the newcomers' ids, so that a second demo's followers are other people than the first one's.
    init(run: String) {
        self.run = run
    }

    /// A regular; half of them are on each platform.
    func regular(on platform: Platform, _ random: inout SplitMix64) -> User {
        random.pick(platform == .twitch ? Self.regularsOfTwitch : Self.regularsOfKick)
    }

    /// Who says the next line: a regular, now and then the streamer.
    func speaker(on platform: Platform, _ random: inout SplitMix64) -> User {
        guard random.happens(percent: 3) else { return regular(on: platform, &random) }
        return User(
            id: SimulatedStream.channelId(on: platform),
            login: "demo",
            displayName: "Demo",
            avatarUrl: Self.avatar(of: 0),
            color: "#E8A33D",
            badges: [User.Badge(set: "broadcaster", id: "1", title: Self.title(of: .broadcaster, on: platform))],
            roles: [.broadcaster]
        )
    }

    /// Somebody new.
    mutating func newcomer(on platform: Platform, _ random: inout SplitMix64) -> User {
        newcomers += 1
        let name = random.pick(Self.firstHalves) + random.pick(Self.secondHalves) + "\(random.number(in: 2...99))"
        return User(
            id: "demo-\(platform.rawValue)-\(run)-\(newcomers)",
            login: name.lowercased(),
            displayName: name,
            avatarUrl: Self.avatar(of: newcomers),
            color: random.happens(percent: 60) ? random.pick(Self.colors) : nil
        )
    }

    private static let regularsOfTwitch = regulars(on: .twitch)
    private static let regularsOfKick = regulars(on: .kick)

    private static func regulars(on platform: Platform) -> [User] {
        let offset = platform == .twitch ? 0 : 1
        return stride(from: offset, to: names.count, by: 2).map { index in
            // Fixed by the place in the list: the same person has the same colour and badges in every demo.
            let place = index / 2
            let roles = roles(at: place)
            return User(
                id: "demo-\(platform.rawValue)-\(1000 + index)",
                login: names[index].login,
                displayName: names[index].shown,
                avatarUrl: avatar(of: index),
                color: place % 4 == 3 ? nil : colors[place * 5 % colors.count],
                badges: roles.map { badge(of: $0, at: place, on: platform) },
                roles: roles
            )
        }
    }

    /// Twelve faces go round.
    private static func avatar(of index: Int) -> String? {
        DemoPicture(.avatar, named: "\(index % 12 + 1)")?.path
    }

    private static func roles(at place: Int) -> [User.Role] {
        let standing: [User.Role] = place % 12 == 0 ? [.moderator] : place % 12 == 5 ? [.vip] : []
        return standing + (place % 3 == 0 ? [.subscriber] : [])
    }

    private static func badge(of role: User.Role, at place: Int, on platform: Platform) -> User.Badge {
        let version = role == .subscriber ? ["1", "3", "6", "12", "24"][place % 5] : "1"
        return User.Badge(set: role.rawValue, id: version, title: title(of: role, on: platform))
    }

    /// Kick names its badges in each delivery; Twitch only numbers them.
    private static func title(of role: User.Role, on platform: Platform) -> String? {
        guard platform == .kick else { return nil }
        return switch role {
        case .broadcaster: "Broadcaster"
        case .moderator: "Moderator"
        case .vip: "VIP"
        case .subscriber: "Subscriber"
        }
    }
}

extension SimulatedCast {
    private static let colors = [
        "#FF6B6B", "#4ECDC4", "#FFD166", "#9B5DE5", "#06D6A0", "#EF476F", "#118AB2", "#F78C6B", "#83C5BE", "#C77DFF",
        "#B5E48C", "#FF99C8", "#72EFDD", "#F4A261", "#5E60CE", "#90BE6D", "#2B2D42",
    ]

    /// A few names are in other scripts, as in every chat; the login is what stands in addresses.
    private static let names: [(login: String, shown: String)] =
        plainNames.map { (login: $0.lowercased(), shown: $0) } + [
            ("hoshizora_m", "ほしぞら"), ("nejnost", "Снежинка"), ("noor_ps", "نور"), ("gureumi", "구르미"),
            ("shalom_k", "שלומי"), ("wenyu88", "文鱼"), ("fjordlys", "FjordLys"), ("zazulja", "Зозуля"),
            ("anemos", "Άνεμος"),
        ]

    private static let plainNames = [
        "PixelOtter", "MoonlitMage", "TurboTeapot", "QuietComet", "NoodleKnight", "VelvetFox", "CaptainBiscuit",
        "EchoLantern", "RustySprocket", "LunaMoth_", "GrumpyPancake", "SolarSwan", "MintyDragon", "WobblyRobot",
        "HazelStorm", "TinyTitan42", "FrostedFern", "JellyBandit", "OrbitOwl", "SleepyCrab", "NeonNarwhal",
        "BrambleWitch", "CosmicKoala", "DustyMarble", "PapayaPilot", "SilverSloth", "GlitchGoose", "AmberArrow",
        "ThunderMuffin", "CloudHopper_", "KiwiCaptain", "RubyRaccoon", "BasaltBear", "MapleMoose", "ZigZagZebra",
        "CoralCastle", "InkyPenguin", "WaffleWizard", "StaticSparrow", "MellowMango", "CopperCat", "LilacLlama",
        "BouncyBadger", "DriftwoodDan", "SaffronSeal", "PuddleJumper", "VioletViper", "TangerineTom", "IcyIguana",
        "HoneyHedgehog", "GalaxyGardener", "CrispyClover", "MidnightMoth", "OpalOrca", "RocketRadish", "FuzzyFalcon",
        "BlueberryBen", "TwilightTurtle", "CinderCrow", "PeachyPhantom", "MossyMonk", "LemonLynx", "EmberElk",
    ]

    private static let firstHalves = [
        "Brave", "Calm", "Clever", "Cozy", "Curious", "Daring", "Fancy", "Gentle", "Happy", "Jolly", "Lucky", "Mighty",
        "Nimble", "Plucky", "Quick", "Shiny", "Silent", "Sunny", "Swift", "Wild",
    ]
    private static let secondHalves = [
        "Acorn", "Beacon", "Cactus", "Dolphin", "Ember", "Finch", "Gecko", "Harbor", "Island", "Juniper", "Kite",
        "Lemur", "Meteor", "Nomad", "Otter", "Pebble", "Quokka", "Raven", "Squirrel", "Tulip",
    ]
}
