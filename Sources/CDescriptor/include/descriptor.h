#ifndef STREAMVIBES_DESCRIPTOR_H
#define STREAMVIBES_DESCRIPTOR_H

#include <stddef.h>

/// Sends bytes over a Unix socket with a descriptor beside them (`SCM_RIGHTS`, unix(7)); the receiver gets a copy.
///
/// Returns 0, or the `errno` that says why nothing was sent.
int descriptor_send(int socket, const void *bytes, size_t count, int descriptor);

#endif
