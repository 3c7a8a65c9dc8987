// The floor of a line that is kept before it is shown: whatever has come is written and synced, then sent back.
//
//     keeper keep FILE            says `port N`, then keeps what comes through one connection in that file
//     keeper say PORT COUNT RATE  says lines to a keeper, so many a second, and prints how long they took as JSON
//
// It reads no line and knows nobody: a commit is the bytes of one of the host's, in one write.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "wire.h"

enum {
    /// Bytes of a line as Twitch sends it.
    line_size = 378,
    /// What SQLite writes for a commit of a line or two: five pages.
    commit_size = 5 * 4096,
    /// The file begins anew after so many commits, as a log does that is written back.
    commits = 200,
    lines_limit = 1000000,
    late_ms = 5000,
};

static int keep(const char *path) {
    uint16_t port;
    int listener = listen_on_loopback(&port);
    printf("port %u\n", port);
    fflush(stdout);
    struct pollfd wanted = {.fd = listener, .events = POLLIN};
    if (poll(&wanted, 1, -1) < 0) fail("%s", strerror(errno));
    int socket = accept(listener, NULL, NULL);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (socket < 0 || file < 0) fail("%s: %s", path, strerror(errno));
    static unsigned char lines[1 << 16], pages[commit_size];
    for (size_t commit = 0;; commit++) {
        ssize_t count = recv(socket, lines, sizeof lines, 0);
        if (count <= 0) return 0;
        if (pwrite(file, pages, sizeof pages, (off_t)(commit % commits * sizeof pages)) != sizeof pages
            || fdatasync(file))
            fail("%s: %s", path, strerror(errno));
        if (send(socket, lines, (size_t)count, MSG_NOSIGNAL) != count) return 0;
    }
}

static int say(uint16_t port, size_t count, double rate) {
    int socket = connect_to_loopback(port);
    struct pollfd end = {.fd = socket, .events = POLLOUT};
    poll(&end, 1, late_ms);
    uint64_t *said_ns = calloc(count, sizeof *said_ns);
    double *delays_us = calloc(count, sizeof *delays_us);
    if (!said_ns || !delays_us) fail("no memory for %zu lines", count);
    end.events = POLLIN;
    const char line[line_size] = {0};
    uint64_t began_ns = monotonic_ns();
    size_t said = 0, bytes = 0, arrived = 0;
    while (arrived < count) {
        uint64_t now = monotonic_ns(), due = began_ns + (uint64_t)((double)said * 1e9 / rate);
        for (; said < count && due <= now; due = began_ns + (uint64_t)((double)said * 1e9 / rate)) {
            said_ns[said++] = monotonic_ns();
            if (send(socket, line, sizeof line, MSG_NOSIGNAL) != sizeof line) fail("%s", strerror(errno));
        }
        uint64_t wait_ns = said < count ? due - now : (uint64_t)late_ms * 1000000u;
        struct timespec pause = {.tv_sec = (time_t)(wait_ns / 1000000000u), .tv_nsec = (long)(wait_ns % 1000000000u)};
        int ready = ppoll(&end, 1, &pause, NULL);
        if (ready == 0 && said == count) break;
        if (ready <= 0) continue;
        unsigned char chunk[1 << 16];
        ssize_t taken = recv(socket, chunk, sizeof chunk, 0);
        if (taken <= 0) fail("the keeper has gone");
        now = monotonic_ns();
        for (bytes += (size_t)taken; (arrived + 1) * line_size <= bytes; arrived++)
            delays_us[arrived] = (double)(now - said_ns[arrived]) / 1e3;
    }
    qsort(delays_us, arrived, sizeof *delays_us, delays_order);
    printf("{\"said\":%zu,\"arrived\":%zu,\"p50\":%.1f,\"p99\":%.1f}\n", said, arrived,
        arrived ? delays_us[arrived / 2] : 0, arrived ? delays_us[arrived * 99 / 100] : 0);
    return 0;
}

int main(int count, char **words) {
    if (count == 3 && strcmp(words[1], "keep") == 0) return keep(words[2]);
    if (count == 5 && strcmp(words[1], "say") == 0) {
        unsigned long port = strtoul(words[2], NULL, 10), lines = strtoul(words[3], NULL, 10);
        double rate = strtod(words[4], NULL);
        if (port > 0 && port <= UINT16_MAX && lines > 0 && lines <= lines_limit && rate > 0)
            return say((uint16_t)port, lines, rate);
    }
    fail("`keep FILE` or `say PORT COUNT RATE` wanted");
}
