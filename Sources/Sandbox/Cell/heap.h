#ifndef CELL_HEAP_H
#define CELL_HEAP_H

#include <stddef.h>
#include <stdint.h>

struct heap_large;

/// Of blocks of at most 512 bytes, which are kept for the next that asks: most of what a callback makes is garbage at
/// its end.
#define HEAP_CLASSES 32

/// The memory of one Lua state, counted and given back as a whole.
///
/// A state that has gone over its limit is never touched again, not even to close it: Lua 5.4.4 corrupts itself when it
/// collects in the middle of an allocation, so it is never told that there is no memory. The callback ends at once and
/// every block goes back from these lists.
struct heap {
    /// The first of the small blocks, or 0.
    uintptr_t small;
    struct heap_large *large;
    size_t used;
    /// By size, each the first of a list; they stand among `small` all the same.
    void *spares[HEAP_CLASSES];
    size_t spare_bytes;
};

/// The allocator given to Lua; `heap` is the state's own.
void *heap_allocate(void *heap, void *block, size_t old, size_t wanted);

/// Gives back what is kept for later.
void heap_trim(struct heap *heap);

/// The same where it is much: a callback has ended.
void heap_rest(struct heap *heap);

/// Gives every block back.
void heap_free(struct heap *heap);

#endif
