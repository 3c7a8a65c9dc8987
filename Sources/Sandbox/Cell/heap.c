#include "heap.h"
#include "budget.h"
#include "bounds.h"

#include <stdlib.h>

struct heap_block {
    struct heap_block *next;
    struct heap_block *previous;
    max_align_t content[];
};

static size_t total;

static struct heap_block *block_of(void *content) {
    return (struct heap_block *)((char *)content - offsetof(struct heap_block, content));
}

static void count(struct heap *heap, size_t old, size_t wanted) {
    heap->used += wanted - old;
    total += wanted - old;
    if (heap->used > heap->peak) heap->peak = heap->used;
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

void *heap_allocate(void *context, void *content, size_t old, size_t wanted) {
    struct heap *heap = context;
    if (content == NULL) old = 0;
    if (wanted == 0) {
        if (content == NULL) return NULL;
        struct heap_block *block = block_of(content);
        unlink_block(heap, block);
        free(block);
        count(heap, old, 0);
        return NULL;
    }
    if (wanted > old) {
        size_t more = wanted - old;
        if (more > LIMIT_HEAP || heap->used + more > LIMIT_HEAP_BURST) budget_stop_memory(false);
        if (total + more > LIMIT_CELL_HEAP) budget_stop_memory(true);
    }
    struct heap_block *block = content ? block_of(content) : NULL;
    if (block) unlink_block(heap, block);
    struct heap_block *moved = realloc(block, sizeof *moved + wanted);
    if (moved == NULL) {
        // Lua takes for granted that a block never fails to shrink.
        if (block) link_block(heap, block);
        if (block && wanted <= old) return content;
        budget_stop_memory(true);
    }
    link_block(heap, moved);
    count(heap, old, wanted);
    return moved->content;
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
