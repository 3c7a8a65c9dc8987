extension Migration {
    /// The fingerprint of the secret that signs what a platform posts for a connection; none is known of older ones.
    static let signatures = Migration(
        version: 10,
        statements: ["ALTER TABLE connections ADD COLUMN signature TEXT"]
    )
}
