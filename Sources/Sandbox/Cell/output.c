#include "output.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void no_memory(void) {
    _exit(71);
}

static void output_reserve(struct output *output, size_t more) {
    size_t wanted = output->length + more + 1;
    if (wanted <= output->capacity) return;
    size_t capacity = output->capacity ? output->capacity : 256;
    while (capacity < wanted) capacity *= 2;
    char *bytes = realloc(output->bytes, capacity);
    if (bytes == NULL) no_memory();
    output->bytes = bytes;
    output->capacity = capacity;
}

void output_add(struct output *output, const void *bytes, size_t length) {
    if (output->overflowed || length > output->limit - output->length) {
        output->overflowed = true;
        return;
    }
    output_reserve(output, length);
    if (length > 0) memcpy(output->bytes + output->length, bytes, length);
    output->length += length;
    output->bytes[output->length] = 0;
}

void output_clear(struct output *output) {
    output->length = 0;
    output->overflowed = false;
    if (output->bytes) output->bytes[0] = 0;
}

void output_trim(struct output *output, size_t keep) {
    if (output->capacity > keep) output_free(output);
}

void output_free(struct output *output) {
    free(output->bytes);
    output->bytes = NULL;
    output->length = 0;
    output->capacity = 0;
    output->overflowed = false;
}

struct span output_span(const struct output *output) {
    return (struct span){output->bytes ? output->bytes : "", output->length};
}

int span_compare(struct span left, struct span right) {
    size_t shared = left.length < right.length ? left.length : right.length;
    int order = shared > 0 ? memcmp(left.start, right.start, shared) : 0;
    if (order != 0) return order;
    return left.length < right.length ? -1 : left.length > right.length;
}

struct span span_copy(struct span span) {
    char *bytes = malloc(span.length + 1);
    if (bytes == NULL) no_memory();
    if (span.length > 0) memcpy(bytes, span.start, span.length);
    bytes[span.length] = 0;
    return (struct span){bytes, span.length};
}

void *list_reserve(void *list, size_t count, size_t *room, size_t entry) {
    if (count < *room) return list;
    size_t wanted = *room ? *room * 2 : 4;
    void *grown = realloc(list, wanted * entry);
    if (grown == NULL) no_memory();
    *room = wanted;
    return grown;
}
