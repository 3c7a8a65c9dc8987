// For statx(2).
#define _GNU_SOURCE

#include "ckernel.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

static int told(int result, const struct stat *seen, struct kernel_file_status *status) {
    if (result != 0) return -1;
    status->size = seen->st_size;
    status->changed_at = (int64_t)seen->st_mtim.tv_sec * 1000000000 + seen->st_mtim.tv_nsec;
    status->permissions = seen->st_mode & 0777;
    status->kind = S_ISREG(seen->st_mode)   ? KERNEL_FILE
                   : S_ISDIR(seen->st_mode) ? KERNEL_FOLDER
                   : S_ISLNK(seen->st_mode) ? KERNEL_LINK
                                            : KERNEL_OTHER;
    return 0;
}

int kernel_status_of(int descriptor, struct kernel_file_status *status) {
    struct stat seen;
    return told(fstat(descriptor, &seen), &seen, status);
}

int kernel_status_at(const char *path, bool follow_links, struct kernel_file_status *status) {
    struct stat seen;
    return told(follow_links ? stat(path, &seen) : lstat(path, &seen), &seen, status);
}

int kernel_status_in(int folder, const char *name, struct kernel_file_status *status) {
    struct stat seen;
    return told(fstatat(folder, name, &seen, AT_SYMLINK_NOFOLLOW), &seen, status);
}

bool kernel_is_pinned(const char *path) {
    struct statx seen;
    if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, 0, &seen) != 0) return false;
    return (seen.stx_attributes & (STATX_ATTR_MOUNT_ROOT | STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND)) != 0;
}

static int64_t milliseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int64_t kernel_wall_milliseconds(void) { return milliseconds(CLOCK_REALTIME); }

int64_t kernel_steady_milliseconds(void) { return milliseconds(CLOCK_MONOTONIC); }
