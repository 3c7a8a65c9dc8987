#define _GNU_SOURCE
#include "csend.h"

#include <errno.h>
#include <sys/socket.h>

void csend_all(const int *descriptors, size_t count, const void *bytes, size_t length, int64_t *results) {
    for (size_t index = 0; index < count; index++) {
        if (descriptors[index] < 0) {
            results[index] = 0;
            continue;
        }
        ssize_t sent;
        do {
            sent = send(descriptors[index], bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
        } while (sent < 0 && errno == EINTR);
        results[index] = sent < 0 ? -(int64_t)errno : (int64_t)sent;
    }
}
