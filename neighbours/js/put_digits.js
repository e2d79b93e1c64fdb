/* SPDX-License-Identifier: MIT */
/* Decimal digits on the way out. */

/* A raw value that digits can spell; negative ones in two's complement. */
function heldDigits(path, x, isSigned) {
    if (decimals(x) > 0) {
        refuse('type', path);
    }
    if (order(magnitudeOf(x), '999999999999999999') > 0 || (order(x, 0) < 0 && !isSigned)) {
        refuse('range', path);
    }
    return order(x, 0) < 0 ? sum(x, '18446744073709551616') : x;
}

/* The bytes of half-bytes. */
function joinedHalves(places, format) {
    var out = [], i;
    for (i = 0; i < places.length; i += 2) {
        out.push(format.low ? places[i + 1] * 16 + places[i] : places[i] * 16 + places[i + 1]);
    }
    return format.reversed ? out.reverse() : out;
}

/* Half-bytes that are no digits, of which the raw value is 8 and they behind it. */
function patternPlaces(path, raw, size) {
    var rest = difference(raw, '9223372036854775808'), bytes = integerBytes(rest, 7);
    if (size > 7) {
        refuse('range', path);
    }
    return halfBytes(bytes.slice(7 - size), false);
}

/* The sign of digits takes the place of zeros, or is a bit of the first one. */
function withSign(path, places, minus, format) {
    var i, count = format.sign === 'F' ? 1 : format.sign === 'FF' ? 2 : 0;
    if (format.sign === 'top' && places.length > 0) {
        if (places[0] > 7) {
            refuse('range', path);
        }
        places[0] += minus ? 8 : 0;
        return;
    }
    if (minus && places.length <= count) {
        refuse('range', path);
    }
    for (i = 0; minus && i < count; i += 1) {
        if (places[i] !== 0) {
            refuse('range', path);
        }
        places[i] = 15;
    }
    if (minus && format.sign === 'top') {
        refuse('range', path);
    }
}

/* Digits that a number takes where nothing else says how many: those of whole bytes. */
function digitsNeeded(text, minus, format, tail) {
    var count = text.length + (minus ? {F: 1, FF: 2}[format.sign] || 0 : 0);
    return Math.max(Math.ceil((count + tail) / 2), 1) * 2 - tail;
}

/* The bytes of a raw value as so many decimal digits. */
function digitBytes(path, raw, count, format) {
    var tail = format.sign === 'last' ? 1 : 0, minus, text, places, size;
    minus = format.sign !== '' && order(raw, '9223372036854775808') >= 0;
    text = '' + (minus ? difference('18446744073709551616', raw) : raw);
    text = text === '0' ? '' : text;
    count = count === undefined ? digitsNeeded(text, minus, format, tail) : count;
    size = Math.ceil((count + tail) / 2);
    if (size > 64) {
        refuse('limit', path);
    }
    if (order(raw, '9223372036854775808') >= 0 && order(raw, '10376293541461622784') < 0) {
        return joinedHalves(patternPlaces(path, raw, size), format);
    }
    if (text.length > count) {
        refuse('range', path);
    }
    places = zeros(count - text.length).concat(text.split('').map(Number));
    withSign(path, places, minus, format);
    if (tail) {
        places.push(minus ? 13 : 12);
    }
    return joinedHalves(zeros(2 * size - places.length).concat(places), format);
}

/* The digits of a text. */
function digitsOf(path, text) {
    if (!/^[0-9]*$/.test(text)) {
        refuse('text', path);
    }
    return text.split('').map(Number);
}

/* They in their half-bytes: a zero before an odd number of them, filler behind. */
function placedDigits(path, digits, count, pad, format) {
    var isRest = count === undefined, places = digits.slice();
    count = isRest ? places.length + (pad === undefined ? 0 : places.length % 2) : count;
    if (places.length > count || (places.length < count && pad === undefined) ||
            (isRest && count % 2 !== 0)) {
        refuse('length', path);
    }
    while (places.length < count) {
        places.push(pad);
    }
    return joinedHalves(zeros(count % 2).concat(places), format);
}

/* Digits as characters by a pattern, whose other characters stand for themselves. */
function characterDigitBytes(path, raw, pattern) {
    var text = '' + raw, out = [], i;
    for (i = pattern.length - 1; i >= 0; i -= 1) {
        if (/[YMDhmsf]/.test(pattern.charAt(i))) {
            out.unshift((text.slice(-1) || '0').charCodeAt(0));
            text = text.slice(0, -1);
        } else {
            out.unshift(pattern.charCodeAt(i));
        }
    }
    if (text !== '') {
        refuse('range', path);
    }
    return out;
}

/* A number in characters: zeros between sign and digits, or padding behind them. */
function numberBytes(path, x, count, pad) {
    var text = '' + x, out = characterBytes(path, text, 127), sign = text.charAt(0) === '-' ? 1 : 0;
    if (count !== undefined && text.length > count) {
        refuse('text', path);
    }
    while (out.length < count) {
        if (pad === undefined) {
            out.splice(sign, 0, 48);
        } else {
            out.push(pad);
        }
    }
    return out;
}
