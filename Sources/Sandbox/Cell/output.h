#ifndef CELL_OUTPUT_H
#define CELL_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/// Bytes that somebody else owns.
struct span {
    const char *start;
    size_t length;
};

/// A growing run of bytes with an upper limit.
///
/// What would go over the limit is left out and remembered: a writer looks at `overflowed` once, at the end. The bytes
/// are always followed by a NUL that does not count.
struct output {
    char *bytes;
    size_t length;
    size_t capacity;
    size_t limit;
    bool overflowed;
};

/// Adds bytes; ends the process when the machine has no memory, for which a cell has no better answer.
void output_add(struct output *output, const void *bytes, size_t length);

/// Inline, as the texts are literals: their length is known before the program runs.
static inline void output_text(struct output *output, const char *text) {
    output_add(output, text, strlen(text));
}

/// Adds one byte; most of JSON is single bytes, so the usual case stands here.
static inline void output_byte(struct output *output, char byte) {
    if (output->overflowed || output->length + 1 >= output->capacity || output->length >= output->limit) {
        output_add(output, &byte, 1);
        return;
    }
    output->bytes[output->length++] = byte;
    output->bytes[output->length] = 0;
}

/// Empties it and keeps its room.
void output_clear(struct output *output);

/// Gives its room back when it is more than an ordinary answer needs.
void output_trim(struct output *output, size_t keep);

void output_free(struct output *output);

struct span output_span(const struct output *output);

/// Whether a span says exactly this, most often a literal.
static inline bool span_is(struct span span, const char *text) {
    return span.length == strlen(text) && memcmp(span.start, text, span.length) == 0;
}

/// Order by bytes, as in memcmp; a prefix comes first.
int span_compare(struct span left, struct span right);

/// Room for one entry more in a list from malloc that has `count` of `*room` entries; most lists stay empty.
void *list_reserve(void *list, size_t count, size_t *room, size_t entry);

/// A copy from malloc, followed by a NUL; `free` gives it back.
struct span span_copy(struct span span);

#endif
