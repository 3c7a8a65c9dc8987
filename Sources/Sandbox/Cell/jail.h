#ifndef CELL_JAIL_H
#define CELL_JAIL_H

#include <stdbool.h>
#include <stdint.h>

/// The layers of the wall, as bits of the zygote's reports.
enum jail_layer {
    JAIL_NO_NEW_PRIVILEGES = 1,
    JAIL_RESOURCE_LIMITS = 2,
    JAIL_LANDLOCK = 4,
    JAIL_SECCOMP = 8,
    JAIL_NICE = 16,
    JAIL_SPECULATION = 32,
};

/// Builds the system call filter once, so that a cell only has to load it; false where the machine cannot.
bool jail_prepare(void);

/// Takes files, network and core dumps from the zygote, which needs none of them, and so from every cell.
void jail_zygote(void);

/// Jails the calling process for good and says which layers stand.
///
/// Its descriptors are the caller's to close. Any other system call than reading, writing, memory without execution,
/// the CPU clock and the end raises SIGSYS, which ends the process.
uint32_t jail_enter(void);

#endif
