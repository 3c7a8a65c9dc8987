/// What a widget type says of itself before it runs.
public struct WidgetManifest: Sendable, Equatable {
    /// Groups of the catalogue.
    public enum Category: String, Sendable, CaseIterable {
        case chat, alerts, goals, stats, games, interaction, tools, display
    }

    /// What a widget must ask for.
    ///
    /// Everything else needs no permission.
    public enum Permission: String, Sendable, CaseIterable {
        /// Keep values between callbacks beyond the state.
        case storage
        /// Start timers.
        case timers
        /// Play sounds.
        case sound
    }

    /// Size in cells of the 12×9 grid.
    public struct Size: Sendable, Equatable {
        /// Columns, 1 to 12.
        public let width: Int
        /// Rows, 1 to 9.
        public let height: Int

        /// So many columns and rows.
        public init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    /// An event to see the widget with: for previews, galleries and test buttons.
    public struct Sample: Sendable, Equatable {
        /// What kind of event.
        public let type: EventType
        /// What happened in it.
        public let payload: JSONValue

        /// That event.
        public init(_ type: EventType, _ payload: JSONValue) {
            self.type = type
            self.payload = payload
        }

        /// The sample every host has of a core type.
        ///
        /// - Precondition: ``CoreSamples`` has one.
        public init(_ type: EventType) {
            guard let payload = CoreSamples.payload(of: type) else { preconditionFailure("no sample of \(type)") }
            self.init(type, payload)
        }
    }

    /// The type's name: `^[a-z][a-z0-9-]{1,39}$`.
    public let id: String
    /// The name that people see.
    public let name: String
    /// SemVer.
    public let version: String
    /// One sentence for the catalogue.
    public let description: String
    /// Who wrote it.
    public let author: String
    /// Name of its icon in the catalogue.
    public let icon: String
    /// Group in the catalogue.
    public let category: Category
    /// Size when first placed.
    public let defaultSize: Size
    /// What it listens to.
    ///
    /// It is given no other event but those of its own timers.
    public let events: [EventPattern]
    /// What it may do.
    public let permissions: [Permission]
    /// Its settings.
    public let configSchema: ConfigSchema
    /// Events that show what it does, in the order in which they would happen.
    public let samples: [Sample]

    /// A manifest with all its parts.
    public init(
        id: String,
        name: String,
        version: String,
        description: String,
        author: String = "StreamVibes",
        icon: String = "widget",
        category: Category,
        defaultSize: Size,
        events: [EventPattern],
        permissions: [Permission] = [],
        configSchema: ConfigSchema,
        samples: [Sample] = []
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.description = description
        self.author = author
        self.icon = icon
        self.category = category
        self.defaultSize = defaultSize
        self.events = events
        self.permissions = permissions
        self.configSchema = configSchema
        self.samples = samples
    }
}
