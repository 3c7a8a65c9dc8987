#include "jail.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#define FILTER_INSTRUCTIONS 512

static struct sock_filter filter[FILTER_INSTRUCTIONS];
static struct sock_fprog program = {.filter = filter};

/// Adds what a cell may do. Descriptor 3 is its socket and there is no other.
static int allow_calls(scmp_filter_ctx context) {
    static const int plain[] = {
        SCMP_SYS(brk),         SCMP_SYS(munmap),        SCMP_SYS(mremap),          SCMP_SYS(madvise),
        SCMP_SYS(exit),        SCMP_SYS(exit_group),    SCMP_SYS(rt_sigreturn),    SCMP_SYS(clock_gettime),
        SCMP_SYS(time),        SCMP_SYS(gettimeofday),  SCMP_SYS(restart_syscall),
    };
    int failed = 0;
    for (size_t index = 0; index < sizeof plain / sizeof *plain; index++) {
        failed |= seccomp_rule_add(context, SCMP_ACT_ALLOW, plain[index], 0);
    }
    // Of these the arguments matter, and a memory mapping is private, of no file and never executable.
    static const struct {
        int call;
        struct scmp_arg_cmp argument;
    } checked[] = {
        {SCMP_SYS(read), {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = 3}},
        {SCMP_SYS(write), {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = 3}},
        {SCMP_SYS(rt_sigaction), {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = SIGPROF}},
        {SCMP_SYS(setitimer), {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = ITIMER_PROF}},
    };
    for (size_t index = 0; index < sizeof checked / sizeof *checked; index++) {
        failed |= seccomp_rule_add(context, SCMP_ACT_ALLOW, checked[index].call, 1, checked[index].argument);
    }
    const struct scmp_arg_cmp mapping[] = {
        {.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = ~(scmp_datum_t)(PROT_READ | PROT_WRITE), .datum_b = 0},
        {.arg = 3, .op = SCMP_CMP_EQ, .datum_a = MAP_PRIVATE | MAP_ANONYMOUS},
    };
    failed |= seccomp_rule_add_array(context, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, mapping);
    return failed;
}

bool jail_prepare(void) {
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (context == NULL) return false;
    int ends[2] = {-1, -1};
    bool isBuilt = allow_calls(context) == 0 && pipe(ends) == 0 && seccomp_export_bpf(context, ends[1]) == 0;
    if (isBuilt) {
        ssize_t length = read(ends[0], filter, sizeof filter);
        isBuilt = length > 0 && (size_t)length < sizeof filter && length % (ssize_t)sizeof *filter == 0;
        if (isBuilt) program.len = (unsigned short)((size_t)length / sizeof *filter);
    }
    if (ends[0] >= 0) close(ends[0]);
    if (ends[1] >= 0) close(ends[1]);
    seccomp_release(context);
    return isBuilt;
}

static bool limit_resources(void) {
    static const struct {
        int resource;
        rlim_t limit;
    } limits[] = {
        {RLIMIT_DATA, 96 << 20}, {RLIMIT_AS, 256 << 20}, {RLIMIT_NOFILE, 4}, {RLIMIT_FSIZE, 0},
        {RLIMIT_CORE, 0},        {RLIMIT_NPROC, 0},      {RLIMIT_MEMLOCK, 0},
    };
    bool isSet = true;
    for (size_t index = 0; index < sizeof limits / sizeof *limits; index++) {
        struct rlimit limit = {limits[index].limit, limits[index].limit};
        isSet = setrlimit((__rlimit_resource_t)limits[index].resource, &limit) == 0 && isSet;
    }
    return isSet;
}

/// The fields of newer kernels than the headers know.
struct landlock_rules {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

#define LANDLOCK_CREATE_RULESET 444
#define LANDLOCK_RESTRICT_SELF 446

static bool deny_files_and_network(void) {
    long version = syscall(LANDLOCK_CREATE_RULESET, NULL, 0, 1);
    if (version < 1) return false;
    struct landlock_rules rules = {.files = (1u << 13) - 1};
    size_t size = sizeof rules.files;
    if (version >= 2) rules.files |= 1u << 13;
    if (version >= 3) rules.files |= 1u << 14;
    if (version >= 4) {
        rules.network = 3;
        size += sizeof rules.network;
    }
    if (version >= 5) rules.files |= 1u << 15;
    if (version >= 6) {
        rules.scopes = 3;
        size += sizeof rules.scopes;
    }
    long descriptor = syscall(LANDLOCK_CREATE_RULESET, &rules, size, 0);
    if (descriptor < 0) return false;
    bool stands = syscall(LANDLOCK_RESTRICT_SELF, descriptor, 0) == 0;
    close((int)descriptor);
    return stands;
}

/// Against reading memory by timing; a processor that needs no such switch counts as having it.
static bool limit_speculation(void) {
    static const int features[] = {PR_SPEC_STORE_BYPASS, PR_SPEC_INDIRECT_BRANCH};
    bool stands = true;
    for (size_t index = 0; index < sizeof features / sizeof *features; index++) {
        if (prctl(PR_SET_SPECULATION_CTRL, features[index], PR_SPEC_FORCE_DISABLE, 0, 0) == 0) continue;
        int state = prctl(PR_GET_SPECULATION_CTRL, features[index], 0, 0, 0);
        if (state != PR_SPEC_NOT_AFFECTED && !(state > 0 && state & (PR_SPEC_DISABLE | PR_SPEC_FORCE_DISABLE))) {
            stands = false;
        }
    }
    return stands;
}

void jail_zygote(void) {
    static const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_FSIZE, &none);
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    deny_files_and_network();
}

uint32_t jail_enter(void) {
    uint32_t layers = 0;
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    if (setpriority(PRIO_PROCESS, 0, 5) == 0) layers |= JAIL_NICE;
    if (limit_speculation()) layers |= JAIL_SPECULATION;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) layers |= JAIL_NO_NEW_PRIVILEGES;
    if (deny_files_and_network()) layers |= JAIL_LANDLOCK;
    if (limit_resources()) layers |= JAIL_RESOURCE_LIMITS;
    if (program.len > 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0) layers |= JAIL_SECCOMP;
    return layers;
}
