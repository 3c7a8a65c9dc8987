// Twitch's chat at one end of the host and a page at the other: how long a line takes from the one to the other.
//
// It says `port N` first, where the host finds the chat, then does what it is told on standard input, one line each,
// and answers each with one line of JSON:
//
//     page PORT COOKIE SUBSCRIPTION     opens a page of the host, which says the subscription, and waits until the host
//                                       has joined a channel
//     say COUNT RATE                    says lines in every channel that was joined, so many a second
//
// A line has arrived with the first frame of the page that holds its number; times are of this process's clock alone.
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "wire.h"

enum {
    lines_limit = 1000000,
    /// What is late by more has not arrived.
    drain_ms = 5000,
};

/// One end, a WebSocket of the host.
struct end {
    int socket;
    bool upgraded;
    struct buffer in;
    struct buffer out;
};

static int listener;
static struct end chat = {.socket = -1};
static struct end page = {.socket = -1};
static char room[64];
/// Whether somebody waits for the page and the channel.
static bool awaited;
static char *subscription;
static struct buffer command;

static uint64_t *said_ns;
static double *delays_us;
static size_t said, wanted, arrived;
static double rate;
static uint64_t began_ns;

static void flush_end(struct end *end) {
    while (end->out.count > 0) {
        ssize_t sent = send(end->socket, end->out.bytes, end->out.count, MSG_NOSIGNAL);
        if (sent <= 0) {
            if (errno != EAGAIN) fail("a socket of the host is closed: %s", strerror(errno));
            return;
        }
        buffer_drop(&end->out, (size_t)sent);
    }
}

// MARK: The chat

static void say_line(const char *text) {
    add_frame(&chat.out, OP_TEXT, text, strlen(text), false);
    flush_end(&chat);
}

