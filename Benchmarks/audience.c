#define _GNU_SOURCE
#include "audience.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    /// Handshakes at once: a storm of them is another measurement.
    opening_limit = 64,
    /// Frames by which the first page may be ahead of the last; the window of a closed loop is far below.
    lead_limit = 1 << 14,
    /// Where the host's messages say what they are: the members that grow come after.
    start_of_message = 512,
};

static void open_more(struct audience *audience) {
    while (audience->opened < audience->wanted
           && audience->opened - audience->ready - audience->failed - audience->lost < opening_limit) {
        struct page *page = &audience->pages[audience->opened++];
        page->actor = ACTOR_PAGE;
        page->socket = connect_to_loopback(audience->port);
        struct epoll_event wish = {.events = EPOLLOUT, .data.ptr = page};
        epoll_ctl(audience->poller, EPOLL_CTL_ADD, page->socket, &wish);
    }
}

void audience_open(struct audience *audience) {
    audience->pages = calloc(audience->wanted + 1, sizeof *audience->pages);
    audience->reached = calloc(lead_limit, sizeof *audience->reached);
    if (!audience->pages || !audience->reached) fail("no memory for %zu pages", audience->wanted);
    open_more(audience);
}

bool audience_is_settled(const struct audience *audience) {
    return audience->ready + audience->failed + audience->lost == audience->wanted;
}

void audience_begin_phase(struct audience *audience) {
    audience->frames = audience->bytes = audience->gaps = audience->complete = audience->last_frame_ns = 0;
    memset(audience->reached, 0, lead_limit * sizeof *audience->reached);
    memset(audience->delays, 0, sizeof audience->delays);
    for (size_t i = 0; i < audience->opened; i++) audience->pages[i].frames = audience->pages[i].story = 0;
}

struct audience_summary audience_summary(const struct audience *audience) {
    struct audience_summary summary = {0};
    const struct page *first = NULL;
    for (size_t i = 0; i < audience->opened; i++) {
        const struct page *page = &audience->pages[i];
        if (page->state != PAGE_READY) continue;
        if (!first) {
            first = page;
            summary.fewest = summary.most = page->frames;
        }
        if (page->frames < summary.fewest) summary.fewest = page->frames;
        if (page->frames > summary.most) summary.most = page->frames;
        if (page->story != first->story) summary.disordered++;
    }
    return summary;
}

unsigned audience_delay(const struct audience *audience, double share) {
    uint64_t all = 0, seen = 0;
    for (unsigned i = 0; i < delays_held; i++) all += audience->delays[i];
    for (unsigned i = 0; all > 0 && i < delays_held; i++) {
        seen += audience->delays[i];
        if ((double)seen >= share * (double)all) return i;
    }
    return 0;
}

/// Compares the stamp of the host's envelope, `…:SS.mmmZ`, with the clock of this machine, which is the same one.
static void see_stamp(struct audience *audience, const unsigned char *text, size_t count) {
    // The stamp is the last but one member, and what follows it is short.
    size_t tail = count < 128 ? count : 128;
    const unsigned char *stamp = memmem(text + count - tail, tail, "\"timestamp\":\"", 13);
    if (!stamp || stamp + 37 > text + count) return;
    const unsigned char *seconds = stamp + 13 + 17;
    int then = (seconds[0] - '0') * 10000 + (seconds[1] - '0') * 1000 + (seconds[3] - '0') * 100
        + (seconds[4] - '0') * 10 + (seconds[5] - '0');
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int delay = ((int)(now.tv_sec % 60) * 1000 + (int)(now.tv_nsec / 1000000) - then + 60000) % 60000;
    audience->delays[delay < delays_held - 1 ? delay : delays_held - 1]++;
}

static void leave(struct audience *audience, struct page *page) {
    if (page->state == PAGE_READY) {
        audience->ready--;
        audience->lost++;
    } else {
        audience->failed++;
    }
    page->state = PAGE_GONE;
    close(page->socket);
    buffer_free(&page->in);
    open_more(audience);
}

