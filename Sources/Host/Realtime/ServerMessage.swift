import WidgetAPI

/// The envelope of everything the host says: `{type,payload,timestamp,streamerId}`.
enum ServerMessage {
    static func frame(
        _ type: String,
        tenant: Tenant.ID?,
        at moment: Timestamp,
        payload: (inout JSONWriter) -> Void
    ) -> OutboundFrame {
        var writer = JSONWriter(reserving: 512)
        writer.raw("{\"type\":")
        writer.write(type)
        writer.raw(",\"payload\":")
        payload(&writer)
        writer.raw(",\"timestamp\":")
        writer.write(moment.iso8601)
        writer.raw(",\"streamerId\":")
        writer.write(.optional(tenant?.text))
        writer.raw("}")
        return OutboundFrame(text: writer.bytes)
    }
}
