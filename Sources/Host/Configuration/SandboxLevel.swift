/// What the operator accepts of the wall around strangers' widgets (`SANDBOX_LEVEL`).
enum SandboxLevel: String, Sendable {
    /// Every layer stands, or no stranger's widget runs.
    case full
    /// A layer may be missing.
    case reduced
}
