/* SPDX-License-Identifier: MIT */
/* Instants by patterns, zones and renderings; the calendar itself is calendar.c. */
#include "moment.h"

#include <string.h>
#include "calendar.h"

/* As much of it as the precision says. */
static const char datetime_pattern[] = "YYYY-MM-DD hh:mm:ss.fff";

static const int64_t ms_per_minute = 60000;

const struct dgm_format *moment_format(const struct dgm_codec *codec, uint16_t index)
{
    static const struct dgm_format none = {.count = DGM_NONE};
    return HAS_FORMATS && index != DGM_NONE ? &codec->formats[index] : &none;
}

static const char letters[] = "YMDhmsf";

/* Place among the letters, or behind them. */
static unsigned letter_place(char character)
{
    unsigned place = 0;
    while (place < sizeof(letters) - 1 && letters[place] != character)
        place++;
    return place;
}

bool moment_is_letter(char character)
{
    return letter_place(character) < sizeof(letters) - 1;
}

/* Digits of the part that begins here: how often its letter stands in a row. */
static unsigned run_of(const char *pattern, size_t length)
{
    unsigned run = 1;
    while (run < length && pattern[run] == pattern[0])
        run++;
    return run;
}

bool moment_pattern_ok(const char *pattern)
{
    size_t length = strlen(pattern);
    unsigned seen = 0, digits = 0;
    if (length > MOMENT_PATTERN_MAX)
        return false;
    for (size_t i = 0; i < length;) {
        if (!moment_is_letter(pattern[i])) {
            i++;
            continue;
        }
        unsigned run = run_of(pattern + i, length - i);
        unsigned place = letter_place(pattern[i]);
        bool fits = pattern[i] == 'Y'   ? run == 4 || run == 2
                    : pattern[i] == 'f' ? run == 3
                                        : run == 2;
        if (!fits || (seen >> place & 1) != 0)
            return false;
        seen |= 1u << place;
        digits += run;
        i += run;
    }
    return (seen & 7) == 7 && digits <= DGM_MAX_NUMBER_DIGITS;
}

static unsigned *part_of(struct calendar_time *time, char letter)
{
    switch (letter) {
    case 'Y':
        return &time->year;
    case 'M':
        return &time->month;
    case 'D':
        return &time->day;
    case 'h':
        return &time->hour;
    case 'm':
        return &time->minute;
    case 's':
        return &time->second;
    default:
        return &time->millisecond;
    }
}

static void put_digits(char *text, unsigned value, unsigned count)
{
    for (unsigned i = count; i-- > 0; value /= 10)
        text[i] = (char)('0' + value % 10);
}

/* False if two digits cannot tell the year. */
static bool write_pattern(char *text, const char *pattern, size_t length,
                          struct calendar_time time)
{
    for (size_t i = 0; i < length;) {
        if (!moment_is_letter(pattern[i])) {
            text[i] = pattern[i];
            i++;
            continue;
        }
        unsigned run = run_of(pattern + i, length - i);
        unsigned value = *part_of(&time, pattern[i]);
        if (pattern[i] == 'Y' && run == 2 && value / 100 != 20)
            return false;
        put_digits(text + i, value, run);
        i += run;
    }
    return true;
}

static bool take_digits(const char *text, unsigned count, unsigned *ret)
{
    *ret = 0;
    for (unsigned i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *ret = *ret * 10 + (unsigned)(text[i] - '0');
    }
    return true;
}

static bool read_pattern(const char *text, const char *pattern, size_t length,
                         struct calendar_time *ret)
{
    memset(ret, 0, sizeof(*ret));
    for (size_t i = 0; i < length;) {
        if (!moment_is_letter(pattern[i])) {
            if (text[i] != pattern[i])
                return false;
            i++;
            continue;
        }
        unsigned run = run_of(pattern + i, length - i);
        unsigned *part = part_of(ret, pattern[i]);
        if (!take_digits(text + i, run, part))
            return false;
        if (pattern[i] == 'Y' && run == 2)
            *part += 2000;
        i += run;
    }
    return true;
}

bool moment_milliseconds(struct number seconds, int64_t *ret)
{
    struct wide power = wide_from_u64(1), rest;
    bool fits = seconds.digits <= 3
                    ? wide_scale_up(&seconds.mantissa, 3u - seconds.digits)
                    : wide_scale_up(&power, seconds.digits - 3u) &&
                          wide_divide(&seconds.mantissa, &power, &rest);
    return fits && wide_to_i64(seconds.mantissa, ret);
}

