#include "budget.h"
#include "bounds.h"

#include <signal.h>
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
static void start_clock(long milliseconds) {
    static bool isWatched;
    if (!isWatched || expired) {
        struct sigaction action = {.sa_handler = note_expiry, .sa_flags = (int)SA_RESETHAND | SA_RESTART};
        isWatched = sigaction(SIGPROF, &action, NULL) == 0;
    }
    expired = 0;
    struct itimerval clock = {
        .it_value = {.tv_usec = milliseconds * 1000},
        .it_interval = {.tv_usec = LIMIT_GRACE_CPU_MS * 1000},
    };
    setitimer(ITIMER_PROF, &clock, NULL);
}

/// Leaves the note, from which the next start sees that the handler is gone.
static void stop_clock(void) {
    static const struct itimerval none;
    setitimer(ITIMER_PROF, &none, NULL);
}

static _Noreturn void stop(void) {
    if (!budget.armed) _exit(70);
    budget.armed = false;
    longjmp(budget.stop, 1);
}

static _Noreturn void stop_spent(lua_State *lua) {
    if (expired) {
        fault_set(&budget.fault, "cpu", "%s used more than %d ms of CPU", budget.purpose, budget.milliseconds);
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

void budget_begin(struct heap *heap, lua_State *lua, bool isLoading) {
    budget.used = 0;
    budget.limit = isLoading ? LIMIT_LOAD_INSTRUCTIONS : LIMIT_CALLBACK_INSTRUCTIONS;
    budget.milliseconds = isLoading ? LIMIT_LOAD_CPU_MS : LIMIT_CALLBACK_CPU_MS;
    budget.purpose = isLoading ? "loading" : "the callback";
    budget.running = lua;
    budget.heap = heap;
    budget.nested = 0;
    budget.armed = true;
    collect_above = LIMIT_HEAP / 2;
    if (lua) budget_watch(lua);
    start_clock(budget.milliseconds);
}

void budget_end(void) {
    stop_clock();
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
