// What is posted: a chat line signed as Twitch signs it, or a plain body for the servers we compare with.
#ifndef DELIVERY_H
#define DELIVERY_H

#include "wire.h"

/// Says how deliveries are made; set once.
struct delivery_kind {
    const char *path;
    /// The broadcaster of a Twitch delivery, or `NULL` for plain bodies.
    const char *broadcaster;
    const char *secret;
    /// The bytes of a plain body.
    size_t plain_size;
};

/// Adds the whole HTTP request of a new delivery; `number` is unlike that of any other.
void add_delivery(struct buffer *out, const struct delivery_kind *kind, uint64_t number);

#endif
