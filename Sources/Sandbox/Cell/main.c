#include "zygote.h"

#include <string.h>
#include <unistd.h>

/// `streamvibes-cell [--probe]`, started by the host with descriptor 3 = the control socket and no environment.
int main(int count, char **arguments) {
    bool probes = count == 2 && strcmp(arguments[1], "--probe") == 0;
    if (count > 2 || (count == 2 && !probes)) {
        static const char usage[] = "streamvibes-cell is started by streamvibes\n";
        return write(2, usage, sizeof usage - 1) < 0 ? 70 : 64;
    }
    return zygote_run(probes);
}
