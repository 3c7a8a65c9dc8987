#include "format.h"
#include "budget.h"
#include "callback.h"

#include <lua5.4/lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/// The longest text of a number here: beyond 15 digits it is written with an exponent.
#define NUMBER_ROOM 64

/// Writes a number with so many decimals and a comma between thousands.
static void write_grouped(char text[static NUMBER_ROOM], double number, int decimals) {
    char plain[NUMBER_ROOM / 2];
    if (!isfinite(number) || fabs(number) >= 1e15) {
        snprintf(text, NUMBER_ROOM, "%g", number);
        return;
    }
    int length = snprintf(plain, sizeof plain, "%.*f", decimals, fabs(number));
    int whole = decimals > 0 ? length - decimals - 1 : length;
    // What rounds to nothing has no sign.
    bool isNegative = number < 0 && strpbrk(plain, "123456789") != NULL;
    char *at = text;
    if (isNegative) *at++ = '-';
    for (int index = 0; index < length; index++) {
        if (index > 0 && index < whole && (whole - index) % 3 == 0) *at++ = ',';
        *at++ = plain[index];
    }
    *at = 0;
}

static void drop_zeros(char *text) {
    if (strchr(text, '.') == NULL || strchr(text, 'e')) return;
    size_t length = strlen(text);
    while (text[length - 1] == '0') text[--length] = 0;
    if (text[length - 1] == '.') text[length - 1] = 0;
}

static int check_decimals(lua_State *lua, int index) {
    lua_Integer decimals = luaL_checkinteger(lua, index);
    luaL_argcheck(lua, decimals >= 0 && decimals <= 6, index, "decimals are 0 to 6");
    return (int)decimals;
}

static int push_number(lua_State *lua, double number, int most, const char *end) {
    char text[NUMBER_ROOM];
    bool isFixed = !lua_isnoneornil(lua, 2);
    write_grouped(text, number, isFixed ? check_decimals(lua, 2) : most);
    if (!isFixed) drop_zeros(text);
    lua_pushfstring(lua, "%s%s", text, end);
    return 1;
}

/// `number(n, decimals?)`: `1,234.5`; without decimals as many as it has, at most two.
static int format_number(lua_State *lua) {
    return push_number(lua, luaL_checknumber(lua, 1), 2, "");
}

/// `percent(x, decimals?)`: a half is `50%`.
static int format_percent(lua_State *lua) {
    return push_number(lua, luaL_checknumber(lua, 1) * 100, 0, "%");
}

/// `compact(n)`: `950`, `1.2K`, `15K`, `3.4M`.
static int format_compact(lua_State *lua) {
    static const char *const names[] = {"", "K", "M", "B", "T"};
    double number = luaL_checknumber(lua, 1);
    size_t power = 0;
    // Rounded first: 999,950 is 1M, not 1000K.
    while (power < 4 && fabs(number) >= (power == 0 ? 1000 : 999.5)) {
        number /= 1000;
        power++;
    }
    char text[NUMBER_ROOM];
    int decimals = power > 0 && fabs(number) < 9.95 ? 1 : 0;
    write_grouped(text, number, decimals);
    drop_zeros(text);
    lua_pushfstring(lua, "%s%s", text, names[power]);
    return 1;
}

static bool is_one_of(const char *code, const char *list) {
    const char *found = strlen(code) == 3 ? strstr(list, code) : NULL;
    return found && (found - list) % 4 == 0;
}