static struct number seconds_of(int64_t milliseconds)
{
    struct number number = {wide_from_i64(milliseconds), 3};
    struct wide whole;
    if (!HAS_SPEED) {
        if (number_to_wide(number, &whole)) {
            number.mantissa = whole;
            number.digits = 0;
        }
        return number;
    }
    if (milliseconds % 1000 == 0) {
        number.mantissa = wide_from_i64(milliseconds / 1000);
        number.digits = 0;
    }
    return number;
}

static int64_t unit_of(uint8_t precision)
{
    switch (precision) {
    case DGM_PRECISION_MILLISECOND:
        return 1;
    case DGM_PRECISION_MINUTE:
        return ms_per_minute;
    case DGM_PRECISION_HOUR:
        return 60 * ms_per_minute;
    case DGM_PRECISION_DAY:
        return 24 * 60 * ms_per_minute;
    default:
        return 1000;
    }
}

/* The wire's local time, in milliseconds, to the nearest that its precision can tell. */
static bool to_local(struct number seconds, const struct dgm_format *format,
                     struct calendar_time *ret, bool *ret_exact)
{
    int64_t milliseconds, unit = unit_of(format->precision);
    /* Far from int64_t's ends, or no date. */
    if (!moment_milliseconds(seconds, &milliseconds) || milliseconds > INT64_MAX / 4 ||
        milliseconds < INT64_MIN / 4)
        return false;
    milliseconds += format->zone * ms_per_minute;
    int64_t rest = milliseconds % unit;
    if (rest < 0)
        rest += unit;
    milliseconds -= rest;
    if (rest * 2 >= unit && rest > 0)
        milliseconds += unit;
    *ret_exact = rest == 0;
    return calendar_split(milliseconds, ret);
}

static bool from_local(const struct calendar_time *time, const struct dgm_format *format,
                       struct number *ret)
{
    int64_t milliseconds;
    if (!calendar_join(time, &milliseconds))
        return false;
    *ret = seconds_of(milliseconds - format->zone * ms_per_minute);
    return true;
}

static size_t datetime_length(uint8_t show, uint8_t precision)
{
    if (show == DGM_SHOW_TIME_DATE)
        return 10;
    switch (precision) {
    case DGM_PRECISION_MILLISECOND:
        return 23;
    case DGM_PRECISION_MINUTE:
        return 16;
    case DGM_PRECISION_HOUR:
        return 13;
    case DGM_PRECISION_DAY:
        return 10;
    default:
        return 19;
    }
}

/* The date alone is that of the moment, not that of the nearest midnight. */
static size_t write_local(char *text, struct number seconds, uint8_t show,
                          const struct dgm_format *format)
{
    struct calendar_time time;
    struct dgm_format exact = *format;
    bool is_exact;
    exact.precision = DGM_PRECISION_MILLISECOND;
    if (!to_local(seconds, &exact, &time, &is_exact))
        return 0;
    size_t length = datetime_length(show, format->precision);
    text[0] = '"';
    (void)write_pattern(text + 1, datetime_pattern, length, time);
    text[length + 1] = '"';
    return length + 2;
}

static size_t write_epoch(char *text, struct number seconds, uint8_t show)
{
    if (show == DGM_SHOW_TIME_EPOCH_MS) {
        int64_t milliseconds;
        return moment_milliseconds(seconds, &milliseconds)
                   ? number_write_i64(text, milliseconds)
                   : 0;
    }
    return number_write(text, seconds);
}

static enum calendar_form form_of(uint8_t show)
{
    if (show == DGM_SHOW_TIME_ISO)
        return CALENDAR_ISO;
    return show == DGM_SHOW_TIME_ISO_MS ? CALENDAR_ISO_MS : CALENDAR_COMPACT;
}

size_t moment_write(char *text, struct number seconds, uint8_t show,
                    const struct dgm_format *format)
{
    int64_t milliseconds;
    if (HAS_FORMATS && (show == DGM_SHOW_TIME_DATETIME || show == DGM_SHOW_TIME_DATE))
        return write_local(text, seconds, show, format);
    if (HAS_FORMATS && (show == DGM_SHOW_TIME_EPOCH || show == DGM_SHOW_TIME_EPOCH_MS))
        return write_epoch(text, seconds, show);
    if (!moment_milliseconds(seconds, &milliseconds))
        return 0;
    size_t length = calendar_write(text + 1, milliseconds, form_of(show));
    if (length == 0)
        return 0;
    text[0] = '"';
    text[length + 1] = '"';
    return length + 2;
}

