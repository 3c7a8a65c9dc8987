// Delays of questions, and the file that they come from.
#ifndef BENCHMARK_CLOCK_H
#define BENCHMARK_CLOCK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct delays {
    double *microseconds;
    size_t count;
    struct timespec begun;
};

static inline void delays_begin(struct delays *delays) {
    clock_gettime(CLOCK_MONOTONIC, &delays->begun);
}

static inline void delays_end(struct delays *delays) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    // One less than a power of two is all that fits.
    if ((delays->count & (delays->count + 1)) == 0) {
        size_t room = 2 * delays->count + 2;
        delays->microseconds = realloc(delays->microseconds, room * sizeof *delays->microseconds);
        if (delays->microseconds == NULL) abort();
    }
    double seconds = (double)(now.tv_sec - delays->begun.tv_sec);
    delays->microseconds[delays->count++] = seconds * 1e6 + (double)(now.tv_nsec - delays->begun.tv_nsec) / 1e3;
}

static inline int delays_order(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

/// Prints a line of JSON about all but the first quarter.
static inline void delays_print(struct delays *delays, const char *what) {
    double *counted = delays->microseconds + delays->count / 4;
    size_t count = delays->count - delays->count / 4;
    qsort(counted, count, sizeof *counted, delays_order);
    printf("{\"what\":\"%s\",\"count\":%zu,\"p50\":%.1f,\"p99\":%.1f}\n", what, count, counted[count / 2],
           counted[count * 99 / 100]);
}

/// The bytes of a file, to its end.
static inline const char *file_bytes(const char *path, const char **end) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) exit(66);
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)length + 1);
    if (bytes == NULL || fread(bytes, 1, (size_t)length, file) != (size_t)length) exit(66);
    fclose(file);
    bytes[length] = 0;
    *end = bytes + length;
    return bytes;
}

#endif
