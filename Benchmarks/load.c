// The load generator: opens pages, posts deliveries, and checks that every page gets every frame, once and in order.
//
// It says when its pages are ready, then does what it is told on standard input, one line each, and answers each with
// one line of JSON:
//
//     post COUNT RATE WINDOW SECONDS
//
// RATE 0 posts as fast as at most WINDOW unfinished deliveries allow; with another RATE, so many a second whatever
// happens. A delivery is finished when every page has its frame, or without pages when it is answered.
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "audience.h"
#include "delivery.h"

enum {
    posters_limit = 256,
    pages_limit = 20000,
    window_limit = 1024,
    posts_limit = 1000000,
    seconds_limit = 600,
    /// Without a fixed number of frames a phase has ended when nothing has come for so long.
    quiet_ms = 500,
    drain_ms = 5000,
};

/// A keep-alive connection with at most one request on its way.
struct poster {
    enum actor actor;
    int socket;
    bool connected;
    bool busy;
    struct buffer in;
    struct buffer out;
};

static struct {
    bool runs;
    uint64_t count;
    double rate;
    uint64_t window;
    uint64_t began_ns;
    uint64_t ends_ns;
    uint64_t began_cpu_ns;
    uint64_t posted;
    uint64_t answered;
    uint64_t refused;
    int refusal;
    uint64_t late;
    uint64_t last_answer_ns;
} phase;

static struct audience audience;
static struct delivery_kind deliveries;
static struct poster posters[posters_limit];
static size_t poster_count = 1;
static uint64_t deliveries_made;
static struct buffer command;
static enum actor commands = ACTOR_COMMANDS;

