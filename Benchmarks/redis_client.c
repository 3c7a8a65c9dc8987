// Asks Redis what stands in a file, as records of `u32 length | command as Redis reads it`, a quarter to warm up: one
// command at a time over the Unix socket, until its whole answer is there.
#include "clock.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char answer[1 << 20];

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

/// Reads one bulk text; whatever else comes is no answer to these commands.
static void read_answer(int descriptor) {
    size_t have = 0;
    for (;;) {
        ssize_t more = read(descriptor, answer + have, sizeof answer - 1 - have);
        if (more <= 0) fail("Redis has hung up");
        have += (size_t)more;
        answer[have] = 0;
        if (answer[0] != '$') fail(answer);
        char *line = strstr(answer, "\r\n");
        if (line == NULL) continue;
        if (have >= (size_t)(line - answer) + 2 + strtoul(answer + 1, NULL, 10) + 2) return;
    }
}

int main(int count, char **arguments) {
    if (count != 3) return 64;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, arguments[1], sizeof address.sun_path - 1);
    int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) fail("no Redis at this socket");
    const char *end;
    const char *at = file_bytes(arguments[2], &end);
    static struct delays delays;
    while (at < end) {
        uint32_t length;
        memcpy(&length, at, sizeof length);
        at += sizeof length;
        delays_begin(&delays);
        if (write(descriptor, at, length) != (ssize_t)length) fail("Redis takes nothing");
        read_answer(descriptor);
        delays_end(&delays);
        at += length;
    }
    delays_print(&delays, "redis");
    return 0;
}
