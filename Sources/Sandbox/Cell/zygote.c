#include "zygote.h"
#include "jail.h"
#include "service.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONTROL 3
#define MOST_CELLS 4096

enum packet_kind { PACKET_SPAWN = 1, PACKET_KILL = 2, PACKET_READY = 0x80, PACKET_SPAWNED = 0x81, PACKET_ENDED = 0x82 };

struct packet {
    uint32_t kind;
    uint32_t second;
    uint32_t third;
    uint32_t fourth;
};

static pid_t cells[MOST_CELLS];
static size_t cell_count;
static uint32_t standing;

static bool send_packet(uint32_t kind, uint32_t second, uint32_t third, uint32_t fourth) {
    struct packet packet = {htole32(kind), htole32(second), htole32(third), htole32(fourth)};
    ssize_t sent;
    do {
        sent = send(CONTROL, &packet, sizeof packet, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == sizeof packet;
}

/// Leaves the process with one descriptor, 3.
static bool keep_only(int descriptor) {
    if (descriptor != 3 && dup2(descriptor, 3) != 3) return false;
    close(0);
    close(1);
    close(2);
    return syscall(SYS_close_range, 4u, ~0u, 0u) == 0;
}

static _Noreturn void be_cell(int descriptor, bool probes, pid_t zygote) {
    // Nobody could end it any more when the zygote is gone: it goes along.
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != zygote) _exit(70);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (!keep_only(descriptor)) _exit(70);
    if ((jail_enter() & standing) != standing) _exit(70);
    service_run(probes);
}

/// Jails a child and asks it how that went.
static uint32_t try_layers(void) {
    int ends[2];
    if (pipe(ends) != 0) return 0;
    pid_t child = fork();
    if (child == 0) {
        if (!keep_only(ends[1])) _exit(70);
        uint32_t layers = jail_enter();
        _exit(write(3, &layers, sizeof layers) == sizeof layers ? 0 : 70);
    }
    close(ends[1]);
    uint32_t layers = 0;
    if (child < 0 || read(ends[0], &layers, sizeof layers) != sizeof layers) layers = 0;
    close(ends[0]);
    int status = 0;
    if (child > 0 && (waitpid(child, &status, 0) != child || status != 0)) layers = 0;
    return layers;
}

static void spawn(uint32_t tag, int descriptor, bool probes) {
    pid_t child = -1;
    int failure = descriptor < 0 ? EBADF : EAGAIN;
    if (descriptor >= 0 && cell_count < MOST_CELLS) {
        pid_t zygote = getpid();
        child = fork();
        if (child == 0) be_cell(descriptor, probes, zygote);
        failure = errno;
    }
    if (child > 0) cells[cell_count++] = child;
    send_packet(PACKET_SPAWNED, tag, (uint32_t)(child > 0 ? child : -failure), standing);
}

static void kill_cell(pid_t pid) {
    for (size_t index = 0; index < cell_count; index++) {
        if (cells[index] == pid) kill(pid, SIGKILL);
    }
}

static void report_ended(void) {
    int status;
    pid_t ended;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
        for (size_t index = 0; index < cell_count; index++) {
            if (cells[index] != ended) continue;
            cells[index] = cells[--cell_count];
            break;
        }
        send_packet(PACKET_ENDED, 0, (uint32_t)ended, (uint32_t)status);
    }
}

/// Takes one packet; false when the host has gone.
static bool take_packet(bool probes) {
    struct packet packet;
    struct iovec part = {&packet, sizeof packet};
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr header;
    } rights;
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = rights.bytes, .msg_controllen = sizeof rights.bytes};
    ssize_t length = recvmsg(CONTROL, &message, MSG_CMSG_CLOEXEC);
    if (length < 0) return errno == EINTR || errno == EAGAIN;
    if (length == 0) return false;

    int descriptor = -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
        header->cmsg_len == CMSG_LEN(sizeof(int))) {
        memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    }
    if (length == sizeof packet) {
        switch (le32toh(packet.kind)) {
        case PACKET_SPAWN: spawn(le32toh(packet.second), descriptor, probes); break;
        case PACKET_KILL: kill_cell((pid_t)le32toh(packet.third)); break;
        default: break;
        }
    }
    if (descriptor >= 0) close(descriptor);
    return true;
}

/// Has every signal do what the kernel does: a library's handler that wants to describe a crash would look like an
/// escape, for it asks for what no cell may.
static void forget_handlers(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
}

int zygote_run(bool probes) {
    forget_handlers();
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    // Whatever the host had open and did not mean to hand over.
    syscall(SYS_close_range, CONTROL + 1u, ~0u, 0u);
    // Touched once here, the allocator is ready in every cell without asking the kernel for anything.
    free(malloc(1));
    jail_prepare();
    standing = try_layers();

    jail_zygote();

    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    int ended = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    if (ended < 0) return 70;
    if (!send_packet(PACKET_READY, 1, (uint32_t)getpid(), standing)) return 70;

    struct pollfd sources[] = {{.fd = CONTROL, .events = POLLIN}, {.fd = ended, .events = POLLIN}};
    for (;;) {
        if (poll(sources, 2, -1) < 0 && errno != EINTR) return 70;
        if (sources[1].revents & POLLIN) {
            struct signalfd_siginfo news;
            while (read(ended, &news, sizeof news) > 0) continue;
            report_ended();
        }
        if (sources[0].revents && !take_packet(probes)) return 0;
    }
}
