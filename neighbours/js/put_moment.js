/* SPDX-License-Identifier: MIT */
/* Instants as the frame has them: part by part, or as digits. */

/* An expression that gives no instant. */
function computedMoment(path, seconds) {
    if (seconds === undefined) {
        refuse('not-encodable', path);
    }
}

/* Parts of the nearest instant that the clock of the frame can tell: its zone in minutes, its
 * unit in milliseconds. */
function nearestMoment(path, seconds, zone, unit, isExact) {
    var ms = +milliseconds(seconds) + zone * 60000, rest = ms % unit, parts;
    rest = rest < 0 ? rest + unit : rest;
    parts = calendar(ms - rest + (rest * 2 >= unit && rest > 0 ? unit : 0));
    if (parts === undefined) {
        refuse('range', path);
    }
    if (isExact && rest !== 0) {
        refuse('inexact', path);
    }
    return parts;
}

/* Year, month, day, hour, minute, or second with its decimals. */
function momentPart(path, seconds, part, zone, unit, isExact) {
    var parts = nearestMoment(path, seconds, zone, unit, isExact);
    return part === 5 ? decimal(+(parts.s + parts.f), 3) : +parts['YMDhm'.charAt(part)];
}

/* The digits of an instant as one number. */
function momentDigits(path, seconds, pattern, zone, unit, isExact) {
    var parts = nearestMoment(path, seconds, zone, unit, false), digits;
    digits = pattern.replace(/[^YMDhmsf]/g, '').replace(/YYYY|YY|MM|DD|hh|mm|ss|fff/g,
        function (word) {
            var text = parts[word.charAt(0)];
            if (word === 'YY' && text.slice(0, 2) !== '20') {
                refuse('range', path);
            }
            return text.slice(-word.length);
        });
    nearestMoment(path, seconds, zone, unit, isExact);
    return shortest(false, digits, 0);
}

/* What the parts that were written say; undefined where that is no date. */
function momentOf(parts, zone) {
    try {
        return datedParts({}, '', parts, zone);
    } catch (problem) {
        return undefined;
    }
}
