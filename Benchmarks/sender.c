// The least a broadcaster can do: an event comes in by HTTP POST, the same bytes go out to every WebSocket.
//
//     sender send    one send per connection and event
//     sender cork    one send per connection and tick, with all frames of the tick
//
// It checks no signature and keeps nothing, so its cost is that of the kernel: the floor other servers stand on.
#define _GNU_SOURCE
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire.h"

// As much as the host lets wait for a slow reader; then it is cut off.
static const size_t backlog_limit = 1 << 20;
enum { events_at_once = 1024 };

struct client {
    int socket;
    bool watches;
    bool wants_write;
    size_t place;
    struct buffer in;
    struct buffer out;
};

static int poller;
static bool corks;
static struct client **audience;
static size_t audience_count;
static size_t audience_room;
/// Frames of this tick.
static struct buffer pending;
/// Clients that are gone but may still be named by events of this tick.
static struct client *gone[events_at_once * 2];
static size_t gone_count;

static void watch(struct client *client, int operation) {
    struct epoll_event wish = {.events = EPOLLIN | (client->wants_write ? EPOLLOUT : 0u), .data.ptr = client};
    epoll_ctl(poller, operation, client->socket, &wish);
}

static void part_with(struct client *client) {
    if (client->socket < 0) return;
    close(client->socket);
    client->socket = -1;
    if (client->watches) {
        struct client *last = audience[--audience_count];
        audience[client->place] = last;
        last->place = client->place;
    }
    if (gone_count < sizeof gone / sizeof gone[0]) gone[gone_count++] = client;
}

static void write_to(struct client *client, const unsigned char *bytes, size_t count) {
    size_t sent = 0;
    if (client->out.count == 0) {
        ssize_t result = send(client->socket, bytes, count, MSG_NOSIGNAL);
        if (result < 0 && errno != EAGAIN) return part_with(client);
        sent = result < 0 ? 0 : (size_t)result;
    }
    if (sent == count) return;
    if (client->out.count + count - sent > backlog_limit) return part_with(client);
    buffer_add(&client->out, bytes + sent, count - sent);
    if (!client->wants_write) {
        client->wants_write = true;
        watch(client, EPOLL_CTL_MOD);
    }
}

static void broadcast(const unsigned char *bytes, size_t count) {
    // From the end: whoever is cut off is replaced by the last one, who has been served.
    for (size_t i = audience_count; i-- > 0;) write_to(audience[i], bytes, count);
}

static void publish(const unsigned char *payload, size_t count) {
    add_frame(&pending, OP_TEXT, payload, count, false);
    if (corks) return;
    broadcast(pending.bytes, pending.count);
    pending.count = 0;
}

/// The value of a header in a request's head, which ends in a zero byte.
static const char *header(const char *head, const char *name) {
    const char *line = strcasestr(head, name);
    return line ? line + strlen(name) + strspn(line + strlen(name), ": ") : NULL;
}

