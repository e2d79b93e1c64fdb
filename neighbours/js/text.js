/* SPDX-License-Identifier: MIT */
/* Bytes as JSON text, and the members that a message prints. */

/* A text with its quotes. */
function quote(text) {
    return JSON.stringify(text);
}

function quoted(x) {
    return '"' + x + '"';
}

function hex(bytes, separator, upper) {
    var out = [], i;
    for (i = 0; i < bytes.length; i += 1) {
        out.push((256 + bytes[i]).toString(16).slice(1));
    }
    out = out.join(separator);
    return quote(upper ? out.toUpperCase() : out);
}


function hexOf(n, digits, upper) {
    var text = n.toString(16);
    while (text.length < digits) {
        text = '0' + text;
    }
    return quoted(upper ? text.toUpperCase() : text);
}

function binary(n, width) {
    var text = n.toString(2);
    while (text.length < width) {
        text = '0' + text;
    }
    return quoted(text);
}

function base64(bytes) {
    var digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    var out = '', i, n;
    for (i = 0; i < bytes.length; i += 3) {
        n = (bytes[i] << 16) + ((bytes[i + 1] || 0) << 8) + (bytes[i + 2] || 0);
        out += digits.charAt(n >> 18) + digits.charAt(n >> 12 & 63) +
            (i + 1 < bytes.length ? digits.charAt(n >> 6 & 63) : '=') +
            (i + 2 < bytes.length ? digits.charAt(n & 63) : '=');
    }
    return quoted(out);
}

/* One byte, one character. */
function latin1(bytes) {
    var text = '', i;
    for (i = 0; i < bytes.length; i += 1) {
        text += String.fromCharCode(bytes[i]);
    }
    return quote(text);
}

function ascii(f, path, bytes) {
    var i;
    for (i = 0; i < bytes.length; i += 1) {
        if (bytes[i] > 127) {
            fail(f, 'text', path);
        }
    }
    return latin1(bytes);
}

function utf8(f, path, bytes) {
    var text = '', i = 0, n, more, least;
    while (i < bytes.length) {
        n = bytes[i];
        more = n < 128 ? 0 : n < 194 ? -1 : n < 224 ? 1 : n < 240 ? 2 : n < 245 ? 3 : -1;
        least = [0, 128, 2048, 65536][more];
        n = more > 0 ? n & (63 >> more) : n;
        for (i += 1; more > 0 && (bytes[i] & 192) === 128; more -= 1, i += 1) {
            n = n * 64 + (bytes[i] & 63);
        }
        if (more !== 0 || n < least || n > 1114111 || (n >= 55296 && n < 57344)) {
            fail(f, 'text', path);
        }
        text += n < 65536 ? String.fromCharCode(n)
            : String.fromCharCode(55232 + (n >> 10), 56320 + (n & 1023));
    }
    return quote(text);
}

/* The text up to the byte that ends it. To the rest of the frame it must be there. */
function untilByte(f, path, bytes, end, isRest) {
    var at = bytes.indexOf(end);
    if (isRest && at < 0 && !(mayFill(f) && end === 0)) {
        f.at -= bytes.length;
        fail(f, 'truncated', path);
    }
    if (isRest && at >= 0) {
        f.at -= bytes.length - at - 1;
    }
    return at < 0 ? bytes : bytes.slice(0, at);
}

/* Without what fills it up. */
function stripped(bytes, pad) {
    var end = bytes.length;
    while (end > 0 && bytes[end - 1] === pad) {
        end -= 1;
    }
    return bytes.slice(0, end);
}

/* A text of half-bytes, and what fills it up. */
function digitText(f, path, bytes, wanted, lowFirst, pad) {
    var list = halfBytes(bytes, lowFirst), first = list.length > 0 ? wanted % 2 : 0, i;
    while (pad !== undefined && list.length > first && list[list.length - 1] === pad) {
        list.pop();
    }
    for (i = 0; i < list.length; i += 1) {
        if (list[i] > 9 || (i < first && list[i] !== 0)) {
            fail(f, 'text', path);
        }
    }
    return quoted(list.slice(first).join(''));
}

