import ArgumentParser

/// Written as `streamvibes channel add|list|remove`.
struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel",
        abstract: "Register channels for which deliveries are accepted.",
        subcommands: [Add.self, List.self, Remove.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "add", abstract: "Register a channel.")

        @Argument(help: "\(Platform.choiceOfChannels).") var platform: String
        @Argument(help: "The channel's name in its address.") var channel: String
        @Option(help: "The streamer's user id on the platform.") var userId: String
        @OptionGroup var storage: StorageOptions

        func run() async throws {
            let platform = try ChannelCommand.platform(platform)
            let name = try ChannelCommand.name(channel)
            guard !userId.isEmpty, userId.utf8.count <= 64, userId.utf8.allSatisfy(ChannelCommand.isWordByte) else {
                throw CommandFailure(
                    .badData,
                    "--user-id: \"\(userId)\" seen, 1 to 64 letters, digits, hyphens or underscores wanted"
                )
            }
            let place = try await Workplace.open(options: storage.given)
            let channels = ChannelStore(database: place.database) { .now }
            do {
                let added = try await channels.add(platform, name, userId: userId)
                print(ChannelCommand.line(added))
                let base = PublicAddress(place.settings).text
                print("Overlay: \(base)/\(added.platform.rawValue)/\(added.name)/overlay")
            } catch let error as ChannelError {
                throw CommandFailure(
                    .badData,
                    "CHANNEL: \"\(channel)\" seen, a free channel and user id wanted: \(error.publicMessage)"
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the channels.")

        @OptionGroup var storage: StorageOptions

        func run() async throws {
            let place = try await Workplace.open(options: storage.given)
            for channel in try await ChannelStore(database: place.database, now: { .now }).all() {
                print(ChannelCommand.line(channel))
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Delete a channel, and its streamer if nothing else is connected."
        )

        @Argument(help: "\(Platform.choiceOfChannels).") var platform: String
        @Argument(help: "The channel's name in its address.") var channel: String
        @OptionGroup var storage: StorageOptions

        func run() async throws {
            let platform = try ChannelCommand.platform(platform)
            let place = try await Workplace.open(options: storage.given)
            let channels = ChannelStore(database: place.database) { .now }
            guard try await channels.remove(platform, channel) else {
                throw CommandFailure(
                    .badData,
                    "CHANNEL: \"\(channel)\" seen, a channel of \(platform.rawValue) that is registered here wanted"
                )
            }
        }
    }

    /// Written as `platform<TAB>channel<TAB>userId<TAB>streamerId`.
    private static func line(_ channel: Channel) -> String {
        "\(channel.platform.rawValue)\t\(channel.name)\t\(channel.platformUserId)\t\(channel.tenant)"
    }

    private static func platform(_ text: String) throws -> Platform {
        guard let platform = Platform(rawValue: text.lowercased()), Platform.ofChannels.contains(platform) else {
            throw CommandFailure(.badData, "PLATFORM: \"\(text)\" seen, \(Platform.choiceOfChannels) wanted")
        }
        return platform
    }

    private static func name(_ text: String) throws -> String {
        guard !text.isEmpty, text.utf8.count <= 64, text.utf8.allSatisfy(isWordByte) else {
            throw CommandFailure(
                .badData,
                "CHANNEL: \"\(text)\" seen, 1 to 64 letters, digits, hyphens or underscores wanted"
            )
        }
        return text
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
