#define _GNU_SOURCE
#include "delivery.h"

#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static const char *const lines[] = {
    "that was closer than it had any right to be",
    "hello from the night shift, what did I miss?",
    "GG",
    "can we get the name of this song please",
    "I have been saying for weeks that the second route is faster and nobody listens",
    "no way no way no way",
    "first time here, this is very relaxing to work to",
    "the cat agrees",
};
enum { line_count = sizeof lines / sizeof lines[0], chatter_count = 200 };

/// Unlike that of every other run, so that no server takes a delivery for one it has seen.
static uint64_t run_number(void) {
    static uint64_t number;
    if (number == 0 && getrandom(&number, sizeof number, 0) != sizeof number) fail("no random numbers");
    return number;
}

/// Adds something of a UUID's form.
static void add_id(struct buffer *out, unsigned kind, uint64_t number) {
    uint64_t run = run_number();
    buffer_text(out, "%08x-%04x-4%03x-8%03x-%012llx", (unsigned)(run >> 32), (unsigned)(run >> 16) & 0xFFFF,
        (unsigned)run & 0xFFF, kind, (unsigned long long)number);
}

static void add_moment(struct buffer *out) {
    struct timespec now;
    struct tm calendar;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &calendar);
    buffer_text(out, "%04d-%02d-%02dT%02d:%02d:%02d.%09ldZ", calendar.tm_year + 1900, calendar.tm_mon + 1,
        calendar.tm_mday, calendar.tm_hour, calendar.tm_min, calendar.tm_sec, now.tv_nsec);
}

/// The body of `channel.chat.message`, with all members that Twitch documents.
static void add_chat_line(struct buffer *out, const char *broadcaster, uint64_t number) {
    unsigned chatter = (unsigned)(number * 7 % chatter_count);
    const char *line = lines[number % line_count];
    buffer_text(out,
        "{\"subscription\":{\"id\":\"0b7f3361-672b-4d39-b307-dd5b576c9b27\",\"status\":\"enabled\","
        "\"type\":\"channel.chat.message\",\"version\":\"1\",\"condition\":{\"broadcaster_user_id\":\"%s\","
        "\"user_id\":\"900001\"},\"transport\":{\"method\":\"webhook\",\"callback\":\"https://overlay.example/hook\"},"
        "\"created_at\":\"2026-02-01T00:00:00.000000000Z\",\"cost\":0},\"event\":{\"broadcaster_user_id\":\"%s\","
        "\"broadcaster_user_login\":\"bench\",\"broadcaster_user_name\":\"Bench\",\"chatter_user_id\":\"%u\","
        "\"chatter_user_login\":\"viewer_%u\",\"chatter_user_name\":\"Viewer_%u\",\"message_id\":\"",
        broadcaster, broadcaster, 700000 + chatter, chatter, chatter);
    add_id(out, 1, number);
    buffer_text(out,
        "\",\"message\":{\"text\":\"%s %llu\",\"fragments\":[{\"type\":\"text\",\"text\":\"%s %llu\","
        "\"cheermote\":null,\"emote\":null,\"mention\":null}]},\"color\":\"#2E8B57\",\"badges\":[{\"set_id\":"
        "\"subscriber\",\"id\":\"12\",\"info\":\"16\"}],\"message_type\":\"text\",\"cheer\":null,\"reply\":null,"
        "\"channel_points_custom_reward_id\":null,\"source_broadcaster_user_id\":null}}",
        line, (unsigned long long)number, line, (unsigned long long)number);
}

/// HMAC-SHA256 under the secret; the key is taken once, a delivery only begins again.
static void add_signature(struct buffer *out, const char *secret, const struct buffer *signed_bytes) {
    static EVP_MAC_CTX *code;
    if (!code) {
        EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "HMAC", NULL);
        code = algorithm ? EVP_MAC_CTX_new(algorithm) : NULL;
        OSSL_PARAM digest[] = {
            OSSL_PARAM_construct_utf8_string("digest", (char[]){"SHA256"}, 0), OSSL_PARAM_construct_end()
        };
        if (!code || !EVP_MAC_init(code, (const unsigned char *)secret, strlen(secret), digest))
            fail("libcrypto has no HMAC-SHA256");
    } else if (!EVP_MAC_init(code, NULL, 0, NULL)) {
        fail("libcrypto cannot begin a code again");
    }
    unsigned char bytes[32];
    size_t count = 0;
    if (!EVP_MAC_update(code, signed_bytes->bytes, signed_bytes->count)
        || !EVP_MAC_final(code, bytes, &count, sizeof bytes) || count != sizeof bytes)
        fail("libcrypto cannot sign");
    char digits[sizeof bytes * 2];
    for (size_t i = 0; i < sizeof digits; i++) {
        digits[i] = "0123456789abcdef"[i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2] & 15];
    }
    buffer_add(out, digits, sizeof digits);
}

static void add_twitch_delivery(struct buffer *out, const struct delivery_kind *kind, uint64_t number) {
    // What is signed is what follows one another here: message id, timestamp, body.
    static struct buffer text;
    text.count = 0;
    add_id(&text, 0, number);
    size_t id = text.count;
    add_moment(&text);
    size_t head = text.count;
    add_chat_line(&text, kind->broadcaster, number);
    buffer_text(out,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n"
        "Twitch-Eventsub-Message-Retry: 0\r\nTwitch-Eventsub-Message-Type: notification\r\n"
        "Twitch-Eventsub-Subscription-Type: channel.chat.message\r\nTwitch-Eventsub-Subscription-Version: 1\r\n"
        "Twitch-Eventsub-Message-Id: %.*s\r\nTwitch-Eventsub-Message-Timestamp: %.*s\r\n"
        "Twitch-Eventsub-Message-Signature: sha256=",
        kind->path, text.count - head, (int)id, (const char *)text.bytes, (int)(head - id),
        (const char *)text.bytes + id);
    add_signature(out, kind->secret, &text);
    buffer_text(out, "\r\n\r\n");
    buffer_add(out, text.bytes + head, text.count - head);
}

static void add_plain_delivery(struct buffer *out, const struct delivery_kind *kind, uint64_t number) {
    buffer_text(out,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
        kind->path, kind->plain_size);
    size_t start = out->count;
    // The same members at the start as in the host's frames, so that checking costs the same.
    buffer_text(out, "{\"type\":\"chat:message\",\"payload\":{\"id\":\"");
    add_id(out, 0, number);
    buffer_text(out, "\",\"seq\":%llu,\"text\":\"", (unsigned long long)number);
    static const char end[] = "\"}}";
    size_t wanted = start + kind->plain_size - (sizeof end - 1);
    if (out->count > wanted) fail("%zu bytes seen, at least 200 wanted", kind->plain_size);
    while (out->count < wanted) {
        static const char filling[] = "words that only fill the frame ";
        size_t part = sizeof filling - 1 < wanted - out->count ? sizeof filling - 1 : wanted - out->count;
        buffer_add(out, filling, part);
    }
    buffer_add(out, end, sizeof end - 1);
}

void add_delivery(struct buffer *out, const struct delivery_kind *kind, uint64_t number) {
    if (kind->broadcaster) {
        add_twitch_delivery(out, kind, number);
    } else {
        add_plain_delivery(out, kind, number);
    }
}
