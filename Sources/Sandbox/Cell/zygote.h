#ifndef CELL_ZYGOTE_H
#define CELL_ZYGOTE_H

#include <stdbool.h>
#include <stdint.h>

// The control socket, descriptor 3: an AF_UNIX SOCK_SEQPACKET. Every packet is four little-endian u32:
//
//   kind        second      third            fourth
//   0x80 READY  version 1   the zygote's pid layers that stand (see jail.h)     zygote → host, once, first
//   1    SPAWN  tag         0                0, with one descriptor             host → zygote
//   0x81 SPAWNED tag        pid, or -errno   layers that stand                  zygote → host
//   2    KILL   0           pid              0                                  host → zygote, no answer of its own
//   0x82 ENDED  0           pid              wait status                        zygote → host
//
// The layers are tried once, on a child that does nothing else. A cell that then misses one of them ends at once with
// status 70 and reads no frame. KILL sends SIGKILL to a cell that has not been reported as ended, and to nothing else.
// The zygote ends when the host closes the control socket; a cell ends when the host closes its own.

/// Serves the control socket; the program's exit status. `probes` lets cells answer PROBE.
int zygote_run(bool probes);

#endif
