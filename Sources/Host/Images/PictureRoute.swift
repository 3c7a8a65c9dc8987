import Hummingbird

/// An address of a platform's pictures, and which picture is meant by it.
struct PictureRoute: Sendable {
    /// How long a browser keeps a picture.
    enum Caching: String, Sendable {
        /// One whose name no other picture will ever have. What a platform takes away leaves browsers within a week.
        case named = "public, max-age=604800, immutable"
        /// One that may be another tomorrow, for as long as the host itself believes what it looked up.
        case lookedUp = "public, max-age=3600"
    }

    /// As the router reads it: `/img/{platform}/{kind}/:{word}…`.
    let path: String
    let caching: Caching
    /// The picture of the words of an address; `nil` for words that name none.
    let key: @Sendable (Parameters) async throws -> PictureKey?
}