/// `money(minor, currency)`: `$5.00`, `5.00 CHF`, `¥500`, `100 bits`, as the built-in widgets write it.
static int format_money(lua_State *lua) {
    lua_Integer minor = luaL_checkinteger(lua, 1);
    const char *currency = luaL_checkstring(lua, 2);
    if (strcmp(currency, "BITS") == 0 || strcmp(currency, "KICKS") == 0) {
        const char *name = *currency == 'B' ? "bit" : "kick";
        lua_pushfstring(lua, "%I %s%s", (LUAI_UACINT)minor, name, minor == 1 ? "" : "s");
        return 1;
    }
    int decimals = 2;
    if (is_one_of(currency, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")) decimals = 0;
    if (is_one_of(currency, "BHD IQD JOD KWD LYD OMR TND")) decimals = 3;
    static const char *const symbols[][2] = {{"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}, {"JPY", "¥"}, {"KRW", "₩"}};
    const char *symbol = "";
    for (size_t index = 0; index < sizeof symbols / sizeof *symbols; index++) {
        if (strcmp(symbols[index][0], currency) == 0) symbol = symbols[index][1];
    }
    lua_Unsigned units = decimals == 0 ? 1 : decimals == 2 ? 100 : 1000;
    lua_Unsigned magnitude = minor < 0 ? 0 - (lua_Unsigned)minor : (lua_Unsigned)minor;
    char digits[NUMBER_ROOM];
    if (decimals == 0) {
        snprintf(digits, sizeof digits, "%llu", (unsigned long long)magnitude);
    } else {
        snprintf(digits, sizeof digits, "%llu.%0*llu", (unsigned long long)(magnitude / units), decimals,
                 (unsigned long long)(magnitude % units));
    }
    char code[8];
    snprintf(code, sizeof code, " %.5s", currency);
    lua_pushfstring(lua, "%s%s%s%s", minor < 0 ? "-" : "", symbol, digits, *symbol ? "" : code);
    return 1;
}

static lua_Integer check_seconds(lua_State *lua, double seconds) {
    luaL_argcheck(lua, fabs(seconds) < 1e12, 1, "too long");
    return (lua_Integer)floor(seconds);
}

/// `duration(seconds)`: `5:09`, `1:05:09`.
static int format_duration(lua_State *lua) {
    lua_Integer seconds = check_seconds(lua, luaL_checknumber(lua, 1));
    const char *sign = seconds < 0 ? "-" : "";
    if (seconds < 0) seconds = -seconds;
    char text[NUMBER_ROOM];
    int rest = (int)(seconds % 60);
    int minutes = (int)(seconds / 60 % 60);
    if (seconds < 3600) {
        snprintf(text, sizeof text, "%s%d:%02d", sign, minutes, rest);
    } else {
        snprintf(text, sizeof text, "%s%lld:%02d:%02d", sign, (long long)(seconds / 3600), minutes, rest);
    }
    lua_pushstring(lua, text);
    return 1;
}

static lua_Integer check_day(lua_State *lua, lua_Integer *minute) {
    lua_Integer seconds = check_seconds(lua, luaL_checknumber(lua, 1) / 1000);
    lua_Integer day = seconds / 86400 - (seconds % 86400 < 0);
    *minute = (seconds - day * 86400) / 60;
    return day;
}

/// `date(ms)`: `5 Jan 2026`. The day of the Gregorian calendar, counted in years that begin with March, so that the
/// leap day is the last.
static int format_date(lua_State *lua) {
    static const char *const months[] = {"Mar", "Apr", "May", "Jun", "Jul", "Aug",
                                         "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"};
    lua_Integer minute;
    lua_Integer day = check_day(lua, &minute) + 719468;
    lua_Integer era = (day >= 0 ? day : day - 146096) / 146097;
    lua_Integer day_of_era = day - era * 146097;
    lua_Integer year = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    lua_Integer day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    lua_Integer month = (5 * day_of_year + 2) / 153;
    lua_Integer day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    lua_pushfstring(lua, "%I %s %I", (LUAI_UACINT)day_of_month, months[month],
                    (LUAI_UACINT)(year + era * 400 + (month >= 10)));
    return 1;
}

/// `time(ms)`: `14:05`.
static int format_time(lua_State *lua) {
    lua_Integer minute;
    check_day(lua, &minute);
    char text[8];
    snprintf(text, sizeof text, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
    lua_pushstring(lua, text);
    return 1;
}

/// `relative(ms)`: `just now`, `5 minutes ago`, `in 2 hours`, as seen from `clock.now()`.
static int format_relative(lua_State *lua) {
    callback_require_clock(lua, "format.relative");
    static const struct {
        lua_Integer seconds;
        const char *name;
    } units[] = {{86400 * 365, "year"}, {86400 * 30, "month"}, {86400, "day"}, {3600, "hour"}, {60, "minute"}};
    lua_Integer passed = check_seconds(lua, ((double)callback.now - luaL_checknumber(lua, 1)) / 1000);
    lua_Integer distance = passed < 0 ? -passed : passed;
    for (size_t index = 0; index < sizeof units / sizeof *units; index++) {
        lua_Integer count = distance / units[index].seconds;
        if (count == 0) continue;
        lua_pushfstring(lua, "%s%I %s%s%s", passed < 0 ? "in " : "", (LUAI_UACINT)count, units[index].name,
                        count == 1 ? "" : "s", passed < 0 ? "" : " ago");
        return 1;
    }
    lua_pushliteral(lua, "just now");
    return 1;
}

void format_open(lua_State *lua) {
    static const luaL_Reg functions[] = {
        {"compact", format_compact}, {"date", format_date},       {"duration", format_duration},
        {"money", format_money},     {"number", format_number},   {"percent", format_percent},
        {"relative", format_relative}, {"time", format_time},     {NULL, NULL},
    };
    luaL_newlib(lua, functions);
}
