/// Why a theme cannot be what is wanted.
enum ThemeError: HostFailure, Equatable {
    case tooMany
    /// It is the one that new layouts wear.
    case isDefault
    /// Layouts wear it, on air or in a draft.
    case worn(by: [String])

    var code: FailureCode {
        switch self {
        case .tooMany, .isDefault, .worn: .conflict
        }
    }

    var publicMessage: String {
        switch self {
        case .tooMany: "You have at most \(ThemeStore.themesLimit) themes; delete one first."
        case .isDefault: "This is your default theme; make another one the default first."
        case .worn(let layouts):
            "This theme is worn by \(layouts.joined(separator: ", ")); give \(layouts.count == 1 ? "it" : "them") "
                + "another one first."
        }
    }
}
