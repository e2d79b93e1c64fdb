/* SPDX-License-Identifier: MIT */
/* Instants: seconds since 1970, exact to the millisecond. */

/* Whole milliseconds, rounded down. */
function milliseconds(seconds) {
    return quotient(shifted(exact(seconds), 3), 1).whole;
}

/* As many as 64 bits with a sign hold. */
function sinceEpoch(f, path, seconds) {
    var ms = seconds === undefined ? seconds : milliseconds(seconds);
    if (order(ms, '9223372036854775807') > 0) {
        fail(f, 'time', path);
    }
    return ms;
}

function two(n) {
    return (n < 10 ? '0' : '') + n;
}

function three(n) {
    return (n < 100 ? '0' : '') + two(n);
}

/* Year, month, day, hour, minute, second and millisecond of a year from 0 to 9999. */
function calendar(ms) {
    var d;
    if (!(ms >= -62167219200000 && ms <= 253402300799999)) {
        return undefined;
    }
    d = new Date(ms);
    return {Y: ('000' + d.getUTCFullYear()).slice(-4), M: two(d.getUTCMonth() + 1),
            D: two(d.getUTCDate()), h: two(d.getUTCHours()), m: two(d.getUTCMinutes()),
            s: two(d.getUTCSeconds()), f: three(d.getUTCMilliseconds())};
}

/* By a pattern such as YYYY-MM-DDThh:mm:ssZ, `zone` minutes ahead of UTC; undefined if it is
 * no date of the calendar. */
function written(seconds, pattern, zone) {
    var at = calendar(+milliseconds(seconds) + (zone || 0) * 60000);
    if (at === undefined) {
        return undefined;
    }
    return quoted(pattern.replace(/YYYY|MM|DD|hh|mm|ss|fff/g, function (part) {
        return at[part.charAt(0)];
    }));
}

function instant(f, path, seconds, pattern, zone) {
    var text = seconds === undefined ? seconds : written(seconds, pattern, zone);
    if (seconds !== undefined && text === undefined) {
        fail(f, 'time', path);
    }
    return text;
}

/* Seconds out of the parts of a date; undefined if they are none. */
function dated(year, month, day, hour, minute, second, millisecond, zone) {
    var d = new Date(0), leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    var days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if (!(year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
            hour <= 23 && minute <= 59 && second <= 59 && millisecond <= 999)) {
        return undefined;
    }
    d.setUTCFullYear(year, month - 1, day);
    d.setUTCHours(hour, minute, second, millisecond);
    return shifted(d.getTime() - zone * 60000, -3);
}

/* Out of a number whose digits follow a pattern. */
function datedDigits(f, path, raw, pattern, zone) {
    var places = pattern.replace(/[^YMDhmsf]/g, ''), text = '' + raw, part = {}, i, seconds;
    while (text.length < places.length) {
        text = '0' + text;
    }
    for (i = 0; i < places.length; i += 1) {
        part[places.charAt(i)] = (part[places.charAt(i)] || '') + text.charAt(i);
    }
    if (part.Y && part.Y.length === 2) {
        part.Y = '20' + part.Y;
    }
    if (text.length === places.length) {
        seconds = dated(+part.Y, +part.M, +part.D, +(part.h || 0), +(part.m || 0),
                        +(part.s || 0), +(part.f || 0), zone);
    }
    if (seconds === undefined) {
        fail(f, 'time', path);
    }
    return seconds;
}

/* Out of values of their own; the seconds may have decimals. */
function datedParts(f, path, parts, zone) {
    var i, ms, seconds;
    for (i = 0; i < 6; i += 1) {
        if (parts[i] === undefined) {
            return undefined;
        }
    }
    for (i = 0; i < 6; i += 1) {
        ms = typeof parts[i] === 'boolean' || parts[i].f !== undefined ? 'none'
            : i === 5 ? shifted(parts[i], 3) : parts[i];
        if (typeof ms !== 'number' || ms < 0 || ms > 99999) {
            fail(f, 'time', path);
        }
    }
    seconds = dated(parts[0], parts[1], parts[2], parts[3], parts[4], Math.floor(ms / 1000),
                    ms % 1000, zone);
    if (seconds === undefined) {
        fail(f, 'time', path);
    }
    return seconds;
}
