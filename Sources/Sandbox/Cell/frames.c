#include "frames.h"
#include "bounds.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SOCKET 3
#define LENGTH_BYTES 4
#define HEAD_BYTES 7

/// One frame and nothing behind it: the host waits for the answer before it sends the next.
static unsigned char incoming[LENGTH_BYTES + LIMIT_FRAME_IN + 1];
static unsigned char outgoing[LENGTH_BYTES + LIMIT_FRAME_OUT];

static uint32_t read_u32(const unsigned char *bytes) {
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void write_u32(unsigned char *bytes, uint32_t value) {
    for (int index = 0; index < 4; index++) bytes[index] = (unsigned char)(value >> 8 * index);
}

static size_t read_more(size_t have) {
    ssize_t length;
    do {
        length = read(SOCKET, incoming + have, sizeof incoming - 1 - have);
    } while (length < 0 && errno == EINTR);
    if (length <= 0) _exit(length == 0 ? 0 : 74);
    return have + (size_t)length;
}

void frames_read(struct frame *frame) {
    size_t have = 0;
    while (have < LENGTH_BYTES) have = read_more(have);
    uint32_t length = read_u32(incoming);
    if (length < HEAD_BYTES || length > LIMIT_FRAME_IN) _exit(65);
    while (have < LENGTH_BYTES + length) have = read_more(have);
    if (have > LENGTH_BYTES + length) _exit(65);

    const unsigned char *head = incoming + LENGTH_BYTES;
    frame->op = head[0];
    frame->request = read_u32(head + 1);
    frame->instance = (uint16_t)(head[5] | head[6] << 8);
    // Reading a number looks for the first byte that is no part of it.
    incoming[have] = 0;
    frame->payload = (struct span){(const char *)head + HEAD_BYTES, length - HEAD_BYTES};
}

void frames_forget(const struct frame *frame) {
    if (frame->payload.length <= FRAME_KEPT) return;
    // Whole pages alone can be given back; what lies around them is small.
    uintptr_t page = 4096;
    uintptr_t first = ((uintptr_t)incoming + FRAME_KEPT + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)incoming + sizeof incoming) & ~(page - 1);
    madvise((void *)first, end - first, MADV_DONTNEED);
}

void frames_answer(const struct frame *frame, uint8_t op, struct span payload) {
    if (payload.length > LIMIT_FRAME_OUT - HEAD_BYTES) _exit(70);
    write_u32(outgoing, (uint32_t)(HEAD_BYTES + payload.length));
    unsigned char *head = outgoing + LENGTH_BYTES;
    head[0] = op;
    write_u32(head + 1, frame->request);
    head[5] = (unsigned char)frame->instance;
    head[6] = (unsigned char)(frame->instance >> 8);
    memcpy(head + HEAD_BYTES, payload.start, payload.length);

    size_t length = LENGTH_BYTES + HEAD_BYTES + payload.length;
    size_t sent = 0;
    while (sent < length) {
        ssize_t part = write(SOCKET, outgoing + sent, length - sent);
        if (part < 0 && errno == EINTR) continue;
        if (part <= 0) _exit(74);
        sent += (size_t)part;
    }
}
