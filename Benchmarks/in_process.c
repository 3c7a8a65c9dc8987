// The program of a cell without its process: the same files of Sources/Sandbox/Cell, with these functions in the place
// of its socket. It is asked what stands in a file, as records of `u32 length | u8 op | payload`, a quarter to warm up.
#include "clock.h"
#include "frames.h"
#include "service.h"

#include <stdlib.h>
#include <string.h>

static const char *at;
static const char *end;
static struct delays delays;

void frames_read(struct frame *frame) {
    static uint32_t request;
    if (at >= end) {
        delays_print(&delays, "in process");
        exit(0);
    }
    uint32_t length;
    memcpy(&length, at, sizeof length);
    at += sizeof length;
    frame->op = (uint8_t)*at;
    frame->request = ++request;
    frame->instance = 1;
    frame->payload = (struct span){at + 1, length - 1};
    at += length;
    delays_begin(&delays);
}

void frames_answer(const struct frame *frame, uint8_t op, struct span payload) {
    delays_end(&delays);
    if (op == (frame->op | OP_OK)) return;
    fprintf(stderr, "%.*s\n", (int)payload.length, payload.start);
    exit(1);
}

// Every payload stands in the file until the end.
void frames_forget(const struct frame *frame) {
    (void)frame;
}

int main(int count, char **arguments) {
    if (count != 2) return 64;
    at = file_bytes(arguments[1], &end);
    service_run(false);
}
