#include "budget.h"
#include "bounds.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

struct budget budget;

static volatile sig_atomic_t expired;

/// How much the heap must have grown since the last forced collection before the next one.
static size_t collect_above;

static void note_expiry(int signal) {
    (void)signal;
    expired = 1;
}

/// The first tick of the CPU clock leaves a note, and the handler is gone: the second one ends the process.
static void set_clock(long milliseconds) {
    if (milliseconds > 0) {
        struct sigaction action = {.sa_handler = note_expiry, .sa_flags = (int)SA_RESETHAND | SA_RESTART};
        sigaction(SIGPROF, &action, NULL);
    }
    struct timeval soft = {.tv_usec = milliseconds * 1000};
    struct timeval rest = {.tv_usec = milliseconds > 0 ? (LIMIT_HARD_CPU_MS - LIMIT_SOFT_CPU_MS) * 1000 : 0};
    struct itimerval clock = {.it_value = soft, .it_interval = rest};
    setitimer(ITIMER_PROF, &clock, NULL);
}

static _Noreturn void stop(void) {
    if (!budget.armed) _exit(70);
    budget.armed = false;
    longjmp(budget.stop, 1);
}

static _Noreturn void stop_spent(lua_State *lua) {
    if (expired) {
        fault_set(&budget.fault, "cpu", "%s used more than %d ms of CPU", budget.purpose, LIMIT_SOFT_CPU_MS);
    } else {
        fault_set(&budget.fault, "instructions", "%s used more than %llu instructions", budget.purpose,
                  (unsigned long long)budget.limit);
    }
    fault_trace(&budget.fault, lua, 0);
    stop();
}

void budget_stop_memory(bool together) {
    if (together) {
        fault_set(&budget.fault, "memory", "the streamer's widgets together used more than %d MiB of memory",
                  LIMIT_CELL_HEAP >> 20);
    } else {
        fault_set(&budget.fault, "memory", "the widget used more than %d MiB of memory", LIMIT_HEAP >> 20);
    }
    if (budget.running) fault_trace(&budget.fault, budget.running, 0);
    stop();
}

static void look(lua_State *lua, lua_Debug *entry) {
    (void)entry;
    budget.used += BUDGET_PERIOD;
    if (budget.used > budget.limit || expired) stop_spent(lua);
    if (budget.heap->used <= collect_above) return;
    lua_gc(lua, LUA_GCCOLLECT);
    if (budget.heap->used > LIMIT_HEAP) budget_stop_memory(false);
    // Half of what is left until the limit may fill up before the next one.
    collect_above = budget.heap->used + (LIMIT_HEAP - budget.heap->used) / 2;
    if (collect_above < LIMIT_HEAP / 2) collect_above = LIMIT_HEAP / 2;
}

void budget_begin(struct heap *heap, lua_State *lua, uint64_t limit, const char *purpose) {
    budget.used = 0;
    budget.limit = limit;
    budget.purpose = purpose;
    budget.running = lua;
    budget.heap = heap;
    budget.nested = 0;
    budget.armed = true;
    expired = 0;
    collect_above = LIMIT_HEAP / 2;
    if (lua) budget_watch(lua);
    set_clock(LIMIT_SOFT_CPU_MS);
}

void budget_end(void) {
    set_clock(0);
    budget.armed = false;
    budget.running = NULL;
}

void budget_watch(lua_State *lua) {
    lua_sethook(lua, look, LUA_MASKCOUNT, BUDGET_PERIOD);
}

void budget_charge(lua_State *lua, size_t cost) {
    budget.used += cost;
    if (budget.used > budget.limit || expired) stop_spent(lua);
}