function halfBytes(bytes, lowFirst) {
    var out = [], i;
    for (i = 0; i < bytes.length; i += 1) {
        if (lowFirst) {
            out.push(bytes[i] & 15, bytes[i] >> 4);
        } else {
            out.push(bytes[i] >> 4, bytes[i] & 15);
        }
    }
    return out;
}

/* The number that characters spell. */
function textNumber(f, path, bytes) {
    var text = JSON.parse(latin1(bytes)), found = /^([-+]?)([0-9]*)(?:\.([0-9]*))?$/.exec(text);
    if (!found || bytes.length > 64 || (found[2] + (found[3] || '')) === '') {
        fail(f, 'text', path);
    }
    found = shortest(found[1] === '-', found[2] + (found[3] || ''), (found[3] || '').length);
    if (isLarge(found)) {
        fail(f, 'text', path);
    }
    return found;
}

/* An object or array of the JSON, in the order of its members. */
function newObject() {
    return {open: '{', keys: [], values: [], records: []};
}

function newList() {
    return {open: '[', keys: [], values: [], records: []};
}

/* A member with its value: a number, JSON text, an object, or undefined for none. */
function put(to, key, value) {
    if (value !== undefined) {
        to.keys.push(key);
        to.values.push(value);
    }
}

/* A member that several items have: the second one is an error. */
function putOnce(f, path, to, key, value) {
    if (value !== undefined && to.keys.indexOf(key) >= 0) {
        fail(f, 'duplicate-member', path);
    }
    put(to, key, value);
}

/* A computed name may come once, with a value or without. */
function nameOnce(f, path, to, key) {
    to.named = to.named || [];
    if (key !== undefined && to.named.indexOf(key) >= 0) {
        fail(f, 'duplicate-member', path);
    }
    to.named.push(key);
}

/* In a tag loop the last one counts. */
function putLast(f, path, to, key, value) {
    var at = to.keys.indexOf(key);
    if (value === undefined) {
        return;
    }
    if (at >= 0) {
        if (path && to.records[at] === f.record) {
            fail(f, 'duplicate-member', path);
        }
        to.keys.splice(at, 1);
        to.values.splice(at, 1);
        to.records.splice(at, 1);
    }
    to.records[to.keys.length] = f.record;
    put(to, key, value);
}

/* An element; null where it has no value. */
function push(to, value) {
    to.keys.push('');
    to.values.push(value === undefined ? 'null' : value);
}

/* An element of the array that records of a tag loop fill. */
function collect(to, key, value) {
    var at = to.keys.indexOf(key);
    if (at < 0) {
        at = to.keys.length;
        put(to, key, newList());
    }
    push(to.values[at], value);
}

/* A record of an unknown tag, by its tag in hex. */
function keep(f, path, to, key, tag, digits, value) {
    var at = to.keys.indexOf(key), name = hexOf(tag, digits, false);
    if (at < 0) {
        at = to.keys.length;
        put(to, key, newObject());
    }
    putLast(f, '', to.values[at], name.slice(1, -1), value);
    if (to.values[at].keys.length > 64) {
        fail(f, 'limit', path);
    }
}

/* The text of a value; '' for an object without members, which disappears. */
function jsonOf(f, value, stays) {
    var parts = [], i, text;
    if (value.open === undefined) {
        return value.f !== undefined ? '' + value.f : exactText(f, value);
    }
    for (i = 0; i < value.values.length; i += 1) {
        text = jsonOf(f, value.values[i], value.open === '[' && value.keys[i] === '');
        if (text !== '') {
            parts.push(value.keys[i] === '' && value.open === '[' ? text
                : quote(value.keys[i]) + ':' + text);
        }
    }
    if (parts.length === 0 && !stays && !value.stays) {
        return '';
    }
    return value.open + parts.join(',') + (value.open === '{' ? '}' : ']');
}