static uint64_t own_cpu_ns(void) {
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

// MARK: Posting

static void watch(struct poster *poster, int operation, uint32_t events) {
    struct epoll_event wish = {.events = events, .data.ptr = poster};
    epoll_ctl(audience.poller, operation, poster->socket, &wish);
}

static void open_poster(struct poster *poster) {
    poster->actor = ACTOR_POSTER;
    poster->connected = poster->busy = false;
    poster->in.count = poster->out.count = 0;
    poster->socket = connect_to_loopback(audience.port);
    watch(poster, EPOLL_CTL_ADD, EPOLLOUT);
}

static void finish_answer(struct poster *poster, int status) {
    poster->busy = false;
    phase.answered++;
    phase.last_answer_ns = monotonic_ns();
    if (status >= 200 && status < 300) return;
    phase.refused++;
    phase.refusal = status;
}

static void reopen(struct poster *poster) {
    if (!poster->connected) fail("port %u refuses connections", audience.port);
    if (poster->busy) finish_answer(poster, 0);
    close(poster->socket);
    open_poster(poster);
}

static void write_request(struct poster *poster) {
    ssize_t sent = send(poster->socket, poster->out.bytes, poster->out.count, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return reopen(poster);
    if (sent > 0) buffer_drop(&poster->out, (size_t)sent);
    if (poster->out.count > 0) watch(poster, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

/// Takes an answer with its body from what came in; `false` while it is incomplete.
static bool take_answer(struct poster *poster) {
    char *end = memmem(poster->in.bytes, poster->in.count, "\r\n\r\n", 4);
    if (!end) return false;
    *end = '\0';
    char *text = (char *)poster->in.bytes;
    char *length = strcasestr(text, "\r\ncontent-length:");
    size_t size = (size_t)(end - text) + 4 + (length ? strtoul(length + 17, NULL, 10) : 0);
    int status = strncmp(text, "HTTP/1.1 ", 9) == 0 ? atoi(text + 9) : 0;
    *end = '\r';
    if (poster->in.count < size) return false;
    buffer_drop(&poster->in, size);
    finish_answer(poster, status);
    return true;
}

static void handle_poster(struct poster *poster, uint32_t events) {
    if (!poster->connected) {
        if (events & (EPOLLERR | EPOLLHUP)) return reopen(poster);
        poster->connected = true;
    }
    if (events & EPOLLOUT) {
        watch(poster, EPOLL_CTL_MOD, EPOLLIN);
        if (poster->out.count > 0) write_request(poster);
    }
    if (!(events & (EPOLLIN | EPOLLERR | EPOLLHUP))) return;
    unsigned char bytes[4096];
    ssize_t count = recv(poster->socket, bytes, sizeof bytes, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return reopen(poster);
    buffer_add(&poster->in, bytes, (size_t)count);
    while (poster->busy && take_answer(poster)) {}
}

static struct poster *idle_poster(void) {
    static size_t next;
    for (size_t i = 0; i < poster_count; i++) {
        struct poster *poster = &posters[next++ % poster_count];
        if (poster->connected && !poster->busy) return poster;
    }
    return NULL;
}

// MARK: Phases

static uint64_t unfinished(void) {
    uint64_t sent = phase.posted - phase.refused;
    uint64_t done = audience.ready > 0 ? audience.complete : phase.answered - phase.refused;
    // A server that repeats itself would finish more than was sent; the report shows it.
    return done < sent ? sent - done : 0;
}

static uint64_t due_ns(uint64_t number) {
    return phase.began_ns + (uint64_t)((double)number * 1e9 / phase.rate);
}

static void post_what_is_due(void) {
    while (phase.posted < phase.count) {
        uint64_t now = monotonic_ns();
        if (now >= phase.ends_ns) {
            phase.count = phase.posted;
            return;
        }
        if (phase.rate > 0 ? now < due_ns(phase.posted) : unfinished() >= phase.window) return;
        struct poster *poster = idle_poster();
        if (!poster) return;
        // An open loop that waits for answers is none; this says when it did.
        if (phase.rate > 0 && now > due_ns(phase.posted) + 10000000u) phase.late++;
        poster->busy = true;
        add_delivery(&poster->out, &deliveries, ++deliveries_made);
        phase.posted++;
        write_request(poster);
    }
}

static bool is_over(void) {
    if (phase.posted < phase.count) return false;
    uint64_t now = monotonic_ns();
    uint64_t last = audience.last_frame_ns > phase.last_answer_ns ? audience.last_frame_ns : phase.last_answer_ns;
    if (last < phase.began_ns) last = phase.began_ns;
    if (now > last + (uint64_t)drain_ms * 1000000u) return true;
    if (phase.answered < phase.posted) return false;
    return phase.rate > 0 ? now > last + (uint64_t)quiet_ms * 1000000u : unfinished() == 0;
}

static void report(void) {
    uint64_t now = monotonic_ns();
    uint64_t last = audience.last_frame_ns > phase.last_answer_ns ? audience.last_frame_ns : phase.last_answer_ns;
    struct audience_summary pages = audience_summary(&audience);
    printf("{\"posted\":%" PRIu64 ",\"accepted\":%" PRIu64 ",\"refused\":%" PRIu64 ",\"refusal\":%d,\"late\":%" PRIu64
           ",\"frames\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"fewest\":%" PRIu64 ",\"most\":%" PRIu64
           ",\"gaps\":%" PRIu64 ",\"disordered\":%zu,\"pages\":%zu,\"lost\":%zu,\"seconds\":%.6f,"
           "\"delayMedian\":%u,\"delay99\":%u,\"generatorBusy\":%.4f}\n",
        phase.posted, phase.answered - phase.refused, phase.refused, phase.refusal, phase.late, audience.frames,
        audience.bytes, pages.fewest, pages.most, audience.gaps, pages.disordered, audience.ready, audience.lost,
        last > phase.began_ns ? (double)(last - phase.began_ns) / 1e9 : 0.0,
        audience_delay(&audience, 0.5), audience_delay(&audience, 0.99),
        (double)(own_cpu_ns() - phase.began_cpu_ns) / (double)(now - phase.began_ns));
    fflush(stdout);
}

static void begin(const char *line) {
    unsigned long count, window, seconds;
    double rate;
    if (sscanf(line, "post %lu %lf %lu %lu", &count, &rate, &window, &seconds) != 4 || count > posts_limit || rate < 0
        || rate > 100000 || window > window_limit || seconds > seconds_limit || (rate == 0 && window == 0))
        fail("\"%s\" seen, \"post COUNT RATE WINDOW SECONDS\" wanted", line);
    memset(&phase, 0, sizeof phase);
    phase.runs = true;
    phase.count = count;
    phase.rate = rate;
    phase.window = window;
    audience_begin_phase(&audience);
    phase.began_cpu_ns = own_cpu_ns();
    phase.began_ns = monotonic_ns();
    phase.ends_ns = phase.began_ns + seconds * 1000000000u;
}

/// Reads commands; `false` when there will be no more.
static bool read_commands(void) {
    char bytes[256];
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count <= 0) return false;
    buffer_add(&command, bytes, (size_t)count);
    unsigned char *end = memchr(command.bytes, '\n', command.count);
    if (!end) return true;
    if (phase.runs) fail("a command came while another one runs");
    *end = '\0';
    begin((char *)command.bytes);
    buffer_drop(&command, (size_t)(end - command.bytes) + 1);
    return true;
}

static int milliseconds_to_wait(void) {
    if (!phase.runs) return 1000;
    if (phase.rate == 0 || phase.posted >= phase.count) return 50;
    uint64_t now = monotonic_ns(), due = due_ns(phase.posted);
    return due <= now ? 1 : (int)((due - now) / 1000000u) + 1;
}

// MARK: Start

static unsigned long number(const char *name, const char *text, unsigned long limit) {
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text == '\0' || *end != '\0' || value > limit)
        fail("--%s: \"%s\" seen, at most %lu wanted", name, text, limit);
    return value;
}

static void read_options(int count, char **arguments) {
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},       {"pages", required_argument, NULL, 'n'},
        {"cookie", required_argument, NULL, 'c'},     {"subscription", required_argument, NULL, 's'},
        {"counted", required_argument, NULL, 't'},    {"gapless", no_argument, NULL, 'g'},
        {"posters", required_argument, NULL, 'k'},    {"path", required_argument, NULL, 'u'},
        {"broadcaster", required_argument, NULL, 'b'}, {"size", required_argument, NULL, 'z'},
        {NULL, 0, NULL, 0},
    };
    deliveries = (struct delivery_kind){.path = "/api/webhooks/twitch", .plain_size = 512};
    int option;
    while ((option = getopt_long(count, arguments, "", options, NULL)) >= 0) {
        switch (option) {
        case 'p': audience.port = (uint16_t)number("port", optarg, 65535); break;
        case 'n': audience.wanted = number("pages", optarg, pages_limit); break;
        case 'c': audience.cookie = optarg; break;
        case 's': audience.subscription = optarg; break;
        case 't': audience.counted = optarg; break;
        case 'g': audience.gapless = true; break;
        case 'k': poster_count = number("posters", optarg, posters_limit); break;
        case 'u': deliveries.path = optarg; break;
        case 'b': deliveries.broadcaster = optarg; break;
        case 'z': deliveries.plain_size = number("size", optarg, 60000); break;
        default: exit(64);
        }
    }
    // The same name as the host's setting, and not on the command line, where everybody can read it.
    deliveries.secret = getenv("TWITCH_EVENTSUB_SECRET");
    if (audience.port == 0) fail("--port is missing");
    if (deliveries.broadcaster && !deliveries.secret) fail("TWITCH_EVENTSUB_SECRET is missing");
}

int main(int count, char **arguments) {
    read_options(count, arguments);
    signal(SIGPIPE, SIG_IGN);
    audience.poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event wish = {.events = EPOLLIN, .data.ptr = &commands};
    if (epoll_ctl(audience.poller, EPOLL_CTL_ADD, STDIN_FILENO, &wish) != 0) fail("standard input must be a pipe");
    uint64_t began = monotonic_ns();
    for (size_t i = 0; i < poster_count; i++) open_poster(&posters[i]);
    audience_open(&audience);
    bool said_ready = false;
    for (;;) {
        if (!said_ready && audience_is_settled(&audience)) {
            said_ready = true;
            printf("{\"ready\":%zu,\"failed\":%zu,\"seconds\":%.3f}\n", audience.ready,
                audience.failed + audience.lost, (double)(monotonic_ns() - began) / 1e9);
            fflush(stdout);
        }
        struct epoll_event events[1024];
        int happened = epoll_wait(audience.poller, events, 1024, milliseconds_to_wait());
        for (int i = 0; i < happened; i++) {
            switch (*(enum actor *)events[i].data.ptr) {
            case ACTOR_PAGE: audience_handle(&audience, events[i].data.ptr, events[i].events); break;
            case ACTOR_POSTER: handle_poster(events[i].data.ptr, events[i].events); break;
            case ACTOR_COMMANDS:
                if (!read_commands()) return 0;
            }
        }
        if (!phase.runs) continue;
        post_what_is_due();
        if (!is_over()) continue;
        phase.runs = false;
        report();
    }
}