bool moment_read(const char *text, size_t length, uint8_t show,
                 const struct dgm_format *format, struct number *ret_seconds)
{
    int64_t milliseconds;
    struct calendar_time time;
    if (HAS_FORMATS && (show == DGM_SHOW_TIME_DATETIME || show == DGM_SHOW_TIME_DATE))
        return length == datetime_length(show, format->precision) &&
               read_pattern(text, datetime_pattern, length, &time) &&
               from_local(&time, format, ret_seconds);
    if (!calendar_read(text, length, form_of(show), &milliseconds))
        return false;
    *ret_seconds = seconds_of(milliseconds);
    return true;
}

/* A part as a whole number of 10^-digits; false if it is none that a date can have. */
static bool whole_part(const struct value *value, unsigned digits, unsigned *ret)
{
    struct number number = value->number;
    struct wide units;
    uint64_t whole;
    if (value->kind != VALUE_NUMBER || number.digits > digits ||
        !wide_mul_pow10(number.mantissa, digits - number.digits, &units) ||
        !wide_to_u64(units, &whole) || whole > 99999)
        return false;
    *ret = (unsigned)whole;
    return true;
}

enum dgm_status moment_of_parts(const struct dgm_codec *codec, const struct dgm_row *row,
                                const struct value *slots, struct number *ret_seconds)
{
    struct calendar_time time = {0};
    unsigned *const parts[DGM_MOMENT_PARTS] = {&time.year, &time.month,  &time.day,
                                               &time.hour, &time.minute, &time.second};
    const uint64_t *numbers = codec->numbers + row->spec;
    for (unsigned i = 0; i < DGM_MOMENT_PARTS; i++)
        if (numbers[i] != DGM_NONE && slots[numbers[i]].kind == VALUE_MISSING)
            return DGM_NOTHING;
    for (unsigned i = 0; i < DGM_MOMENT_PARTS; i++) {
        unsigned digits = parts[i] == &time.second ? 3 : 0;
        if (numbers[i] != DGM_NONE && !whole_part(&slots[numbers[i]], digits, parts[i]))
            return DGM_TIME;
    }
    time.millisecond = time.second % 1000;
    time.second /= 1000;
    const struct dgm_format *format = moment_format(codec, row_format(row));
    return from_local(&time, format, ret_seconds) ? DGM_OK : DGM_TIME;
}

bool moment_to_part(const struct dgm_codec *codec, const struct dgm_row *row,
                    struct number seconds, unsigned part, struct number *ret,
                    bool *ret_exact)
{
    struct calendar_time time;
    const struct dgm_format *format = moment_format(codec, row_format(row));
    if (!to_local(seconds, format, &time, ret_exact))
        return false;
    const unsigned parts[DGM_MOMENT_PARTS] = {time.year, time.month,  time.day,
                                              time.hour, time.minute, time.second};
    *ret = seconds_of((int64_t)parts[part] * 1000);
    if (part == DGM_MOMENT_PARTS - 1)
        *ret = seconds_of((int64_t)parts[part] * 1000 + time.millisecond);
    return true;
}

static const char *pattern_of(const struct dgm_codec *codec,
                              const struct dgm_format *format, size_t *ret_length)
{
    const char *pattern = codec->pool + format->pattern;
    *ret_length = strlen(pattern);
    return pattern;
}

bool moment_of_digits(const struct dgm_codec *codec, const struct dgm_format *format,
                      struct wide digits, struct number *ret_seconds)
{
    char text[MOMENT_PATTERN_MAX];
    size_t length;
    uint64_t rest;
    struct calendar_time time;
    const char *pattern = pattern_of(codec, format, &length);
    if (!wide_to_u64(digits, &rest))
        return false;
    for (size_t i = length; i-- > 0;) {
        text[i] = pattern[i];
        if (!moment_is_letter(pattern[i]))
            continue;
        text[i] = (char)('0' + rest % 10);
        rest /= 10;
    }
    return rest == 0 && read_pattern(text, pattern, length, &time) &&
           from_local(&time, format, ret_seconds);
}

bool moment_to_digits(const struct dgm_codec *codec, const struct dgm_format *format,
                      struct number seconds, struct wide *ret_digits, bool *ret_exact)
{
    char text[MOMENT_PATTERN_MAX];
    size_t length;
    uint64_t digits = 0;
    struct calendar_time time;
    const char *pattern = pattern_of(codec, format, &length);
    if (!to_local(seconds, format, &time, ret_exact) ||
        !write_pattern(text, pattern, length, time))
        return false;
    for (size_t i = 0; i < length; i++)
        if (moment_is_letter(pattern[i]))
            digits = digits * 10 + (uint64_t)(text[i] - '0');
    *ret_digits = wide_from_u64(digits);
    return true;
}
