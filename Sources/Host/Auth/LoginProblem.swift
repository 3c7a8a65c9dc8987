/// Why a login came to nothing, as the page that people come back to says it.
///
/// The address carries the raw value alone: what a stranger writes into a link is never shown. The catalogues of the
/// pages have a sentence `problem.<raw value>` for each.
enum LoginProblem: String, Error, Sendable, CaseIterable {
    case denied
    case expired
    case refused
    case unavailable
    case elsewhere
    case already
    case nameTaken = "name-taken"
    case notOffered = "not-offered"
    case signedOut = "signed-out"
}
