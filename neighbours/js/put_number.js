/* SPDX-License-Identifier: MIT */
/* Numbers on the way out: float formats, and scale, curve and rounding backwards. */

/* The number that a member has, in floating point where an exact one cannot hold it. */
function givenReal(path, node, isQuoted) {
    var x;
    if (node.type !== (isQuoted ? 'string' : 'number') ||
            !/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/.test(node.text)) {
        refuse('type', path);
    }
    x = numberOf(node.text);
    if (x !== undefined) {
        return x;
    }
    if (!isFinite(+node.text)) {
        refuse('range', path);
    }
    return {f: +node.text};
}

/* One that exact numbers cannot hold is beyond every limit, or as good as zero. */
function inFarLimits(path, x, low, high, clamps) {
    var near = x, found;
    if (x.f !== undefined) {
        near = Math.abs(x.f) < 18446744073709551616 ? 0
            : x.f < 0 ? '-9223372036854775808' : '9223372036854775807';
    }
    found = inLimits(path, near, low, high, clamps);
    return found === near ? x : found;
}

/* Is the number that digits spell larger (1) or smaller (-1) than a positive one near it? */
function sideOfDigits(text, x) {
    var power = 0, exactX;
    for (; x % 1 !== 0; power += 1) {
        x *= 2;
    }
    exactX = wholeOf(x);
    for (x = power; x > 0; x -= 1) {
        exactX = product(exactX, 5);
    }
    return order(shifted(text.replace('-', '').toLowerCase(), 0), shifted(exactX, -power));
}

/* The nearest whole number of units, ties to even; `text` has all digits of x, if given. */
function unitsOf(x, unit, text) {
    var size = Math.abs(x) / unit, whole = Math.floor(size), side;
    if (size - whole !== 0.5) {
        return size - whole > 0.5 ? whole + 1 : whole;
    }
    side = text === undefined ? 0 : sideOfDigits(text, Math.abs(x));
    return side > 0 || (side === 0 && whole % 2 === 1) ? whole + 1 : whole;
}

/* Without subnormal numbers there is nothing between zero and the smallest one. */
function flushed(x, smallest, text) {
    var size = Math.abs(x) / smallest;
    return size > 0.5 || (size === 0.5 && text !== undefined && sideOfDigits(text, Math.abs(x)) > 0);
}

/* The exponent of the first bit of a positive number. */
function firstBit(x) {
    var power = 0;
    for (; x >= 2; power += 1) {
        x /= 2;
    }
    for (; x < 1; power -= 1) {
        x *= 2;
    }
    return power;
}

/* The nearest raw value of a floating point format; undefined if it is beyond the largest
 * one, or negative and the format has no sign. */
function packed(x, format, text) {
    var hidden = format.hidden ? 1 : 0, one = Math.pow(2, format.fraction), sign = 0, kept, field;
    var least = hidden - format.bias - format.fraction, last = least;
    if (format.sign && (x < 0 || (x === 0 && 1 / x < 0))) {
        sign = product(one, Math.pow(2, format.exponent));
    }
    if (x !== 0) {
        last = Math.max(firstBit(Math.abs(x)) - format.fraction + 1 - hidden, least);
    }
    kept = unitsOf(x, Math.pow(2, last), text);
    if (kept === (hidden + 1) * one) {
        kept /= 2;
        last += 1;
    }
    if (hidden && kept < one && !format.subnormal) {
        kept = flushed(x, one * Math.pow(2, least), text) ? one : 0;
    }
    if (kept === 0) {
        return sign;
    }
    field = hidden && kept < one ? 0 : last + format.bias + format.fraction;
    if ((x < 0 && !format.sign) || field >= Math.pow(2, format.exponent) - (format.special ? 1 : 0)) {
        return undefined;
    }
    return sum(sign, sum(product(field, one), hidden ? kept % one : kept));
}

/* The number of a raw value. */
function realOf(raw, format) {
    return unpacked(integerBytes(raw, 8), 64 - format.sign - format.exponent - format.fraction,
                    format);
}

