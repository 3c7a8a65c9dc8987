import WidgetAPI

/// An event as the outside sees it (contract section 4).
enum EventEnvelope {
    /// Writes `{id,seq,type,platform,channelId,streamerId,occurredAt,receivedAt,test,payload}`.
    static func write(_ event: Event, of tenant: Tenant.ID, into writer: inout JSONWriter) {
        writer.raw("{\"id\":")
        writer.write(event.id.text)
        writer.raw(",\"seq\":")
        writer.write(event.seq)
        writer.raw(",\"type\":")
        writer.write(event.type.name)
        writer.raw(",\"platform\":")
        writer.write(event.platform)
        writer.raw(",\"channelId\":")
        writer.write(.optional(event.channelId))
        writer.raw(",\"streamerId\":")
        writer.write(tenant.text)
        writer.raw(",\"occurredAt\":")
        writer.write(event.occurredAt.iso8601)
        writer.raw(",\"receivedAt\":")
        writer.write(event.receivedAt.iso8601)
        writer.raw(",\"test\":")
        writer.write(.bool(event.isTest))
        writer.raw(",\"payload\":")
        writer.write(event.payload)
        writer.raw("}")
    }
}
