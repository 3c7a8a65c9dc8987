import HTTPTypes
import Hummingbird
import NIOCore
import WidgetAPI

/// The pages that OBS opens, and the files they are made of.
struct OverlayRoutes: Sendable {
    let channels: ChannelStore
    let pages: Pages
    let assets: WebAssets
    /// Files of packages, by their address.
    let packageAssets: [String: PackageAsset]
    let origins: AllowedOrigins
    let layouts: LayoutStore
    let objects: ObjectDirectory

    /// `GET /{platform}/{channel}/{view}`, with `?layout=ID` another layout than the default one.
    ///
    /// The page of a private layout is open to everybody: the key that shows something on it stays in its fragment.
    func page(_ view: OverlayView, _ request: Request, _ context: some RequestContext) async throws -> Response {
        let name = context.parameters.get("channel")?.lowercased() ?? ""
        guard let platform = context.parameters.get("platform").flatMap(Platform.init(rawValue:)),
            Platform.ofChannels.contains(platform),
            let channel = try await channels.channel(named: name, on: platform)
        else { return pages.notFound("no-overlay", pages.words(for: request)) }
        guard let layout = request.uri.queryParameters.get("layout"), !layout.isEmpty else {
            return pages.overlay(channel, view: view, layoutId: nil)
        }
        let scope = TenantScope(granting: channel.tenant, to: .overlayAddress)
        if try await layouts.exists(Layout.ID(layout), in: scope) {
            return pages.overlay(channel, view: view, layoutId: layout)
        }
        switch try await objects.refusal(of: layout, in: scope) {
        case .foreign: return pages.forbidden("foreign-layout", pages.words(for: request))
        case .unknown: return pages.notFound("no-layout", pages.words(for: request))
        }
    }

    /// Written as `GET /assets/{hash}/…`.
    func asset(_ request: Request, _ context: some RequestContext) -> Response {
        let path = context.parameters.getCatchAll().joined(separator: "/")
        return assets.response(path, encodings: request.headers[.acceptEncoding])
            ?? Replies.failure(.notFound, "There is nothing at this address.")
    }

    /// Written as `GET /assets/widgets/{id}/{hash}/…`: a file of a package, of the type that its bytes prove.
    func packageAsset(_ context: some RequestContext) -> Response {
        let path = context.parameters.getCatchAll().joined(separator: "/")
        guard let asset = packageAssets["/assets/widgets/\(path)"] else {
            return Replies.failure(.notFound, "There is nothing at this address.")
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable",
                // A drawing may hold scripts; opened by itself it must not run them.
                .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes))
        )
    }

    /// Written as `GET /fonts/{version}/{name}`.
    func font(_ context: some RequestContext) -> Response {
        pages.fonts.response(context.parameters.get("name") ?? "")
            ?? Replies.failure(.notFound, "There is nothing at this address.")
    }

    /// Written as `GET /licences`.
    func licences(_ request: Request) -> Response {
        pages.licences(pages.words(for: request))
    }

    /// Written as `GET /schemas/…`, for the editors of widget authors.
    func schema(_ name: String) -> Response {
        guard let schema = assets.content("schemas/\(name)") else {
            return Replies.failure(.notFound, "There is nothing at this address.")
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/schema+json", .cacheControl: "public, max-age=3600",
                .accessControlAllowOrigin: "*",
            ],
            body: ResponseBody(byteBuffer: schema)
        )
    }

    /// `GET /ws` that did not become a WebSocket: from a page of another site, or no correct handshake.
    func refusedUpgrade(_ request: Request) -> Response {
        guard origins.accept(origin: request.headers[.origin], host: request.head.authority) else {
            return Replies.failure(.forbidden, "This page may not open a WebSocket here.")
        }
        return Replies.failure(.validation, "This address speaks WebSocket, version 13.")
    }
}
