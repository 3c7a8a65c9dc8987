import ArgumentParser

/// Written as `streamvibes rotate-keys`.
struct RotateKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-keys",
        abstract: "Make a new data key and seal every secret anew, also while serving.",
        discussion: "With NEW_SECRET_KEY the secret key changes too; the old one works until the next start."
    )

    @OptionGroup var storage: StorageOptions

    func run() async throws {
        let place = try await Workplace.open(options: storage.given)
        let (settings, directory) = (place.settings, place.directory.path)
        let file = SecretKeyFile(dataDirectory: directory)
        // Only a key that lies in the data dir is replaced there; the operator keeps their own.
        let isKept = settings.secretKey == nil
        do {
            let vault = try await Vault.open(
                place.database,
                given: settings.secretKey,
                dataDirectory: directory,
                isStarting: false
            )
            if isKept, let next = settings.newSecretKey { try file.prepare(next) }
            let count = try await vault.rotate(to: settings.newSecretKey, place.database, now: .now)
            if isKept, settings.newSecretKey != nil { try file.takeNext() }
            print("\(count) secret\(count == 1 ? " is" : "s are") sealed under a new data key.")
            if let next = settings.newSecretKey {
                print("From the next start on the secret key is \(next.id); until then the old one works as well.")
            }
        } catch let error as VaultError {
            throw CommandFailure(.badConfiguration, error.description)
        } catch let error as StorageError {
            throw CommandFailure(.unavailable, "DATABASE_URL: storage that can be written wanted (\(error))")
        }
    }
}