/* The raw value of a number in a format that nothing else happens to. */
function floatRaw(path, x, format, text) {
    var raw = packed(text === undefined ? real(x) : +text, format, text);
    if (raw === undefined) {
        refuse('range', path);
    }
    return raw;
}

/* The digits count, unless the number is clamped. */
function plainFloat(path, node, isQuoted, format, limited) {
    var x = givenReal(path, node, isQuoted), y = limited ? limited(x) : x;
    return floatRaw(path, y, format, x === y ? node.text : undefined);
}

function isWithin(x, field) {
    return order(x, field.low) >= 0 && order(x, field.high) <= 0;
}

/* In two's complement. */
function complement(x, width) {
    return order(x, 0) < 0 ? sum(x, product(Math.pow(2, width - 32), 4294967296)) : x;
}

/* The nearest integer of a field. */
function wholeRaw(path, x, field) {
    x = rounded(x, 0, false);
    if (!isWithin(x, field)) {
        refuse('range', path);
    }
    return complement(x, field.width);
}

/* What comes out, or undefined if something is wrong with it. */
function tried(action, x) {
    try {
        return action(x);
    } catch (problem) {
        return undefined;
    }
}

/* Back through a curve; beyond its ends as `outside` says. */
function throughCurve(y, field, outside) {
    return field.points.length > 0 ? curve({}, '', y, field.points, outside, field.falls) : undefined;
}

/* The raw value whose value is nearest, or one beside it that decodes to the very value. */
function unpiped(path, x, field) {
    var back = x, isBeyond = false;
    if (field.points) {
        back = throughCurve(x, field, field.extends ? 1 : 2);
        isBeyond = back === undefined;
        back = isBeyond ? throughCurve(x, field, 0) : back;
        if (back === undefined) {
            refuse('range', path);
        }
    }
    if (field.back) {
        try {
            back = field.back(back);
        } catch (problem) {
            refuse('range', path);
        }
    }
    if (back === undefined) {
        refuse('not-encodable', path);
    }
    return field.format ? soughtFloat(path, x, back, isBeyond, field)
        : soughtInteger(path, x, back, isBeyond, field);
}

function soughtFloat(path, x, back, isBeyond, field) {
    var raw = floatRaw(path, back, field.format), found = sought(x, floatPlace(raw, field.format), field);
    if (found === undefined && isBeyond) {
        refuse('range', path);
    }
    return found === undefined ? raw : packed(found, field.format);
}

/* Of values that are rounded, those of the last raws may lie beyond what these give. */
function soughtInteger(path, x, back, isBeyond, field) {
    var raw = rounded(back, 0, false), isIn = isWithin(raw, field), found;
    if (!isIn) {
        raw = order(back, 0) < 0 ? field.low : field.high;
    }
    found = sought(x, raw, field);
    if (found === undefined && (isBeyond || !isIn)) {
        refuse('range', path);
    }
    if (found === undefined && field.isExact && order(raw, back) !== 0) {
        refuse('inexact', path);
    }
    return complement(found === undefined ? raw : found, field.width);
}

/* Floating point numbers in order: the bits of the largest format, negative ones mirrored. */
function largeFormat() {
    return {sign: 1, exponent: 11, fraction: 52, bias: 1023, hidden: true, subnormal: true,
            special: true};
}

function floatPlace(raw, format) {
    var x = realOf(raw, format), place = packed(Math.abs(x), largeFormat());
    return x < 0 ? opposite(place) : place;
}

/* The number of the field that is nearest to a place; undefined beyond its ends. */
function atPlace(place, field) {
    var x, raw;
    if (!field.format) {
        return isWithin(place, field) ? place : undefined;
    }
    if (order(magnitudeOf(place), '9218868437227405312') >= 0) {
        return undefined;
    }
    x = realOf(magnitudeOf(place), largeFormat());
    raw = packed(order(place, 0) < 0 ? -x : x, field.format);
    return raw === undefined ? undefined : realOf(raw, field.format);
}

/* What is at a place decodes to less than what is sought, the same, more; or to nothing. */
function sideAt(seek, place) {
    seek.found = atPlace(place, seek.field);
    seek.value = seek.found === undefined ? undefined : tried(seek.field.value, seek.found);
    return order(seek.value, seek.wanted);
}

