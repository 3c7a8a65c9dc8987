import Sandbox

extension OpsRoutes {
    /// Everything that is counted, at this moment.
    func text() async -> String {
        let reading = await hub.reading()
        var text = MetricsText()
        text.family(
            "streamvibes_build_info",
            "gauge",
            "The version that runs.",
            [([("version", version)], "1")]
        )
        addRequests(to: &text)
        addEvents(to: &text)
        addConnections(reading, to: &text)
        addCells(to: &text)
        addProcess(to: &text)
        return text.text
    }

    private func addRequests(to text: inout MetricsText) {
        text.family(
            "streamvibes_http_requests_total",
            "counter",
            "HTTP requests by what was asked and how it was answered.",
            zip(HostCounters.RouteGroup.allCases, counters.requests).flatMap { group, table in
                table.values.map { ([("group", group.rawValue), ("status", $0.label)], "\($0.value)") }
            }
        )
        text.histogram(
            "streamvibes_http_request_duration_seconds",
            "From a request's head to its answer's.",
            counters.requestSeconds
        )
        text.family(
            "streamvibes_deliveries_total",
            "counter",
            "Deliveries of platforms and tip services by what came of them.",
            zip(HostCounters.deliverers, counters.deliveries).flatMap { deliverer, table in
                table.values.map { ([("platform", deliverer), ("outcome", $0.label)], "\($0.value)") }
            }
        )
    }

    private func addEvents(to text: inout MetricsText) {
        text.counter(
            "streamvibes_events_appended_total",
            "Rows that were added to the event log.",
            counters.eventsAppended.value
        )
        text.family(
            "streamvibes_event_commits_total",
            "counter",
            "Commits of the event log.",
            [
                ([("outcome", "done")], "\(counters.eventCommits.value)"),
                ([("outcome", "failed")], "\(counters.eventCommitsFailed.value)"),
            ]
        )
        text.histogram(
            "streamvibes_database_write_seconds",
            "Transactions that may write, waiting for the writer included.",
            counters.writeSeconds
        )
        text.counter(
            "streamvibes_database_write_failures_total",
            "Transactions that the database refused.",
            counters.writeFailures.value
        )
        text.counter(
            "streamvibes_checkpoints_written_total",
            "Widgets' checkpoints that were stored.",
            counters.checkpointsWritten.value
        )
        text.gauge("streamvibes_awake_tenants", "Streamers whose widgets run.", runtimes.awakeCount)
    }

    private func addConnections(_ reading: HubReading, to text: inout MetricsText) {
        text.family(
            "streamvibes_connections",
            "gauge",
            "Open WebSockets by what they are for.",
            ConnectionKind.allCases.map { ([("kind", $0.rawValue)], "\(reading.connections[$0] ?? 0)") }
        )
        text.counter(
            "streamvibes_connections_opened_total",
            "WebSockets that were opened.",
            counters.connectionsOpened.value
        )
        let closes = reading.closes.sorted { $0.key.rawValue < $1.key.rawValue }
        text.family(
            "streamvibes_connections_closed_total",
            "counter",
            "WebSockets that the host closed, by the close code; 4008 is a page that read too slowly.",
            closes.map { ([("code", "\($0.key.rawValue)")], "\($0.value)") }
                + (reading.closes[.tooSlow] == nil ? [([("code", "\(CloseCode.tooSlow.rawValue)")], "0")] : [])
        )
        text.counter(
            "streamvibes_frames_published_total",
            "Frames that were made for an audience, each encoded once.",
            counters.framesPublished.value
        )
        text.counter(
            "streamvibes_frames_sent_total",
            "Frames that were sent, counted for each connection.",
            UInt64(reading.frames)
        )
        text.counter("streamvibes_bytes_sent_total", "Bytes of those frames.", UInt64(reading.bytes))
        text.counter(
            "streamvibes_frames_dropped_total",
            "Frames thrown away with the backlog of a connection that read too slowly.",
            UInt64(reading.droppedFrames)
        )
    }

    private func addCells(to text: inout MetricsText) {
        let ends = CellCensus.End.allCases.map { ($0, CellCensus.ended($0)) }
        let (started, ended) = (CellCensus.started, ends.reduce(0) { $0 + $1.1 })
        text.gauge("streamvibes_cells", "Sandbox processes that run.", started - min(started, ended))
        text.counter("streamvibes_cells_started_total", "Sandbox processes that were started.", started)
        text.family(
            "streamvibes_cells_ended_total",
            "counter",
            "Sandbox processes that ended, by the reason.",
            ends.map { ([("reason", $0.0.rawValue)], "\($0.1)") }
        )
        text.family(
            "streamvibes_widget_faults_total",
            "counter",
            "Faults of widgets in Lua by kind.",
            counters.widgetFaults.values.map { ([("kind", $0.label)], "\($0.value)") }
        )
    }

    private func addProcess(to text: inout MetricsText) {
        let facts = ProcessFacts.now()
        text.gauge("process_resident_memory_bytes", "Memory in use.", facts.residentBytes)
        text.gauge("process_virtual_memory_bytes", "Memory that is mapped.", facts.virtualBytes)
        text.family(
            "process_cpu_seconds_total",
            "counter",
            "Processor time of this process, without the cells.",
            [([], "\(facts.cpuSeconds)")]
        )
        text.gauge("process_open_fds", "Open files and sockets.", facts.openFiles)
        text.gauge("process_max_fds", "How many there may be.", facts.openFilesLimit)
        text.gauge("process_threads", "Threads.", facts.threads)
        text.gauge("process_start_time_seconds", "When it began, in seconds since 1970.", facts.startSeconds)
    }
}
