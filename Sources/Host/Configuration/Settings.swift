import Logging
import WidgetAPI

/// Everything an operator can set, checked (contract section 1).
struct Settings: Sendable {
    var hostname: String
    /// 0 takes any free port.
    var port: Int
    var dataDirectory: String
    /// The address browsers reach; `nil` means the one the server listens on.
    var publicURL: String?
    /// Path of the SQLite file; `nil` means one in the data dir.
    var databasePath: String?
    /// What seals the data keys; `nil` means the one in the data dir.
    var secretKey: SecretKey?
    /// What shall seal them after `rotate-keys`.
    var newSecretKey: SecretKey?
    /// Days an event stays in the log; 0 keeps all.
    var eventRetentionDays: Int
    /// What currencies are worth; none by default.
    var currencyRates: CurrencyRates
    /// Folder of widget packages in Lua that this host offers.
    var widgetsDirectory: String
    /// Folder of the fonts that the pages use; `nil` means the one beside the program, if there is one.
    var fontsDirectory: String?
    /// Whether strangers' widgets run where a layer of the wall is missing.
    var sandboxLevel: SandboxLevel
    /// What lets an operator's tools in from elsewhere; `nil` means nobody is.
    var operatorToken: OperatorToken?
    /// Whose word counts for who a visitor is and how they came.
    var trustedProxies: TrustedProxies
    var logLevel: Logger.Level
    var logFormat: LogFormat
    /// What parts of the host read for themselves.
    private(set) var parts: [any SettingsPart]

    /// How log lines are written.
    enum LogFormat: String, Sendable, CaseIterable {
        case text, json
    }

    /// What the contract names and this version does not use yet; setting one is said, not refused.
    static let reserved: [String] = ["REDIS_URL"]

    /// What this version uses, without what is a part's own.
    static let ownNames: [String] = [
        "STREAMVIBES_HOSTNAME", "STREAMVIBES_PORT", "STREAMVIBES_DATA_DIR", "DATABASE_URL", "PUBLIC_URL",
        "EVENT_RETENTION_DAYS", "CURRENCY_RATES", "LOG_LEVEL", "LOG_FORMAT", "WIDGETS_DIR", "SANDBOX_LEVEL",
        "SECRET_KEY", "NEW_SECRET_KEY", "TRUSTED_PROXIES", "OPERATOR_TOKEN", "FONTS_DIR",
    ]

    /// Reads the settings from where they were given, each checked, with those of the parts.
    init(_ source: SettingsSource, parts: [any SettingsPart.Type]) throws(SettingsError) {
        hostname =
            try source.value("STREAMVIBES_HOSTNAME", wanted: "a host name or address") {
                $0.isEmpty || $0.contains(" ") ? nil : $0
            } ?? "127.0.0.1"
        port =
            try source.value("STREAMVIBES_PORT", wanted: "a port from 0 to 65535") { text in
                Int(text).flatMap { (0...65_535).contains($0) ? $0 : nil }
            } ?? 8080
        dataDirectory =
            try source.value("STREAMVIBES_DATA_DIR", wanted: "a folder") { $0.isEmpty ? nil : $0 } ?? "./data"
        databasePath = try source.value(
            "DATABASE_URL",
            wanted: "sqlite:PATH (this version stores in SQLite only)",
            isSecret: true
        ) { text in
            text.hasPrefix("sqlite:") && text.count > 7 ? String(text.dropFirst(7)) : nil
        }
        publicURL = try source.value(
            "PUBLIC_URL",
            wanted: "an address such as https://overlays.example, without a path"
        ) {
            Self.origin($0)
        }
        secretKey = try source.value("SECRET_KEY", wanted: SecretKey.wanted, isSecret: true) { SecretKey($0) }
        newSecretKey = try source.value("NEW_SECRET_KEY", wanted: SecretKey.wanted, isSecret: true) { SecretKey($0) }
        eventRetentionDays =
            try source.value("EVENT_RETENTION_DAYS", wanted: "a whole number of days from 0 to 36500") { text in
                Int(text).flatMap { (0...36_500).contains($0) ? $0 : nil }
            } ?? 30
        currencyRates =
            try source.value(
                "CURRENCY_RATES",
                wanted: "currencies and what one unit is worth, such as EUR=1,USD=0.92 (at most \(CurrencyRates.limit))"
            ) { CurrencyRates($0) } ?? CurrencyRates()
        widgetsDirectory =
            try source.value("WIDGETS_DIR", wanted: "a folder") { $0.isEmpty ? nil : $0 } ?? "./widgets"
        fontsDirectory = try source.value("FONTS_DIR", wanted: "a folder") { $0.isEmpty ? nil : $0 }
        sandboxLevel =
            try source.value("SANDBOX_LEVEL", wanted: "full or reduced") { SandboxLevel(rawValue: $0) } ?? .full
        operatorToken = try source.value(
            "OPERATOR_TOKEN",
            wanted: "1 to 1024 printable ASCII characters without spaces",
            isSecret: true
        ) { OperatorToken($0) }
        trustedProxies =
            try source.value(
                "TRUSTED_PROXIES",
                wanted: "at most \(TrustedProxies.limit) addresses or ranges such as 10.0.0.0/8,fd00::/8"
            ) { TrustedProxies($0) } ?? TrustedProxies()
        logLevel =
            try source.value(
                "LOG_LEVEL",
                wanted: "one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))"
            ) { Logger.Level(rawValue: $0) } ?? .info
        logFormat = try source.value("LOG_FORMAT", wanted: "text or json") { LogFormat(rawValue: $0) } ?? .text
        var read: [any SettingsPart] = []
        for part in parts { read.append(try part.init(source)) }
        self.parts = read
    }