/// Answers the handshake (RFC 6455 section 4.2.2); `false` while it is incomplete.
static bool greet(void) {
    char *end = memmem(chat.in.bytes, chat.in.count, "\r\n\r\n", 4);
    if (!end) return false;
    *end = '\0';
    char *key = strcasestr((char *)chat.in.bytes, "\r\nsec-websocket-key:");
    if (!key) fail("the host does not ask for a WebSocket");
    char text[128];
    unsigned char digest[EVP_MAX_MD_SIZE], accept[64];
    unsigned count;
    if (sscanf(key + 20, " %60s", text) != 1) fail("the host shows no key");
    strcat(text, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    EVP_Digest(text, strlen(text), digest, &count, EVP_sha1(), NULL);
    EVP_EncodeBlock(accept, digest, (int)count);
    buffer_text(&chat.out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
    flush_end(&chat);
    buffer_drop(&chat.in, (size_t)(end - (char *)chat.in.bytes) + 4);
    chat.upgraded = true;
    return true;
}

static void hear_line(char *line) {
    static char login[64] = "nobody";
    char text[512];
    if (strncmp(line, "CAP REQ ", 8) == 0) {
        snprintf(text, sizeof text, ":tmi.twitch.tv CAP * ACK %s\r\n", line + 8);
    } else if (strncmp(line, "NICK ", 5) == 0) {
        snprintf(login, sizeof login, "%s", line + 5);
        snprintf(text, sizeof text, ":tmi.twitch.tv 001 %s :Welcome\r\n:tmi.twitch.tv 376 %s :>\r\n", login, login);
    } else if (strncmp(line, "JOIN ", 5) == 0) {
        snprintf(room, sizeof room, "%s", line + 5);
        snprintf(text, sizeof text, ":%s!%s@%s.tmi.twitch.tv JOIN %s\r\n:tmi.twitch.tv 366 %s %s :End\r\n", login,
            login, login, room, login, room);
    } else if (strncmp(line, "PING ", 5) == 0) {
        snprintf(text, sizeof text, ":tmi.twitch.tv PONG tmi.twitch.tv %s\r\n", line + 5);
    } else {
        return;
    }
    say_line(text);
}

static void hear(const unsigned char *bytes, size_t count) {
    char *text = strndup((const char *)bytes, count), *rest = text;
    for (char *line; (line = strsep(&rest, "\r\n"));) hear_line(line);
    free(text);
}

static void say_next(void) {
    // Every line has an id of its own, in whichever run.
    static size_t ids;
    char text[1024];
    snprintf(text, sizeof text,
        "@badge-info=subscriber/24;badges=subscriber/24;color=#1E90FF;display-name=Mira;emotes=;first-msg=0;flags=;"
        "id=f80a19d6-e35a-4273-82d0-%012zu;mod=0;returning-chatter=0;room-id=1;subscriber=1;tmi-sent-ts=1772388000123;"
        "turbo=0;user-id=77;user-type= :mira!mira@mira.tmi.twitch.tv PRIVMSG %s :this is line-%zu of the evening\r\n",
        ids++, room, said);
    said_ns[said++] = monotonic_ns();
    say_line(text);
}

// MARK: The page

static void see(const unsigned char *text, size_t count) {
    uint64_t now = monotonic_ns();
    const unsigned char *end = text + count, *at = text;
    while ((at = memmem(at, (size_t)(end - at), "line-", 5))) {
        size_t number = 0;
        for (at += 5; at < end && *at >= '0' && *at <= '9'; at++) number = number * 10 + (size_t)(*at - '0');
        if (number >= said || said_ns[number] == 0) continue;
        delays_us[arrived++] = (double)(now - said_ns[number]) / 1e3;
        said_ns[number] = 0;
    }
}

static bool take_answer(void) {
    char *end = memmem(page.in.bytes, page.in.count, "\r\n\r\n", 4);
    if (!end) return false;
    if (strncmp((char *)page.in.bytes, "HTTP/1.1 101", 12) != 0) fail("the host opens no page");
    buffer_drop(&page.in, (size_t)(end - (char *)page.in.bytes) + 4);
    page.upgraded = true;
    add_frame(&page.out, OP_TEXT, subscription, strlen(subscription), true);
    flush_end(&page);
    return true;
}

static void open_page(unsigned port, const char *cookie) {
    page.socket = connect_to_loopback((uint16_t)port);
    buffer_text(&page.out,
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: %s\r\n\r\n", port, cookie);
    struct pollfd connected = {.fd = page.socket, .events = POLLOUT};
    poll(&connected, 1, drain_ms);
    flush_end(&page);
}

// MARK: Both

static void take(struct end *end) {
    unsigned char chunk[1 << 16];
    ssize_t count = recv(end->socket, chunk, sizeof chunk, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) {
        if (end == &page) fail("the host has closed the page");
        // It may come again.
        close(chat.socket);
        chat.socket = -1;
        chat.upgraded = false;
        chat.in.count = chat.out.count = 0;
        room[0] = '\0';
        return;
    }
    buffer_add(&end->in, chunk, (size_t)count);
    if (!end->upgraded && !(end == &chat ? greet() : take_answer())) return;
    struct frame frame;
    while (read_frame(end->in.bytes, end->in.count, &frame)) {
        unsigned char *payload = (unsigned char *)frame.payload;
        for (size_t i = 0; frame.masked && i < frame.count; i++) payload[i] ^= frame.mask[i % 4];
        if (frame.opcode == OP_PING) {
            add_frame(&end->out, OP_PONG, payload, frame.count, end == &page);
            flush_end(end);
        } else if (frame.opcode == OP_TEXT) {
            if (end == &chat) hear(payload, frame.count);
            else see(payload, frame.count);
        }
        buffer_drop(&end->in, frame.length);
    }
}

static int by_size(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static void report(void) {
    qsort(delays_us, arrived, sizeof *delays_us, by_size);
    printf("{\"said\":%zu,\"arrived\":%zu,\"p50\":%.1f,\"p99\":%.1f,\"longest\":%.1f}\n", said, arrived,
        arrived ? delays_us[arrived / 2] : 0, arrived ? delays_us[arrived * 99 / 100] : 0,
        arrived ? delays_us[arrived - 1] : 0);
    fflush(stdout);
    wanted = 0;
}

static void obey(char *line) {
    unsigned port;
    char cookie[1024];
    int rest = 0;
    if (sscanf(line, "page %u %1023s %n", &port, cookie, &rest) == 2 && rest > 0 && page.socket < 0) {
        subscription = strdup(line + rest);
        open_page(port, cookie);
        awaited = true;
    } else if (sscanf(line, "say %zu %lf", &wanted, &rate) == 2 && wanted > 0 && wanted <= lines_limit && rate > 0) {
        if (room[0] == '\0') fail("no channel was joined");
        said = arrived = 0;
        said_ns = realloc(said_ns, wanted * sizeof *said_ns);
        delays_us = realloc(delays_us, wanted * sizeof *delays_us);
        if (!said_ns || !delays_us) fail("no memory for %zu lines", wanted);
        began_ns = monotonic_ns();
    } else {
        fail("\"%s\" seen, `page PORT COOKIE SUBSCRIPTION` once or `say COUNT RATE` wanted", line);
    }
}

/// Reads commands; `false` when there will be no more.
static bool read_commands(void) {
    char bytes[4096];
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count <= 0) return false;
    buffer_add(&command, bytes, (size_t)count);
    unsigned char *end = memchr(command.bytes, '\n', command.count);
    if (!end) return true;
    *end = '\0';
    obey((char *)command.bytes);
    buffer_drop(&command, (size_t)(end - command.bytes) + 1);
    return true;
}

static uint64_t due_ns(void) { return began_ns + (uint64_t)((double)said * 1e9 / rate); }

int main(void) {
    uint16_t port;
    listener = listen_on_loopback(&port);
    printf("port %u\n", port);
    fflush(stdout);
    for (;;) {
        struct timespec pause = {.tv_sec = 1};
        if (wanted > 0) {
            uint64_t now = monotonic_ns(), due = said < wanted ? due_ns() : now + 20000000u;
            pause = (struct timespec){.tv_nsec = due > now ? (long)(due - now) : 0};
        }
        struct pollfd ends[] = {
            {.fd = STDIN_FILENO, .events = POLLIN},
            {.fd = listener, .events = POLLIN},
            {.fd = chat.socket, .events = (short)(POLLIN | (chat.out.count > 0 ? POLLOUT : 0))},
            {.fd = page.socket, .events = (short)(POLLIN | (page.out.count > 0 ? POLLOUT : 0))},
        };
        if (ppoll(ends, 4, &pause, NULL) < 0) fail("%s", strerror(errno));
        if (ends[0].revents && !read_commands()) return 0;
        if (ends[1].revents && chat.socket < 0)
            chat.socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (ends[2].revents & POLLOUT) flush_end(&chat);
        if (ends[3].revents & POLLOUT) flush_end(&page);
        if (ends[2].revents & ~POLLOUT && chat.socket >= 0) take(&chat);
        if (ends[3].revents & ~POLLOUT && page.socket >= 0) take(&page);
        if (awaited && page.upgraded && room[0] != '\0') {
            awaited = false;
            printf("{\"room\":\"%s\"}\n", room);
            fflush(stdout);
        }
        if (wanted == 0) continue;
        if (chat.socket < 0) fail("the host has left the chat");
        while (said < wanted && monotonic_ns() >= due_ns()) say_next();
        bool is_late = monotonic_ns() > due_ns() + (uint64_t)drain_ms * 1000000u;
        if (said == wanted && (arrived == wanted || is_late)) report();
    }
}
