#define _GNU_SOURCE
#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static void buffer_reserve(struct buffer *buffer, size_t more) {
    if (buffer->count + more <= buffer->room) return;
    buffer->room = (buffer->count + more) * 2;
    buffer->bytes = realloc(buffer->bytes, buffer->room);
    if (!buffer->bytes) fail("no memory for %zu bytes", buffer->room);
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t count) {
    if (count == 0) return;
    buffer_reserve(buffer, count);
    memcpy(buffer->bytes + buffer->count, bytes, count);
    buffer->count += count;
}

void buffer_text(struct buffer *buffer, const char *format, ...) {
    va_list values;
    va_start(values, format);
    int count = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (count < 0) fail("a text could not be formatted");
    buffer_reserve(buffer, (size_t)count + 1);
    va_start(values, format);
    vsnprintf((char *)buffer->bytes + buffer->count, (size_t)count + 1, format, values);
    va_end(values);
    buffer->count += (size_t)count;
}

void buffer_drop(struct buffer *buffer, size_t count) {
    buffer->count -= count;
    if (buffer->count > 0) memmove(buffer->bytes, buffer->bytes + count, buffer->count);
}

void buffer_free(struct buffer *buffer) {
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}

void add_frame(struct buffer *out, enum opcode opcode, const void *payload, size_t count, bool masked) {
    unsigned char head[14] = {(unsigned char)(0x80 | opcode)};
    size_t length = 2;
    if (count < 126) {
        head[1] = (unsigned char)count;
    } else if (count < 65536) {
        head[1] = 126;
        head[2] = (unsigned char)(count >> 8);
        head[3] = (unsigned char)count;
        length = 4;
    } else {
        head[1] = 127;
        for (int i = 0; i < 8; i++) head[2 + i] = (unsigned char)((uint64_t)count >> (56 - 8 * i));
        length = 10;
    }
    unsigned char mask[4] = {0};
    if (masked) {
        uint64_t seed = monotonic_ns() * 0x9E3779B97F4A7C15u;
        memcpy(mask, (unsigned char *)&seed + 4, 4);
        head[1] |= 0x80;
        memcpy(head + length, mask, 4);
        length += 4;
    }
    buffer_add(out, head, length);
    size_t start = out->count;
    buffer_add(out, payload, count);
    for (size_t i = 0; masked && i < count; i++) out->bytes[start + i] ^= mask[i % 4];
}

bool read_frame(const unsigned char *bytes, size_t count, struct frame *frame) {
    if (count < 2) return false;
    size_t head = 2;
    uint64_t length = bytes[1] & 0x7F;
    size_t width = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (width > 0) {
        if (count < head + width) return false;
        length = 0;
        for (size_t i = 0; i < width; i++) length = length << 8 | bytes[head + i];
        head += width;
    }
    frame->masked = (bytes[1] & 0x80) != 0;
    if (frame->masked) {
        if (count < head + 4) return false;
        memcpy(frame->mask, bytes + head, 4);
        head += 4;
    }
    if (length > count - head) return false;
    frame->opcode = bytes[0] & 0x0F;
    frame->final = (bytes[0] & 0x80) != 0;
    frame->payload = bytes + head;
    frame->count = (size_t)length;
    frame->length = head + (size_t)length;
    return true;
}

static int loopback_socket(void) {
    int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) fail("a socket could not be made: %s", strerror(errno));
    int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket_;
}

int listen_on_loopback(uint16_t *port) {
    int listener = loopback_socket();
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 4096) != 0
        || getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        fail("no port to listen on: %s", strerror(errno));
    *port = ntohs(address.sin_port);
    return listener;
}

int connect_to_loopback(uint16_t port) {
    int client = loopback_socket();
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)
    };
    if (connect(client, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS)
        fail("port %u does not answer: %s", port, strerror(errno));
    return client;
}

uint64_t monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

_Noreturn void fail(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fprintf(stderr, "%s: ", program_invocation_short_name);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    exit(2);
}