    /// The settings of a part that has been read.
    subscript<Part: SettingsPart>(_: Part.Type) -> Part {
        guard let part = parts.lazy.compactMap({ $0 as? Part }).first else {
            preconditionFailure("\(Part.self) is on no list of parts")
        }
        return part
    }

    /// An address of scheme, host and port alone, or the usual one.
    static func origin(
        _ source: SettingsSource,
        _ name: String,
        usual: String
    ) throws(SettingsError) -> String {
        try source.value(name, wanted: "an address such as \(usual), without a path") { origin($0) } ?? usual
    }

    /// Scheme, host and port of an address that has nothing else.
    private static func origin(_ text: String) -> String? {
        let text = text.hasSuffix("/") ? String(text.dropLast()) : text
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            let host = text.dropFirst(scheme.count)
            let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
            return host.isEmpty || !isPlain ? nil : text
        }
        return nil
    }

    /// An address of a WebSocket, or the usual one.
    static func socket(
        _ source: SettingsSource,
        _ name: String,
        usual: String
    ) throws(SettingsError) -> String {
        try source.value(name, wanted: "an address such as \(usual)") { socket($0) } ?? usual
    }

    /// The address of a WebSocket, without spaces and fragments.
    static func socket(_ text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x23 }
        return isPlain && ["wss://", "ws://"].contains { text.hasPrefix($0) && text.count > $0.count } ? text : nil
    }

    /// Whether only this machine can reach the server.
    var isLoopback: Bool {
        let parts = hostname.split(separator: ".", omittingEmptySubsequences: false)
        let isLoopbackNet = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return hostname == "localhost" || hostname == "::1" || isLoopbackNet
    }
}

/// A setting that does not fit.
struct SettingsError: Error, Equatable, CustomStringConvertible {
    /// Where a value came from; it decides the exit status.
    enum Origin: Equatable {
        case commandLine
        case environment
        case file
    }

    let setting: String
    /// What was seen; `nil` where it must not be repeated.
    let value: String?
    let wanted: String
    let origin: Origin

    var description: String {
        let place =
            switch origin {
            case .commandLine: ""
            case .environment: " in the environment"
            case .file: " in \(SettingsFile.name)"
            }
        let seen = value.map { "\"\($0)\" seen" } ?? "an unusable value seen (not repeated here)"
        return "\(setting)\(place): \(seen), \(wanted) wanted"
    }
}
