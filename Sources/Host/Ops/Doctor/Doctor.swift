import WidgetAPI

/// Looks at everything that a host needs, and says of each what to do.
///
/// It may look while a server runs: it holds no lock that one takes, and writes nothing but a file of its own, which it
/// removes again. No finding has a secret in it.
struct Doctor: Sendable {
    let settings: Settings
    /// The names of the settings that somebody gave.
    let given: [String]
    /// Connected as long as the doctor looks.
    let http: PlatformHTTP
    let now: @Sendable () -> Timestamp

    /// Tells each finding as soon as it is there; the platforms come last, they take up to ten
    /// seconds.
    func examine(_ tell: (Finding) -> Void) async {
        tell(settingsGiven)
        for finding in [publicAddress, proxies] + platforms { tell(finding) }
        for finding in storage { tell(finding) }
        tell(openFiles)
        tell(fonts)
        tell(await sandbox())
        for finding in await reach() { tell(finding) }
    }
}
