// Counts what a program asks the allocator for: cc -shared -fPIC -o allocations.so allocations.c, then LD_PRELOAD it.
// The program reads the count by the name counted_allocations.
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

static _Atomic uint64_t count;

uint64_t counted_allocations(void) { return atomic_load_explicit(&count, memory_order_relaxed); }

// glibc's own names of what stands in for: dlsym itself allocates, so it cannot be asked for them.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void note(void) { atomic_fetch_add_explicit(&count, 1, memory_order_relaxed); }

void *malloc(size_t size) {
    note();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    note();
    return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
    note();
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **place, size_t alignment, size_t size) {
    note();
    *place = __libc_memalign(alignment, size);
    return *place ? 0 : 12;
}
