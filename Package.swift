// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
let strictC: [CSetting] = [
    .treatAllWarnings(as: .error),
    .enableWarning("all"),
    .enableWarning("extra"),
]

let package = Package(
    name: "streamvibes",
    products: [
        .executable(name: "streamvibes", targets: ["Host"]),
        .executable(name: "streamvibes-cell", targets: ["Cell"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        // Of use to `make docs` alone; no target depends on it.
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
    ],
    targets: [
        .executableTarget(
            name: "Host",
            dependencies: [
                "WidgetAPI",
                "BuiltinWidgets",
                "Sandbox",
                "CKernel",
                "CSend",
                "CWebAssets",
                "CZlib",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Yams", package: "Yams"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            exclude: ["Web"],
            swiftSettings: strict
        ),
        .target(
            name: "Sandbox",
            dependencies: [
                "WidgetAPI",
                "CDescriptor",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Sources/Sandbox/Host",
            swiftSettings: strict
        ),
        .target(name: "CDescriptor", cSettings: strictC),
        // Runs strangers' Lua, in processes of its own; the only target that knows Lua.
        .executableTarget(
            name: "Cell",
            path: "Sources/Sandbox/Cell",
            cSettings: strictC,
            linkerSettings: [
                .linkedLibrary(":liblua5.4.a"),
                .linkedLibrary(":libseccomp.a"),
                .linkedLibrary("m"),
            ]
        ),
        .target(name: "CKernel", cSettings: strictC),
        .target(name: "CSend", cSettings: strictC),
        .target(name: "CWebAssets", cSettings: strictC),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "WidgetAPI", swiftSettings: strict),
        .target(name: "BuiltinWidgets", dependencies: ["WidgetAPI"], swiftSettings: strict),
        .testTarget(name: "WidgetAPITests", dependencies: ["WidgetAPI"], swiftSettings: strict),
        // What every widget must keep, for the tests of built-in ones and of those in Lua.
        .target(
            name: "WidgetConformance",
            dependencies: ["WidgetAPI"],
            path: "Tests/WidgetConformance",
            swiftSettings: strict
        ),
        .testTarget(
            name: "BuiltinWidgetsTests",
            dependencies: ["BuiltinWidgets", "WidgetAPI", "WidgetConformance"],
            exclude: ["Replays"],
            swiftSettings: strict
        ),
        // Strangers on loopback, as a program and for tests: it knows nothing of the host.
        .executableTarget(
            name: "FakePlatforms",
            dependencies: [
                "WidgetAPI",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            path: "Tests/FakePlatforms",
            swiftSettings: strict
        ),
        .testTarget(
            name: "HostTests",
            dependencies: [
                "Host",
                "FakePlatforms",
                "Sandbox",
                "WidgetAPI",
                "WidgetConformance",
                "BuiltinWidgets",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            exclude: [
                "Browser/old_engine.py", "Conformance/Packages", "Fuzzing/Corpus", "Widgets/Lua/Packages",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "Sandbox",
                "WidgetAPI",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["Attacks"],
            swiftSettings: strict
        ),
        // Drives the program as the host does; needs it to be built, not linked.
        .testTarget(name: "CellTests", exclude: ["Packages"], swiftSettings: strict),
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ]
)

// `make fuzz` builds what reads strangers' bytes and nothing else: all of it is watched by libFuzzer, and a host that
// is watched in every step takes long to build.
if Context.environment["STREAMVIBES_FUZZ"] != nil {
    let kept = ["Sandbox", "CDescriptor", "CKernel", "CZlib", "WidgetAPI"]
    package.products = []
    package.targets =
        package.targets.filter { kept.contains($0.name) } + [
            .target(
                name: "Host",
                dependencies: [
                    "WidgetAPI", "Sandbox", "CKernel", "CZlib", .product(name: "Crypto", package: "swift-crypto"),
                ],
                path: "Sources/Host",
                exclude: ["Web"],
                sources: [
                    "Packages", "Widgets/ViewDiff.swift", "Widgets/ViewEncoding.swift", "Widgets/ViewGuard.swift",
                    "Storage/FileStatus.swift",
                    // The decoders of deliveries, without the routes and the clients that feed them.
                    "HostFailure.swift", "Tenancy/Platform.swift", "Configuration/CurrencyRates.swift",
                    "Events/EventDraft.swift", "Platforms/DeliveryFields.swift", "Platforms/LinkFragments.swift",
                    "Platforms/SignatureDigits.swift", "Platforms/SpanOfBytes.swift",
                    "Configuration/Secret.swift", "Images/PictureKey.swift", "Images/PicturePath.swift",
                    "Images/PictureSource.swift", "Platforms/Kick/KickPictures.swift",
                    "Platforms/Twitch/Pictures/PictureSource+Twitch.swift",
                    "Platforms/Twitch/Pictures/TwitchAvatar.swift", "Platforms/Twitch/Pictures/TwitchBadge.swift",
                    "Platforms/Twitch/Pictures/TwitchCheermote.swift",
                    "Platforms/Twitch/Pictures/TwitchEmote.swift", "Platforms/Twitch/TwitchSecret.swift",
                    "Platforms/Twitch/TwitchAction.swift", "Platforms/Twitch/TwitchRoles.swift",
                    "Platforms/Twitch/TwitchDelivery.swift", "Platforms/Twitch/TwitchNotification.swift",
                    "Platforms/Twitch/TwitchPayloads.swift", "Platforms/Twitch/TwitchPayloads+Chat.swift",
                    "Platforms/Twitch/TwitchSignature.swift", "Platforms/Twitch/EventSub/EventSubMessage.swift",
                    "Platforms/Twitch/IRC/IRCFrame.swift", "Platforms/Twitch/IRC/IRCLine.swift",
                    "Platforms/Twitch/IRC/IRCPayloads.swift", "Platforms/Twitch/IRC/IRCTag.swift",
                    "Platforms/Twitch/IRC/IRCWords.swift",
                    "Platforms/Kick/KickDelivery.swift", "Platforms/Kick/KickPayloads.swift",
                    "Platforms/Kick/KickPayloads+Chat.swift", "Platforms/Kick/Chat/KickChatFrame.swift",
                    "Platforms/Kick/Chat/KickChatPayloads.swift",
                    "Platforms/Tips/BuyMeACoffeeDelivery.swift", "Platforms/Tips/DecimalAmount.swift",
                    "Platforms/Tips/FormBody.swift", "Platforms/Tips/KofiDelivery.swift",
                    "Platforms/Tips/ServiceTip.swift", "Platforms/Tips/StripeDelivery.swift",
                    "Platforms/Tips/StripeSignature.swift", "Platforms/Tips/TipDeliveryError.swift",
                    "Platforms/Tips/TipService.swift",
                ],
                swiftSettings: strict
            ),
            .executableTarget(
                name: "Fuzz",
                dependencies: [
                    "Host", "Sandbox", "WidgetAPI", .product(name: "NIOCore", package: "swift-nio"),
                    .product(name: "Crypto", package: "swift-crypto"),
                ],
                path: "Tests/HostTests",
                exclude: ["Fuzzing/Corpus", "Fuzzing/FuzzTests.swift"],
                sources: [
                    "Fuzzing", "Widgets/PatchedView.swift", "Platforms/Conformance/CanonicalShape.swift",
                    "Platforms/Conformance/JSONShape.swift",
                ],
                swiftSettings: strict + [.define("FUZZING"), .unsafeFlags(["-parse-as-library"])]
            ),
        ]
}
