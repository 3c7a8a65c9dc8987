/// A streamer's tip services.
extension APIOperation {
    static let tipSources = [
        APIOperation(
            .get,
            "/api/tip-sources",
            "listTipSources",
            "Services that tell of tips, each with the address at which it delivers.",
            .list("TipSource")
        ),
        APIOperation(
            .post,
            "/api/tip-sources",
            "addTipSource",
            "Makes an address for a service, at most 10; the secret proves its deliveries and is not told again.",
            body: .json("NewTipSource"),
            .data("TipSource"),
            status: 201,
            conflicts: true
        ),
        APIOperation(
            .delete,
            "/api/tip-sources/{sourceId}",
            "deleteTipSource",
            "Takes a service off; what it still delivers is refused."
        ),
    ]
}