/* Between a place on the start's side and one on the other. */
function halved(seek, near, far) {
    var distance = difference(far, near), middle, side;
    while (order(magnitudeOf(distance), seek.unit) > 0) {
        middle = quotient(magnitudeOf(distance), 2).whole;
        middle = order(distance, 0) > 0 ? sum(near, middle) : difference(near, middle);
        side = sideAt(seek, middle);
        if (side === 0) {
            return true;
        }
        if (side === seek.side) {
            near = middle;
        } else {
            far = middle;
        }
        distance = difference(far, near);
    }
    return false;
}

/* One stride further: is it found, or is the search over? */
function stride(seek, way, step) {
    var place = sum(seek.start, step), side = sideAt(seek, place);
    if (side === 0) {
        seek.isFound = true;
    } else if (side === -seek.side) {
        seek.isFound = halved(seek, way.last, place);
        return true;
    }
    way.last = place;
    /* The end of the raws, or away from the wanted value. */
    if (side !== side || order(seek.value, seek.first) === seek.side) {
        way.isOver = true;
    }
    return seek.isFound;
}

/*
 * The raw value that decodes to the very value; undefined if none is found. What lies around
 * the nearest one is walked in strides that double until the value is passed, and then halved.
 */
function sought(x, start, field) {
    var seek = {wanted: x, start: start, field: field, unit: 1, isFound: false}, i, step;
    var up = {last: start}, down = {last: start};
    seek.unit = field.format ? Math.pow(2, 52 - field.format.fraction) : 1;
    seek.side = sideAt(seek, start);
    seek.first = seek.value;
    if (seek.side === 0) {
        return seek.found;
    }
    step = seek.unit;
    for (i = 0; seek.side === seek.side && i < 62 && !(up.isOver && down.isOver) &&
            order(step, '9223372036854775807') <= 0; i += 1) {
        if ((!up.isOver && stride(seek, up, step)) ||
                (!down.isOver && stride(seek, down, opposite(step)))) {
            break;
        }
        step = product(step, 2);
    }
    return seek.isFound ? seek.found : undefined;
}

/* The raw value of what is rounded when it is read: the nearest one may be none of the field,
 * or no reading, while one beside it says the same. */
function roundedRaw(path, x, field) {
    var raw = field.nearest(x), isIn = isWithin(raw, field), i, k, near, size;
    if (isIn && meaning(raw, field.texts) === undefined) {
        return complement(raw, field.width);
    }
    raw = isIn ? raw : order(raw, 0) < 0 ? field.low : field.high;
    size = sum(difference(field.high, field.low), 1);
    for (i = 0; i <= 8; i += 1) {
        for (k = -i; k <= i; k += 2 * i || 1) {
            near = sum(raw, k);
            near = order(near, field.low) < 0 ? sum(near, size)
                : order(near, field.high) > 0 ? difference(near, size) : near;
            if (isWithin(near, field) && meaning(near, field.texts) === undefined &&
                    order(field.value(near), x) === 0) {
                return complement(near, field.width);
            }
        }
    }
    refuse('range', path);
}

/* Sign and magnitude have no number for what is the smallest of two's complement. */
function unlike(path, raw, least) {
    if (order(raw, least) === 0) {
        refuse('range', path);
    }
    return raw;
}

/* Out of two's complement, whose sign is worth so much. */
function signedMagnitude(raw, top) {
    return order(raw, top) > 0 ? difference(product(top, 3), raw) : raw;
}

/* Gray code of up to 32 bits, and of more. */
function toGray(n) {
    return (n ^ n >>> 1) >>> 0;
}

function longToGray(x) {
    var found = quotient(x, 4294967296), high = +found.whole, low = +found.rest;
    low = (low ^ (low >>> 1 | high << 31)) >>> 0;
    return sum(product(toGray(high), 4294967296), low);
}

/* The raw value of JSON that stands in place of a number, or else of the number. */
function standsFor(node, raws, raw) {
    var text = spelling(node);
    return raws.hasOwnProperty(text) ? raws[text] : raw(node);
}
