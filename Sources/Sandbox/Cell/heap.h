#ifndef CELL_HEAP_H
#define CELL_HEAP_H

#include <stddef.h>

struct heap_block;

/// The memory of one Lua state, counted and given back as a whole.
///
/// A state that has gone over its limit is never touched again, not even to close it: Lua 5.4.4 corrupts itself when it
/// collects in the middle of an allocation, so it is never told that there is no memory. The callback ends at once and
/// every block goes back from this list.
struct heap {
    struct heap_block *blocks;
    size_t used;
    size_t peak;
};

/// The allocator given to Lua; `heap` is the state's own.
void *heap_allocate(void *heap, void *block, size_t old, size_t wanted);

/// Gives every block back.
void heap_free(struct heap *heap);

/// What all states of the cell hold together.
size_t heap_total(void);

#endif
