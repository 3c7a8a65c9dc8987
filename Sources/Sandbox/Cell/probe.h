#ifndef CELL_PROBE_H
#define CELL_PROBE_H

#include "output.h"

/// Tries what `{"try":…}` names, one of `open socket execve fork kill ptrace wx`; in a jail this does not return.
void probe(struct span payload);

#endif
