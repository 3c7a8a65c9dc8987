#include "heap.h"
#include "budget.h"
#include "bounds.h"

#include <stdlib.h>
#include <string.h>

struct heap_block {
    struct heap_block *next;
    struct heap_block *previous;
    max_align_t content[];
};

/// What spare blocks of one state hold at most.
#define SPARE_BYTES (16 * 1024)

static size_t total;

static struct heap_block *block_of(void *content) {
    return (struct heap_block *)((char *)content - offsetof(struct heap_block, content));
}

static void unlink_block(struct heap *heap, struct heap_block *block) {
    if (block->previous) {
        block->previous->next = block->next;
    } else {
        heap->blocks = block->next;
    }
    if (block->next) block->next->previous = block->previous;
}

static void link_block(struct heap *heap, struct heap_block *block) {
    block->previous = NULL;
    block->next = heap->blocks;
    if (block->next) block->next->previous = block;
    heap->blocks = block;
}

/// 8, 24, 40 … bytes: with the links before it and what malloc adds, a block then wastes nothing.
static size_t size_class(size_t size) {
    return (size + 7) / 16;
}

static size_t class_size(size_t place) {
    return place * 16 + 8;
}

/// A block of at least that size, or NULL where the machine has none.
static void *take(struct heap *heap, size_t size) {
    size_t place = size_class(size);
    if (place < HEAP_CLASSES) {
        void **spare = heap->spares[place];
        size = class_size(place);
        if (spare) {
            heap->spares[place] = *spare;
            heap->spare_bytes -= size;
            return spare;
        }
    }
    struct heap_block *block = malloc(sizeof *block + size);
    if (block == NULL) return NULL;
    link_block(heap, block);
    return block->content;
}

static void give(struct heap *heap, void *content, size_t size) {
    size_t place = size_class(size);
    if (place < HEAP_CLASSES && heap->spare_bytes + class_size(place) <= SPARE_BYTES) {
        *(void **)content = heap->spares[place];
        heap->spares[place] = content;
        heap->spare_bytes += class_size(place);
        return;
    }
    unlink_block(heap, block_of(content));
    free(block_of(content));
}

static void *resize(struct heap *heap, void *content, size_t old, size_t wanted) {
    size_t from = size_class(old);
    size_t to = size_class(wanted);
    if (from == to && to < HEAP_CLASSES) return content;
    if (from >= HEAP_CLASSES && to >= HEAP_CLASSES) {
        struct heap_block *block = block_of(content);
        unlink_block(heap, block);
        struct heap_block *moved = realloc(block, sizeof *moved + wanted);
        link_block(heap, moved ? moved : block);
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
    if (wanted == 0) {
        if (content) give(heap, content, old);
    } else {
        result = content ? resize(heap, content, old, wanted) : take(heap, wanted);
        if (result == NULL) {
            // Lua takes for granted that a block never fails to shrink.
            if (content == NULL || wanted > old) budget_stop_memory(true);
            result = content;
        }
    }
    heap->used += wanted - old;
    total += wanted - old;
    if (heap->used > heap->peak) heap->peak = heap->used;
    return result;
}

void heap_trim(struct heap *heap) {
    for (size_t place = 0; place < HEAP_CLASSES; place++) {
        void **spare = heap->spares[place];
        while (spare) {
            void **next = *spare;
            unlink_block(heap, block_of(spare));
            free(block_of(spare));
            spare = next;
        }
        heap->spares[place] = NULL;
    }
    heap->spare_bytes = 0;
}

void heap_free(struct heap *heap) {
    struct heap_block *block = heap->blocks;
    while (block) {
        struct heap_block *next = block->next;
        free(block);
        block = next;
    }
    total -= heap->used;
    *heap = (struct heap){0};
}

size_t heap_total(void) {
    return total;
}