/// Sends a few bytes; a page that cannot even take those is no use.
static bool say(struct page *page, const struct buffer *bytes) {
    return send(page->socket, bytes->bytes, bytes->count, MSG_NOSIGNAL) == (ssize_t)bytes->count;
}

static bool say_frame(struct page *page, enum opcode opcode, const void *payload, size_t count) {
    struct buffer frame = {0};
    add_frame(&frame, opcode, payload, count, true);
    bool done = say(page, &frame);
    buffer_free(&frame);
    return done;
}

static bool ask_for_upgrade(const struct audience *audience, struct page *page) {
    struct buffer request = {0};
    // The key of RFC 6455 section 1.3, whose answer is known there.
    buffer_text(&request,
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", audience->port);
    if (audience->cookie) buffer_text(&request, "Cookie: %s\r\n", audience->cookie);
    buffer_text(&request, "\r\n");
    bool done = say(page, &request);
    buffer_free(&request);
    page->state = PAGE_UPGRADING;
    struct epoll_event wish = {.events = EPOLLIN, .data.ptr = page};
    epoll_ctl(audience->poller, EPOLL_CTL_MOD, page->socket, &wish);
    return done;
}

static void become_ready(struct audience *audience, struct page *page) {
    page->state = PAGE_READY;
    audience->ready++;
    open_more(audience);
}

/// Takes the answer to the handshake from the front of what came in; `false` when it is a wrong one.
static bool finish_upgrade(struct audience *audience, struct page *page) {
    char *end = memmem(page->in.bytes, page->in.count, "\r\n\r\n", 4);
    if (!end) return page->in.count < 8192;
    size_t head = (size_t)(end - (char *)page->in.bytes) + 4;
    if (strncmp((char *)page->in.bytes, "HTTP/1.1 101", 12) != 0
        || !memmem(page->in.bytes, head, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", 28))
        return false;
    buffer_drop(&page->in, head);
    if (!audience->subscription) {
        become_ready(audience, page);
        return true;
    }
    page->state = PAGE_SUBSCRIBING;
    return say_frame(page, OP_TEXT, audience->subscription, strlen(audience->subscription));
}

/// The whole number after `name` in these bytes, and where it was.
static bool number_after(const unsigned char *bytes, size_t count, const char *name, uint64_t *number,
                         const unsigned char **place) {
    const unsigned char *found = memmem(bytes, count, name, strlen(name));
    if (!found) return false;
    *place = found += strlen(name);
    *number = 0;
    for (; found < bytes + count && *found >= '0' && *found <= '9'; found++) *number = *number * 10 + (*found - '0');
    return true;
}

static void fold(struct page *page, uint64_t value) {
    page->story = (page->story ^ value) * 1099511628211u;
}

/// Notes a widget's revision; a patch must bring the one after the last, a snapshot may bring any.
static void see_widget(struct audience *audience, struct page *page, uint64_t widget, uint64_t rev, bool whole) {
    unsigned i = 0;
    while (i < page->widget_count && page->widgets[i].widget != widget) i++;
    if (i == widgets_of_a_page) return;
    bool is_new = i == page->widget_count;
    if (is_new) page->widget_count++;
    // Without the snapshot nobody knows where a widget begins, so a first patch proves nothing.
    if (!whole && !is_new && rev != page->widgets[i].rev + 1) audience->gaps++;
    page->widgets[i].widget = widget;
    page->widgets[i].rev = rev;
}

/// Goes through the widgets of a snapshot or the one of a patch.
///
/// Quotes inside JSON texts are escaped, so these names are found as member names only.
static void see_widgets(struct audience *audience, struct page *page, const unsigned char *text, size_t count,
                        bool whole) {
    static const char name[] = "\"widgetId\":\"";
    const unsigned char *end = text + count;
    const unsigned char *at = text;
    while ((at = memmem(at, (size_t)(end - at), name, sizeof name - 1))) {
        uint64_t widget = 14695981039346656037u, rev;
        for (at += sizeof name - 1; at < end && *at != '"'; at++) widget = (widget ^ *at) * 1099511628211u;
        if (!number_after(at, (size_t)(end - at), "\"rev\":", &rev, &at)) return;
        see_widget(audience, page, widget, rev, whole);
        if (!whole) {
            fold(page, widget);
            fold(page, rev);
            return;
        }
    }
}

static void see_seq(struct audience *audience, struct page *page, const unsigned char *text, size_t count) {
    uint64_t seq;
    const unsigned char *at;
    if (count > start_of_message) count = start_of_message;
    if (number_after(text, count, "\"lastSeq\":", &seq, &at)) {
        page->seq = seq;
    } else if (number_after(text, count, "\"seq\":", &seq, &at)) {
        if (audience->gapless && seq != page->seq + 1) audience->gaps++;
        page->seq = seq;
        fold(page, seq);
    }
}

static bool is_of_type(const unsigned char *text, size_t count, const char *type) {
    static const char start[] = "{\"type\":\"";
    size_t prefix = sizeof start - 1, length = strlen(type);
    return count > prefix + length && memcmp(text, start, prefix) == 0 && memcmp(text + prefix, type, length) == 0
        && text[prefix + length] == '"';
}

static void see(struct audience *audience, struct page *page, const unsigned char *text, size_t count) {
    if (page->state == PAGE_SUBSCRIBING) become_ready(audience, page);
    if (is_of_type(text, count, "overlay:snapshot")) {
        see_widgets(audience, page, text, count, true);
    } else if (is_of_type(text, count, "overlay:patch")) {
        see_widgets(audience, page, text, count, false);
        see_stamp(audience, text, count);
    } else {
        see_seq(audience, page, text, count);
    }
    if (audience->counted && !is_of_type(text, count, audience->counted)) return;
    audience->frames++;
    audience->bytes += count;
    uint64_t place = ++page->frames;
    if (++audience->reached[place % lead_limit] >= audience->ready) {
        audience->reached[place % lead_limit] = 0;
        audience->complete = place;
    }
}

/// Takes whole frames from these bytes and says how many bytes that were, or -1 when the page is done for.
static ssize_t take_frames(struct audience *audience, struct page *page, const unsigned char *bytes, size_t count) {
    struct frame frame;
    size_t done = 0;
    while (read_frame(bytes + done, count - done, &frame)) {
        done += frame.length;
        switch (frame.opcode) {
        case OP_TEXT:
            if (!frame.final || frame.masked) return -1;
            see(audience, page, frame.payload, frame.count);
            break;
        case OP_PING:
            if (!say_frame(page, OP_PONG, frame.payload, frame.count)) return -1;
            break;
        case OP_PONG: break;
        default: return -1;
        }
    }
    return (ssize_t)done;
}

static bool receive(struct audience *audience, struct page *page) {
    static unsigned char chunk[1 << 18];
    ssize_t count = recv(page->socket, chunk, sizeof chunk, 0);
    if (count < 0) return errno == EAGAIN;
    if (count == 0) return false;
    audience->last_frame_ns = monotonic_ns();
    bool direct = page->in.count == 0 && page->state != PAGE_UPGRADING;
    if (direct) {
        // The usual case copies nothing: what was received are whole frames.
        ssize_t done = take_frames(audience, page, chunk, (size_t)count);
        if (done >= 0 && done < count) buffer_add(&page->in, chunk + done, (size_t)(count - done));
        return done >= 0;
    }
    buffer_add(&page->in, chunk, (size_t)count);
    if (page->state == PAGE_UPGRADING) {
        if (!finish_upgrade(audience, page)) return false;
        if (page->state == PAGE_UPGRADING) return true;
    }
    ssize_t done = take_frames(audience, page, page->in.bytes, page->in.count);
    if (done < 0) return false;
    buffer_drop(&page->in, (size_t)done);
    if (page->in.count == 0) buffer_free(&page->in);
    return true;
}

void audience_handle(struct audience *audience, struct page *page, uint32_t events) {
    if (page->state == PAGE_GONE) return;
    bool lives = page->state == PAGE_CONNECTING && !(events & (EPOLLERR | EPOLLHUP))
        ? ask_for_upgrade(audience, page)
        : page->state != PAGE_CONNECTING && receive(audience, page);
    if (!lives) leave(audience, page);
}
