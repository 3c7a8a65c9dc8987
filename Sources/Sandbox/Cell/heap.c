#include "heap.h"
#include "budget.h"
#include "bounds.h"

#include <lua5.4/lua.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// A block of at most LARGEST_SMALL bytes: one of a list that is only ever walked.
struct heap_small {
    /// The next one; the lowest bit is set while the block is spare.
    uintptr_t next;
    char content[];
};

struct heap_large {
    struct heap_large *next;
    struct heap_large *previous;
    char content[];
};

#define LARGEST_SMALL (HEAP_CLASSES * 16)
/// What spare blocks may hold while a callback runs: more is of sizes that are not asked for again.
#define MOST_SPARE (1024 * 1024)
/// What they may hold between two callbacks.
#define SPARE_KEPT (32 * 1024)
#define IS_SPARE ((uintptr_t)1)

// Lua asks for no more than that of any block.
_Static_assert(_Alignof(lua_Number) <= 8 && _Alignof(lua_Integer) <= 8, "a block begins at a multiple of 8 bytes");

static size_t total;

static struct heap_small *small_of(void *content) {
    return (struct heap_small *)((char *)content - offsetof(struct heap_small, content));
}

static struct heap_large *large_of(void *content) {
    return (struct heap_large *)((char *)content - offsetof(struct heap_large, content));
}

/// 16, 32, 48 … bytes: with the link before it and what malloc adds, a block then wastes nothing.
static size_t class_of(size_t size) {
    return (size - 1) / 16;
}

static size_t size_of(size_t place) {
    return (place + 1) * 16;
}

static bool is_small(size_t size) {
    return size <= LARGEST_SMALL;
}

static void unlink_large(struct heap *heap, struct heap_large *block) {
    if (block->previous) {
        block->previous->next = block->next;
    } else {
        heap->large = block->next;
    }
    if (block->next) block->next->previous = block->previous;
}

static void link_large(struct heap *heap, struct heap_large *block) {
    block->previous = NULL;
    block->next = heap->large;
    if (block->next) block->next->previous = block;
    heap->large = block;
}

/// A block of at least that size, or NULL where the machine has none.
static void *take(struct heap *heap, size_t size) {
    if (!is_small(size)) {
        struct heap_large *block = malloc(sizeof *block + size);
        if (block == NULL) return NULL;
        link_large(heap, block);
        return block->content;
    }
    size_t place = class_of(size);
    void **spare = heap->spares[place];
    if (spare) {
        heap->spares[place] = *spare;
        heap->spare_bytes -= size_of(place);
        small_of(spare)->next &= ~IS_SPARE;
        return spare;
    }
    struct heap_small *block = malloc(sizeof *block + size_of(place));
    if (block == NULL) return NULL;
    block->next = heap->small;
    heap->small = (uintptr_t)block;
    return block->content;
}

static void give(struct heap *heap, void *content, size_t size) {
    if (!is_small(size)) {
        unlink_large(heap, large_of(content));
        free(large_of(content));
        return;
    }
    size_t place = class_of(size);
    *(void **)content = heap->spares[place];
    heap->spares[place] = content;
    heap->spare_bytes += size_of(place);
    small_of(content)->next |= IS_SPARE;
    if (heap->spare_bytes > MOST_SPARE) heap_trim(heap);
}

static void *resize(struct heap *heap, void *content, size_t old, size_t wanted) {
    if (is_small(old) && is_small(wanted) && class_of(old) == class_of(wanted)) return content;
    if (!is_small(old) && !is_small(wanted)) {
        struct heap_large *block = large_of(content);
        unlink_large(heap, block);
        struct heap_large *moved = realloc(block, sizeof *moved + wanted);
        link_large(heap, moved ? moved : block);
        return moved ? moved->content : NULL;
    }
    void *moved = take(heap, wanted);
    if (moved == NULL) return NULL;
    memcpy(moved, content, old < wanted ? old : wanted);
    give(heap, content, old);
    return moved;
}

void *heap_allocate(void *context, void *content, size_t old, size_t wanted) {
    struct heap *heap = context;
    if (content == NULL) old = 0;
    if (wanted > old) {
        size_t more = wanted - old;
        if (more > LIMIT_HEAP || heap->used + more > LIMIT_HEAP_BURST) budget_stop_memory(false);
        if (total + more > LIMIT_CELL_HEAP) budget_stop_memory(true);
    }
    void *result = NULL;
    if (wanted > 0) {
        result = content ? resize(heap, content, old, wanted) : take(heap, wanted);
        // A block that shrinks takes room of another kind; Lua takes for granted that this never fails.
        if (result == NULL) budget_stop_memory(true);
    } else if (content) {
        give(heap, content, old);
    }
    heap->used += wanted - old;
    total += wanted - old;
    return result;
}

void heap_trim(struct heap *heap) {
    uintptr_t *place = &heap->small;
    while (*place) {
        struct heap_small *block = (struct heap_small *)*place;
        if (block->next & IS_SPARE) {
            *place = block->next & ~IS_SPARE;
            free(block);
        } else {
            place = &block->next;
        }
    }
    memset(heap->spares, 0, sizeof heap->spares);
    heap->spare_bytes = 0;
}

void heap_rest(struct heap *heap) {
    if (heap->spare_bytes > SPARE_KEPT) heap_trim(heap);
}

void heap_free(struct heap *heap) {
    struct heap_small *small = (struct heap_small *)heap->small;
    while (small) {
        struct heap_small *next = (struct heap_small *)(small->next & ~IS_SPARE);
        free(small);
        small = next;
    }
    struct heap_large *large = heap->large;
    while (large) {
        struct heap_large *next = large->next;
        free(large);
        large = next;
    }
    total -= heap->used;
    *heap = (struct heap){0};
}
