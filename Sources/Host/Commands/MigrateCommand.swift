import ArgumentParser

/// Written as `streamvibes migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database to the current schema; serve does it by itself."
    )

    @OptionGroup var storage: StorageOptions

    func run() async throws {
        _ = try await Workplace.open(options: storage.given)
        print("The database has schema \(Migration.newest).")
    }
}