/* The parts of a composed text without quotes. */
function withoutQuotes(value) {
    var text = value === undefined || value === 'null' ? undefined
        : value.f !== undefined ? '' + value.f : '' + value;
    return text !== undefined && text.charAt(0) === '"' ? text.slice(1, -1) : text;
}

/* A text out of parts; none if one of them has no value. */
function composed(parts) {
    var i;
    for (i = 0; i < parts.length; i += 1) {
        if (parts[i] === undefined) {
            return undefined;
        }
    }
    return quoted(parts.join(''));
}

/* Digits of a whole number, with zeros in front. */
function filled(x, width) {
    var minus, text;
    if (x === undefined) {
        return x;
    }
    text = '' + (x.f === undefined ? exact(x) : x.f);
    minus = text.charAt(0) === '-';
    text = minus ? text.slice(1) : text;
    while (text.length < width) {
        text = '0' + text;
    }
    return (minus ? '-' : '') + text;
}

/* A number with so many decimals. */
function fixed(x, places) {
    var text;
    if (x === undefined) {
        return x;
    }
    text = ('' + rounded(x, places)).split('.');
    text[1] = text[1] || '';
    while (text[1].length < places) {
        text[1] += '0';
    }
    return places > 0 ? text[0] + '.' + text[1] : text[0];
}

function filledHex(x, width, upper) {
    var text = x;
    if (x === undefined) {
        return x;
    }
    if (typeof x !== 'number' || x < 0) {
        return filled(x, width);
    }
    text = hexOf(x, width, upper);
    return text.slice(1, -1);
}

/* Of more than 48 bits. */
function longHex(x, digits, upper) {
    var text = '', found;
    while (text.length < digits) {
        found = quotient(x, 65536);
        text = hexOf(found.rest, 4, upper).slice(1, -1) + text;
        x = found.whole;
    }
    return quoted(text.slice(text.length - digits));
}

/* The next bytes; a short frame may have fewer. */
function some(f, path, count) {
    var have = Math.min(count, f.end - f.at), bytes = f.bytes.slice(f.at, f.at + have);
    if (have < count && !mayFill(f)) {
        fail(f, 'truncated', path);
    }
    f.at += have;
    return bytes;
}

/* The bytes of pieces that were read before: length, place, length, place, ... */
function joinedBytes(f, pieces) {
    var out = [], i;
    for (i = 0; i < pieces.length; i += 2) {
        if (pieces[i] === undefined || pieces[i + 1] === undefined ||
                pieces[i] + pieces[i + 1] > f.bytes.length) {
            return undefined;
        }
        out = out.concat(f.bytes.slice(pieces[i + 1], pieces[i + 1] + pieces[i]));
    }
    return pieces.length > 2 && out.length > 255 ? undefined : out;
}

/* The bytes of the frame or part between two offsets; negative ones from its end. */
function echoed(f, from, to) {
    var size = f.end - f.start, ends = [from, to], i, n;
    for (i = 0; i < 2; i += 1) {
        n = typeof ends[i] === 'number' ? ends[i] : NaN;
        if (!(n >= -size && n <= size)) {
            return undefined;
        }
        ends[i] = n < 0 ? n + size : n;
    }
    return ends[0] > ends[1] ? undefined : f.bytes.slice(f.start + ends[0], f.start + ends[1]);
}

/* An object whose members stand apart in the frame. */
function innerObject(to, key) {
    var at = to.keys.indexOf(key);
    if (at < 0) {
        at = to.keys.length;
        put(to, key, newObject());
    }
    return to.values[at];
}

/* An array or object that prints without elements, too. */
function always(to, key, value) {
    value.stays = true;
    if (to.keys.indexOf(key) < 0) {
        put(to, key, value);
    }
}

/* A name with a number in it, one of so many. */
function numbered(before, n, behind, count) {
    return n >= 0 && n < count ? before + n + behind : undefined;
}
