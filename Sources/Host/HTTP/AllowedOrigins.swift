/// Which pages may open a WebSocket: those of this host.
struct AllowedOrigins: Sendable {
    /// The address browsers reach, where the operator named one.
    let publicURL: String?

    /// Whether a page of that origin may; programs send none.
    func accept(origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        if let publicURL, origin.lowercased() == publicURL.lowercased() { return true }
        guard let host else { return false }
        return ["http://\(host)", "https://\(host)"].contains { $0.lowercased() == origin.lowercased() }
    }
}
