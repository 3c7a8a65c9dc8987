import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Turns errors into the contract's answers; the only place that does.
struct FailureMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let failure as any HostFailure {
            if failure.code == .internalError { log(failure, request, context) }
            var response = Replies.failure(failure.code, failure.publicMessage, details: failure.details)
            if let failure = failure as? RateLimitError {
                response.headers[.retryAfter] = String(failure.retryAfterSeconds)
            }
            return response
        } catch let error as any HTTPResponseError {
            return Self.answer(error)
        } catch  where Self.isHangUp(error) {
            // Anybody can do that as often as they like; it is no fault of ours and nobody is left to read an answer.
            context.logger.debug("a peer hung up in the middle of a request", metadata: ["reason": "\(error)"])
            return Replies.failure(.validation, "This request broke off.")
        } catch {
            log(error, request, context)
            return Replies.failure(.internalError, "Something went wrong on our side.")
        }
    }

    /// Whether the connection ended before the request did.
    private static func isHangUp(_ error: any Error) -> Bool {
        error is IOError || error is NIOCore.ChannelError || error is HTTPParserError
    }

    /// Errors of the HTTP library: an unknown route, a body that is too large.
    private static func answer(_ error: any HTTPResponseError) -> Response {
        switch error.status.code {
        case 413: Replies.failure(.payloadTooLarge, "The body is larger than this address takes.")
        case 404: Replies.failure(.notFound, "There is nothing at this address.")
        case 400..<500: Replies.failure(.validation, "This request cannot be understood.")
        default: Replies.failure(.internalError, "Something went wrong on our side.")
        }
    }

    /// Says which route it was and not the address, whose end may be a secret.
    private func log(_ error: any Error, _ request: Request, _ context: Context) {
        context.logger.error(
            "a request failed",
            metadata: [
                "reason": "\(error)", "method": "\(request.method)", "path": "\(context.endpointPath ?? "none")",
            ]
        )
    }
}

/// Headers that every answer carries.
struct SafetyHeaders<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // There is nothing in an empty answer that a browser could misread, and deliveries get ten thousand a second.
        guard response.status != .noContent else { return response }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[HeaderNames.referrerPolicy] = "no-referrer"
        response.headers[HeaderNames.openerPolicy] = "same-origin"
        response.headers[HeaderNames.permissionsPolicy] = "camera=(), microphone=(), geolocation=(), usb=(), payment=()"
        return response
    }
}
