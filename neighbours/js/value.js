/* SPDX-License-Identifier: MIT */
/* What raw values mean. */

/* 0 or 1. */
function flag(f, path, raw) {
    if (raw !== 0 && raw !== 1) {
        fail(f, 'enum', path);
    }
    return raw === 1;
}

/* The text of a raw value; '' where it means that there is no reading. */
function choice(f, path, raw, texts, unknown) {
    var text = meaning(raw, texts);
    if (text !== undefined) {
        return text === '' ? undefined : text;
    }
    if (unknown === 'number') {
        return raw;
    }
    complain(f, 'enum', path, unknown === 'refuse');
    return undefined;
}

/* The texts of the bits that are set, [bit, text]; others are told. */
function flags(f, path, raw, texts, refuses) {
    var out = newList(), rest = raw, i, unit;
    out.stays = true;
    for (i = 0; i < texts.length; i += 1) {
        unit = Math.pow(2, texts[i][0]);
        if (Math.floor(rest / unit) % 2 === 1) {
            push(out, texts[i][1]);
            rest -= unit;
        }
    }
    if (rest !== 0) {
        complain(f, 'enum', path, refuses);
    }
    return out;
}

/* A value within its limits; undefined is no limit. What becomes of others: */
function within(f, path, x, low, high, outside) {
    if (x === undefined || !(order(x, low) < 0 || order(x, high) > 0)) {
        return x;
    }
    if (outside === 'clamp') {
        return order(x, low) < 0 ? low : high;
    }
    if (outside === 'null') {
        return undefined;
    }
    complain(f, outside === 'warn-model' || outside === 'refuse-model' ? 'model-limit'
        : 'range', path, outside === 'refuse' || outside === 'refuse-model');
    return outside === 'omit' ? undefined : x;
}

/* A text that is longer than the product model says. */
function noLonger(f, path, text, most, refuses) {
    var characters = JSON.parse(text).replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '.').length;
    if (characters > most) {
        complain(f, 'model-limit', path, refuses);
    }
    return text;
}

/* What the platform calls mid: 1 to 65535; 0 may stand for none. */
function messageId(f, path, x, mayLack) {
    if (!(order(x, 1) >= 0 && order(x, 65535) <= 0) && !(x === 0 && mayLack)) {
        fail(f, 'range', path);
    }
    f.mid = x;
    return x;
}

function zeroOrOne(f, path, x, refuses) {
    if (x !== 0 && x !== 1 && x !== true && x !== false) {
        complain(f, 'range', path, refuses);
    }
    return x;
}

/* An integer put together out of pieces: value, bits, value, bits, ... */
function joined(pieces) {
    var out = 0, i, unit;
    for (i = 0; i < pieces.length; i += 2) {
        if (pieces[i] === undefined) {
            return undefined;
        }
        unit = Math.pow(2, pieces[i + 1]);
        out = sum(product(out, unit), quotient(exact(pieces[i]), unit).rest);
    }
    return out;
}

/* Decimal digits of the wire, by half-bytes; `sign` tells how they are negative. */
function decimalDigits(f, path, bytes, count, format) {
    var places = halfBytes(format.reversed ? bytes.slice().reverse() : bytes, format.low);
    var tail = format.sign === 'last' ? places[places.length - 1] : 0, minus = false, text = '';
    var isDigits, i;
    var body = places.slice(0, places.length - (format.sign === 'last' ? 1 : 0));
    var lead = body.slice(0, body.length - count), all = body.slice(body.length - count);
    if (format.sign === 'top' && all.length > 0) {
        minus = all[0] >= 8;
        all[0] &= 7;
    } else if (format.sign === 'F' && all.length > 1 && all[0] === 15) {
        minus = true;
        all.shift();
    } else if (format.sign === 'FF' && all.length > 2 && all[0] === 15 && all[1] === 15) {
        minus = true;
        all.splice(0, 2);
    } else if (format.sign === 'last') {
        minus = tail === 13 || tail === 11;
    }
    for (i = 0; i < all.length && all[i] <= 9; i += 1) {
        text += all[i];
    }
    isDigits = i === all.length && !(format.sign === 'last' && tail < 10);
    if (!/^0*$/.test(lead.join(''))) {
        return {places: places};
    }
    text = text.replace(/^0+(?=[0-9])/, '');
    if (text.length > 18) {
        f.at -= bytes.length;
        fail(f, 'overflow', path);
    }
    if (!isDigits) {
        return {places: places};
    }
    return shortest(minus, text || '0', 0);
}

/* Digits as characters by a pattern, whose other characters stand for themselves. */
function characterDigits(f, path, bytes, pattern) {
    var text = '', i, letter;
    for (i = 0; i < bytes.length; i += 1) {
        letter = /[YMDhmsf]/.test(pattern.charAt(i));
        if (letter ? bytes[i] < 48 || bytes[i] > 57 : bytes[i] !== pattern.charCodeAt(i)) {
            fail(f, 'text', path);
        }
        text += letter ? String.fromCharCode(bytes[i]) : '';
    }
    return shortest(false, text, 0);
}

/* The text of a raw value that is no reading, '' for none; undefined if it is one. */
function meaning(raw, texts) {
    var text = texts[raw], i;
    for (i = 0; text === undefined && texts.ranges && i < texts.ranges.length; i += 1) {
        if (order(raw, texts.ranges[i][0]) >= 0 && order(raw, texts.ranges[i][1]) <= 0) {
            text = texts.ranges[i][2];
        }
    }
    return text;
}

/* The place of a raw value in a list of ranges, and the reverse. */
function placeOf(x, ranges) {
    var i;
    for (i = 0; i < ranges.length; i += 1) {
        if (order(x, ranges[i][0]) >= 0 && order(x, ranges[i][1]) <= 0) {
            return i;
        }
    }
    return undefined;
}

function rawAt(x, raws) {
    return typeof x === 'number' ? raws[x] : undefined;
}

/* Half-bytes that are no digits: the number is 8 and they behind it, as a word with or without
 * a sign. */
function patternOf(places, isSigned) {
    var raw = 0, i;
    for (i = 0; places.length <= 14 && i < places.length; i += 1) {
        raw = sum(product(raw, 16), places[i]);
    }
    return sum(isSigned ? '-9223372036854775808' : '9223372036854775808', raw);
}

function namedPattern(f, path, places, isSigned, texts) {
    var raw = patternOf(places, isSigned);
    if (meaning(raw, texts) === undefined) {
        fail(f, 'text', path);
    }
    return raw;
}

/* Do digits say that there is no reading? Too many for a number say no such thing. */
function saysDigits(bytes, count, format, isSigned, texts) {
    var raw;
    try {
        raw = decimalDigits({}, '', bytes, count, format);
    } catch (problem) {
        return false;
    }
    return meaning(raw.places ? patternOf(raw.places, isSigned) : raw, texts) === '';
}

function saysCharacters(bytes, pattern, texts) {
    try {
        return meaning(characterDigits({}, '', bytes, pattern), texts) === '';
    } catch (problem) {
        return false;
    }
}
