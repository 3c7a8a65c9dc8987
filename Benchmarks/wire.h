// What the load generator and the bare sender have in common: growing buffers, loopback sockets, WebSocket frames.
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
    unsigned char *bytes;
    size_t count;
    size_t room;
};

void buffer_add(struct buffer *buffer, const void *bytes, size_t count);
void buffer_text(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/// Removes bytes from the front.
void buffer_drop(struct buffer *buffer, size_t count);
void buffer_free(struct buffer *buffer);

enum opcode { OP_TEXT = 0x1, OP_CLOSE = 0x8, OP_PING = 0x9, OP_PONG = 0xA };

/// Adds a whole frame; clients mask theirs, servers do not.
void add_frame(struct buffer *out, enum opcode opcode, const void *payload, size_t count, bool masked);

/// A frame that lies in received bytes.
struct frame {
    enum opcode opcode;
    bool final;
    bool masked;
    unsigned char mask[4];
    const unsigned char *payload;
    size_t count;
    /// Bytes that the whole frame takes.
    size_t length;
};

/// Finds the frame at the start of these bytes; `false` while it is incomplete.
bool read_frame(const unsigned char *bytes, size_t count, struct frame *frame);

/// A listening, non-blocking socket on a free port of 127.0.0.1.
int listen_on_loopback(uint16_t *port);
/// A non-blocking socket whose connection to 127.0.0.1 has begun.
int connect_to_loopback(uint16_t port);

uint64_t monotonic_ns(void);
/// Says what is wrong on standard error and exits with 2.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
