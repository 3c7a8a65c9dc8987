#ifndef CSEND_H
#define CSEND_H

#include <stddef.h>
#include <stdint.h>

/// Sends the same bytes on many sockets without waiting for any: one send(2) each.
///
/// `results[i]` is the number of bytes the kernel took from socket i, or a negative errno; 0 where `descriptors[i]` is
/// negative. Never raises SIGPIPE.
void csend_all(const int *_Nonnull descriptors, size_t count, const void *_Nonnull bytes, size_t length,
               int64_t *_Nonnull results);

#endif
