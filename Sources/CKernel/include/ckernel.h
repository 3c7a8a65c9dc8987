#ifndef STREAMVIBES_KERNEL_H
#define STREAMVIBES_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

// What Swift cannot ask for reliably: C's `stat` and `timespec` stand in headers that more than one Swift module brings
// along, and which of them owns the type depends on what else is compiled.

/// What stands under a name.
enum kernel_kind { KERNEL_FILE, KERNEL_FOLDER, KERNEL_LINK, KERNEL_OTHER };

/// What the kernel knows of a file besides its bytes (stat(2)).
struct kernel_file_status {
    /// Bytes.
    int64_t size;
    /// The last change of its bytes, nanoseconds since 1970.
    int64_t changed_at;
    /// Who may do what; the lowest nine bits.
    uint32_t permissions;
    enum kernel_kind kind;
};

/// Of an open file; 0, or -1 with the reason in errno.
int kernel_status_of(int descriptor, struct kernel_file_status *_Nonnull status);

/// Of what stands at a path, or of where it leads; 0, or -1 with the reason in errno.
int kernel_status_at(const char *_Nonnull path, bool follow_links, struct kernel_file_status *_Nonnull status);

/// Of what has that name in an open folder, a link not followed; 0, or -1 with the reason in errno.
int kernel_status_in(int folder, const char *_Nonnull name, struct kernel_file_status *_Nonnull status);

/// Whether nobody can give what stands at a path another name: a mount point, or marked so (statx(2)).
bool kernel_is_pinned(const char *_Nonnull path);

/// Milliseconds since 1970.
int64_t kernel_wall_milliseconds(void);

/// Milliseconds of a clock that nobody sets.
int64_t kernel_steady_milliseconds(void);

#endif
