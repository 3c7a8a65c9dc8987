import Foundation
import WidgetAPI

/// What a streamer has chosen for their dashboard, besides what is on air.
struct StreamerSettings: Sendable, Equatable {
    /// Characters of a display name at most.
    static let nameLimit = 80
    private static let setupSteps: ClosedRange<Int64> = 0...20
    /// Stands where nobody has chosen; pages then go by the browser.
    ///
    /// Who wants English in any browser chooses `en-GB` or `en-US`.
    fileprivate static let usualLocale = "en"

    var displayName: String
    /// A language tag, such as `en` or `pt-BR` (RFC 5646).
    var locale = usualLocale
    /// A name of the IANA time zone database.
    var timeZone = "UTC"
    /// Whether single letters are keyboard shortcuts (WCAG 2.1, 2.1.4).
    var shortcuts = true
    /// How far the checklist of the first run has come.
    var setupStep: Int64 = 0

    /// The same with what a body says; what is absent stays.
    func changed(by members: InputMembers) throws(InputError) -> StreamerSettings {
        try members.expectOnly("displayName", "locale", "timeZone", "shortcuts", "setupStep")
        var settings = self
        settings.displayName = try Self.name(members) ?? displayName
        settings.locale = try Self.locale(members) ?? locale
        settings.timeZone = try Self.timeZone(members) ?? timeZone
        settings.shortcuts = try members.flag("shortcuts") ?? shortcuts
        settings.setupStep = try members.integer("setupStep", Self.setupSteps) ?? setupStep
        return settings
    }

    var json: JSONValue {
        [
            "displayName": .string(displayName), "locale": .string(locale), "timeZone": .string(timeZone),
            "shortcuts": .bool(shortcuts), "setupStep": .integer(setupStep),
        ]
    }

    private static func name(_ members: InputMembers) throws(InputError) -> String? {
        guard let name = try members.text("displayName", 1...nameLimit) else { return nil }
        guard !name.contains(where: \.isNewline), name.contains(where: { !$0.isWhitespace }) else {
            throw InputError("displayName", .string(name), wanted: "one line that can be seen")
        }
        return name
    }

    private static func locale(_ members: InputMembers) throws(InputError) -> String? {
        guard let tag = try members.text("locale", 2...35) else { return nil }
        guard tag.wholeMatch(of: /[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*/) != nil else {
            throw InputError("locale", .string(tag), wanted: "a language tag such as en or pt-BR")
        }
        return tag
    }

    private static func timeZone(_ members: InputMembers) throws(InputError) -> String? {
        guard let name = try members.text("timeZone", 1...64) else { return nil }
        // Foundation takes abbreviations and offsets too, which browsers do not. Its list of known names lacks newer
        // ones (Asia/Kolkata), so it is asked for the zone itself.
        let isPlace = name.wholeMatch(of: /[A-Za-z]+(\/[A-Za-z0-9_+-]+)+/) != nil
        guard name == "UTC" || isPlace && TimeZone(identifier: name) != nil else {
            throw InputError("timeZone", .string(name), wanted: "a time zone such as Europe/Berlin, or UTC")
        }
        return name
    }
}

/// Streamers' settings as rows; who has saved none has the usual ones.
struct StreamerSettingsStore: Sendable {
    let database: any Database

    /// `nil` when the streamer is gone.
    func settings(in scope: TenantScope) async throws -> StreamerSettings? {
        let tenant = scope.tenant
        return try await database.read(in: scope) { sql in try Self.settings(of: tenant, sql: sql) }
    }

    /// The language that the streamer has chosen; `nil` when they have chosen nothing yet, whatever else they saved.
    func chosenLocale(in scope: TenantScope) async throws -> String? {
        let tenant = scope.tenant
        return try await database.read(in: scope) { sql in
            let row = try sql.first(
                "SELECT locale FROM streamer_settings WHERE streamer_id = $1",
                [.text(tenant.text)]
            )
            return row.flatMap { $0.text(0) == StreamerSettings.usualLocale ? nil : $0.text(0) }
        }
    }

    /// Changes them as they are at that moment.
    func change(
        in scope: TenantScope,
        _ change: @escaping @Sendable (StreamerSettings) throws -> StreamerSettings
    ) async throws -> StreamerSettings? {
        let tenant = scope.tenant
        return try await database.transaction(in: scope) { sql in
            guard let before = try Self.settings(of: tenant, sql: sql) else { return nil }
            let after = try change(before)
            try Self.save(after, of: tenant, sql: sql)
            return after
        }
    }

    private static func settings(of tenant: Tenant.ID, sql: any SQLSession) throws -> StreamerSettings? {
        let values: [SQLValue] = [.text(tenant.text)]
        guard let streamer = try sql.first("SELECT display_name FROM streamers WHERE id = $1", values) else {
            return nil
        }
        let usual = StreamerSettings(displayName: streamer.text(0))
        return try sql.first(
            "SELECT locale, time_zone, shortcuts, setup_step FROM streamer_settings WHERE streamer_id = $1",
            values
        ).map { row in
            StreamerSettings(
                displayName: usual.displayName,
                locale: row.text(0),
                timeZone: row.text(1),
                shortcuts: row.flag(2),
                setupStep: row.integer(3)
            )
        } ?? usual
    }

    private static func save(_ settings: StreamerSettings, of tenant: Tenant.ID, sql: any SQLSession) throws {
        try sql.run(
            "UPDATE streamers SET display_name = $2 WHERE id = $1",
            [.text(tenant.text), .text(settings.displayName)]
        )
        try sql.run(
            """
            INSERT INTO streamer_settings (streamer_id, locale, time_zone, shortcuts, setup_step)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (streamer_id) DO UPDATE SET locale = $2, time_zone = $3, shortcuts = $4, setup_step = $5
            """,
            [
                .text(tenant.text), .text(settings.locale), .text(settings.timeZone), .flag(settings.shortcuts),
                .integer(settings.setupStep),
            ]
        )
    }
}
