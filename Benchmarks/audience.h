// The pages: many WebSockets of one process that count and check every frame they get.
#ifndef AUDIENCE_H
#define AUDIENCE_H

#include "wire.h"

/// What an event of the poller belongs to; the first member of whatever it points at.
enum actor { ACTOR_PAGE, ACTOR_POSTER, ACTOR_COMMANDS };

enum { widgets_of_a_page = 16, delays_held = 1001 };

struct page {
    enum actor actor;
    enum { PAGE_CONNECTING, PAGE_UPGRADING, PAGE_SUBSCRIBING, PAGE_READY, PAGE_GONE } state;
    int socket;
    struct buffer in;
    /// Frames of this phase.
    uint64_t frames;
    /// What the frames of this phase said about themselves, folded: pages that saw the same have the same.
    uint64_t story;
    uint64_t seq;
    unsigned widget_count;
    struct {
        uint64_t widget;
        uint64_t rev;
    } widgets[widgets_of_a_page];
};

struct audience {
    // What the pages are.
    uint16_t port;
    int poller;
    size_t wanted;
    const char *cookie;
    /// What a page says first, or `NULL`; its first answer makes it ready.
    const char *subscription;
    /// The type of the frames that count, or `NULL` for all text frames.
    const char *counted;
    /// Whether `seq` must follow each other without a gap, which only the host promises.
    bool gapless;

    // How far they are.
    struct page *pages;
    size_t opened;
    size_t ready;
    size_t failed;
    size_t lost;

    // What they got in this phase.
    uint64_t frames;
    uint64_t bytes;
    uint64_t gaps;
    uint64_t last_frame_ns;
    /// Frames by the milliseconds since the host stamped them; the last place holds all that took longer.
    uint64_t delays[delays_held];
    /// Frames that every page has.
    uint64_t complete;
    uint32_t *reached;
};

void audience_open(struct audience *audience);
bool audience_is_settled(const struct audience *audience);
void audience_begin_phase(struct audience *audience);
void audience_handle(struct audience *audience, struct page *page, uint32_t events);

/// The least and the most frames that a page got in this phase, and how many pages saw another story than the first.
struct audience_summary {
    uint64_t fewest;
    uint64_t most;
    size_t disordered;
};
/// The milliseconds within which that share of the frames came, `delays_held - 1` for longer; 0 when none was stamped.
unsigned audience_delay(const struct audience *audience, double share);
struct audience_summary audience_summary(const struct audience *audience);

#endif
