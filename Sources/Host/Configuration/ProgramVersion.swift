/// Which version of the program this is.
enum ProgramVersion {
    /// Written as in SemVer 2.0.0.
    static let text = "0.1.0"
}
