#ifndef CELL_SERVICE_H
#define CELL_SERVICE_H

#include <stdbool.h>

/// Answers the frames on descriptor 3 until it closes; the process is jailed by then. What each frame holds and what
/// answers it stands in docs/sandbox-protocol.md.
_Noreturn void service_run(bool probes);

#endif
