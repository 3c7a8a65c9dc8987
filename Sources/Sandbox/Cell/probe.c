#include "probe.h"
#include "json.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

void probe(struct span payload) {
    static const char *const names[] = {"try"};
    struct span tried;
    json_members(payload, names, &tried, 1);
    if (span_is(tried, "\"open\"")) open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    if (span_is(tried, "\"socket\"")) socket(AF_INET, SOCK_STREAM, 0);
    if (span_is(tried, "\"execve\"")) execve("/bin/true", (char *[]){"true", NULL}, (char *[]){NULL});
    if (span_is(tried, "\"fork\"")) (void)!fork();
    if (span_is(tried, "\"kill\"")) kill(1, 0);
    if (span_is(tried, "\"ptrace\"")) ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    if (span_is(tried, "\"wx\"")) {
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    }
}
