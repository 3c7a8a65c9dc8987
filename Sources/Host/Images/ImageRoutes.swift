import HTTPTypes
import Hummingbird
import NIOCore

/// The pictures that pages show (contract section 2, `/img/…`).
struct ImageRoutes: Sendable {
    let proxy: ImageProxy
    let assets: WebAssets

    /// A platform's picture: `GET` of the route's path.
    func picture(of route: PictureRoute, _ context: some RequestContext) async throws -> Response {
        guard let key = try await route.key(context.parameters) else { throw ImageFailure.unknown }
        let picture = try await proxy.image(of: key)
        return Self.answer(
            picture.bytes,
            type: picture.format.rawValue,
            caching: route.caching.rawValue,
            policy: "default-src 'none'; sandbox"
        )
    }

    /// Written as `GET /img/demo/emote/{name}` and `/img/demo/avatar/{n}`.
    func demo(_ kind: DemoPicture.Kind, named name: String?) throws -> Response {
        guard let picture = name.flatMap({ DemoPicture(kind, named: $0) }),
            let content = assets.content(picture.asset)
        else { throw ImageFailure.unknown }
        return Self.answer(
            content,
            type: "image/svg+xml",
            // The same name may be drawn anew in the next release.
            caching: "public, max-age=86400",
            // Our drawings may move by a style of their own; a script runs in none of them.
            policy: "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        )
    }

    private static func answer(_ content: ByteBuffer, type: String, caching: String, policy: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: caching, .contentSecurityPolicy: policy],
            body: ResponseBody(byteBuffer: content)
        )
    }
}