static void upgrade(struct client *client, const char *head) {
    const char *key = header(head, "\r\nSec-WebSocket-Key");
    size_t length = key ? strcspn(key, "\r\n") : 0;
    if (length != 24) return part_with(client);
    // The fixed text of RFC 6455 section 1.3.
    unsigned char text[60], digest[SHA_DIGEST_LENGTH], accept[32];
    memcpy(text, key, 24);
    memcpy(text + 24, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
    SHA1(text, sizeof text, digest);
    EVP_EncodeBlock(accept, digest, sizeof digest);
    struct buffer reply = {0};
    buffer_text(&reply, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
    if (audience_count == audience_room) {
        audience_room = audience_room * 2 + 64;
        audience = realloc(audience, audience_room * sizeof *audience);
        if (!audience) fail("no memory for %zu connections", audience_room);
    }
    client->watches = true;
    client->place = audience_count;
    audience[audience_count++] = client;
    buffer_free(&client->in);
    write_to(client, reply.bytes, reply.count);
    buffer_free(&reply);
}

/// Answers the request that stands at the start of what came in; `false` when there is none yet.
static bool answer(struct client *client) {
    char *end = memmem(client->in.bytes, client->in.count, "\r\n\r\n", 4);
    if (!end) return false;
    size_t head = (size_t)(end - (char *)client->in.bytes) + 4;
    end[2] = '\0';
    const char *text = (const char *)client->in.bytes;
    if (strncmp(text, "GET ", 4) == 0) {
        upgrade(client, text);
        return false;
    }
    const char *length = header(text, "\r\nContent-Length");
    size_t body = length ? strtoul(length, NULL, 10) : 0;
    if (client->in.count < head + body) {
        end[2] = '\r';
        return false;
    }
    publish(client->in.bytes + head, body);
    static const char reply[] = "HTTP/1.1 204 No Content\r\n\r\n";
    write_to(client, (const unsigned char *)reply, sizeof reply - 1);
    buffer_drop(&client->in, head + body);
    return client->socket >= 0 && client->in.count > 0;
}

/// Reads what a watching client says; only that it leaves is of interest.
static void listen_to(struct client *client, const unsigned char *bytes, size_t count) {
    buffer_add(&client->in, bytes, count);
    struct frame frame;
    size_t done = 0;
    while (read_frame(client->in.bytes + done, client->in.count - done, &frame)) {
        if (frame.opcode == OP_CLOSE) return part_with(client);
        done += frame.length;
    }
    buffer_drop(&client->in, done);
    if (client->in.count == 0) buffer_free(&client->in);
}

static void receive(struct client *client) {
    static unsigned char bytes[1 << 16];
    ssize_t count = recv(client->socket, bytes, sizeof bytes, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return part_with(client);
    if (client->watches) return listen_to(client, bytes, (size_t)count);
    buffer_add(&client->in, bytes, (size_t)count);
    while (answer(client)) {}
}

static void write_backlog(struct client *client) {
    ssize_t sent = send(client->socket, client->out.bytes, client->out.count, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return part_with(client);
    if (sent > 0) buffer_drop(&client->out, (size_t)sent);
    if (client->out.count > 0) return;
    buffer_free(&client->out);
    client->wants_write = false;
    watch(client, EPOLL_CTL_MOD);
}

static void welcome(int listener) {
    int socket_;
    while ((socket_ = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        struct client *client = calloc(1, sizeof *client);
        if (!client) fail("no memory for a connection");
        client->socket = socket_;
        watch(client, EPOLL_CTL_ADD);
    }
}

int main(int count, char **arguments) {
    if (count != 2 || (strcmp(arguments[1], "send") != 0 && strcmp(arguments[1], "cork") != 0))
        fail("\"%s\" seen, send or cork wanted", count > 1 ? arguments[1] : "");
    corks = strcmp(arguments[1], "cork") == 0;
    signal(SIGPIPE, SIG_IGN);
    uint16_t port;
    int listener = listen_on_loopback(&port);
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event wish = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &wish);
    printf("port %u\n", port);
    fflush(stdout);
    for (;;) {
        struct epoll_event events[events_at_once];
        int happened = epoll_wait(poller, events, events_at_once, -1);
        for (int i = 0; i < happened; i++) {
            struct client *client = events[i].data.ptr;
            if (!client) {
                welcome(listener);
                continue;
            }
            if (client->socket >= 0 && client->out.count > 0 && (events[i].events & EPOLLOUT)) write_backlog(client);
            if (client->socket >= 0 && (events[i].events & ~(uint32_t)EPOLLOUT)) receive(client);
        }
        if (pending.count > 0) {
            broadcast(pending.bytes, pending.count);
            pending.count = 0;
        }
        while (gone_count > 0) {
            struct client *client = gone[--gone_count];
            buffer_free(&client->in);
            buffer_free(&client->out);
            free(client);
        }
    }
}
