/* SPDX-License-Identifier: MIT */
/* Values become bytes. */

/* A call is refused: why, and for which member. */
function refuse(status, path) {
    throw new Error(status + ': ' + path);
}

/* A number token as an exact number; undefined if none can hold it. */
function numberOf(token) {
    var found = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?$/.exec(token), digits, places;
    if (!found) {
        return undefined;
    }
    digits = found[2] + (found[3] || '');
    places = (found[3] || '').length - (found[4] ? +found[4] : 0);
    if (/^0*$/.test(digits)) {
        return 0;
    }
    while (/0$/.test(digits)) {
        digits = digits.slice(0, -1);
        places -= 1;
    }
    digits = digits.replace(/^0+/, '');
    if (places > 38 || places < -39 || digits.length - Math.min(places, 0) > 39) {
        return undefined;
    }
    for (; places < 0; places += 1) {
        digits += '0';
    }
    digits = shortest(found[1] === '-', digits, places);
    return isLarge(digits) ? undefined : digits;
}

/* A value as a text that is the same for all its spellings. */
function spelling(node) {
    var list, i;
    if (node.type === 'number') {
        i = numberOf(node.text);
        return i === undefined ? node.text : '' + i;
    }
    if (node.type === 'string') {
        return quote(node.text);
    }
    if (node.type === 'array') {
        list = [];
        for (i = 0; i < node.items.length; i += 1) {
            list.push(spelling(node.items[i]));
        }
        return '[' + list.join(',') + ']';
    }
    if (node.type === 'object') {
        list = [];
        for (i = 0; i < node.members.length; i += 1) {
            list.push(quote(node.members[i][0]) + ':' + spelling(node.members[i][1]));
        }
        return '{' + list.sort().join(',') + '}';
    }
    return node.type;
}

/* The number that a member has. */
function given(path, node, isQuoted) {
    var x;
    if (node.type !== (isQuoted ? 'string' : 'number')) {
        refuse('type', path);
    }
    if (isQuoted && !/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/.test(node.text)) {
        refuse('type', path);
    }
    x = numberOf(node.text);
    if (x === undefined) {
        refuse('range', path);
    }
    return x;
}

function inLimits(path, x, low, high, clamps) {
    if (order(x, low) < 0 || order(x, high) > 0) {
        if (!clamps) {
            refuse('range', path);
        }
        return order(x, low) < 0 ? low : high;
    }
    return x;
}

/* The raw value whose value is nearest: (x * 10^places * div - add) / mul. */
function unscaled(path, x, mul, add, div, places, isExact) {
    var units = shifted(x, places), whole = floor(units), part = difference(units, whole), raw;
    units = sum(difference(product(whole, div), add), part);
    if (order(mul, 0) < 0) {
        units = opposite(units);
        mul = opposite(mul);
    }
    raw = longNearest(units, mul, false);
    if (isExact && order(product(raw, mul), units) !== 0) {
        refuse('inexact', path);
    }
    return raw;
}

/* A raw value that the field holds; negative ones in two's complement. */
function held(path, x, width, isSigned) {
    var all = product(Math.pow(2, Math.min(width, 32)), Math.pow(2, Math.max(width - 32, 0)));
    if (decimals(x) > 0) {
        refuse('type', path);
    }
    if (order(x, isSigned ? opposite(quotient(all, 2).whole) : 0) < 0 ||
            order(x, isSigned ? quotient(all, 2).whole : all) >= 0) {
        refuse('range', path);
    }
    return order(x, 0) < 0 ? sum(x, all) : x;
}

/* A reading may not look like none; of so many bits if the texts are those of signed ones. */
function reading(path, raw, texts, width) {
    if (meaning(width > 0 ? longSigned(raw, width) : raw, texts) !== undefined) {
        refuse('range', path);
    }
    return raw;
}

/* The raw value of a text, by the texts as JSON; of others, numbers may stand for themselves. */
function named(path, node, raws, ofNumber) {
    var text = spelling(node), x;
    if (raws.hasOwnProperty(text)) {
        if (raws[text] === null) {
            refuse('enum', path);
        }
        return raws[text];
    }
    x = ofNumber && node.type === 'number' ? numberOf(node.text) : undefined;
    if (x === undefined || decimals(x) > 0) {
        refuse('enum', path);
    }
    return ofNumber(x);
}

function truthOf(path, node) {
    if (node.type !== 'true' && node.type !== 'false') {
        refuse('type', path);
    }
    return node.type === 'true' ? 1 : 0;
}

/* The bits of the texts of an array. */
function flagBits(path, node, raws) {
    var out = 0, i, text;
    if (node.type !== 'array') {
        refuse('type', path);
    }
    for (i = 0; i < node.items.length; i += 1) {
        text = spelling(node.items[i]);
        if (!raws.hasOwnProperty(text)) {
            refuse('enum', path);
        }
        if (Math.floor(out / Math.pow(2, raws[text])) % 2 === 0) {
            out += Math.pow(2, raws[text]);
        }
    }
    return out;
}

/* Digits to a base of 2 or 16, just so many. */
function digitsTo(path, node, base, digits) {
    if (node.type !== 'string' || node.text.length !== digits ||
            !(base === 2 ? /^[01]*$/ : /^[0-9a-fA-F]*$/).test(node.text)) {
        refuse('type', path);
    }
    return node.text;
}

function based(path, node, base, digits, width) {
    var x = parseInt(digitsTo(path, node, base, digits), base);
    if (x >= Math.pow(2, width)) {
        refuse('range', path);
    }
    return x;
}

/* Of more than 48 bits. */
function longBased(path, node, base, digits, width) {
    var text = digitsTo(path, node, base, digits), x = 0, i;
    for (i = 0; i < text.length; i += 1) {
        x = sum(product(x, base), parseInt(text.charAt(i), base));
    }
    return held(path, x, width, false);
}

/* Seconds of an instant by its pattern. */
function secondsOf(path, node, pattern, zone) {
    var part = {Y: 0, M: 0, D: 0, h: 0, m: 0, s: 0, f: 0}, at = 0, seconds, isGood = true;
    var text = node.text, fraction;
    if (node.type !== 'string') {
        refuse('type', path);
    }
    if (pattern === 'YYYY-MM-DDThh:mm:ssZ' || pattern === 'YYYY-MM-DDThh:mm:ss.fffZ') {
        fraction = /\.([0-9]{1,3})Z$/.exec(text);
        text = text.replace(/\.[0-9]{1,3}Z$/, 'Z');
        part.f = fraction ? +(fraction[1] + '00').slice(0, 3) : 0;
        pattern = 'YYYY-MM-DDThh:mm:ssZ';
    }
    pattern.replace(/YYYY|MM|DD|hh|mm|ss|fff|[^YMDhmsf]/g, function (word) {
        var piece = text.substr(at, word.length);
        at += word.length;
        if (!/[YMDhmsf]/.test(word)) {
            isGood = isGood && piece === word;
        } else {
            isGood = isGood && piece.length === word.length && /^[0-9]+$/.test(piece);
            part[word.charAt(0)] = +piece;
        }
    });
    seconds = isGood && at === text.length ? dated(part.Y, part.M, part.D, part.h, part.m, part.s,
                                                   part.f, zone || 0) : undefined;
    if (seconds === undefined) {
        refuse('time', path);
    }
    return seconds;
}

/* A constant that the call may say; which one of the list. */
function said(path, raw, wanted) {
    if (raw === undefined) {
        return wanted[0];
    }
    if (wanted.indexOf(raw) < 0) {
        refuse('const', path);
    }
    return raw;
}

/* The value of an expression in a field that takes whole numbers, or others, too. */
function computed(path, x, isReal) {
    x = exact(x);
    if (x !== undefined && x.f !== undefined && x.f % 1 === 0 && Math.abs(x.f) < 1.7e38) {
        x = wholeOf(x.f);
    }
    if (x === undefined || (!isReal && (x.f !== undefined || decimals(x) > 0))) {
        refuse('not-encodable', path);
    }
    return x;
}

function sameAs(path, raw, found) {
    if (found !== undefined && order(raw, found) !== 0) {
        refuse('count-mismatch', path);
    }
    return raw;
}

function roleValue(path, x) {
    if (x === undefined) {
        refuse('missing-member', path);
    }
    return x;
}

/* A member that nothing stands in for. */
function needed(path, node) {
    if (node === undefined) {
        refuse('missing-member', path);
    }
    return node;
}

/* Members of rows that are absent may not be given. */
function notGiven(path, nodes) {
    var i;
    for (i = 0; i < nodes.length; i += 1) {
        if (nodes[i] !== undefined) {
            refuse('member-not-allowed', path);
        }
    }
}

/* Is one of them given? What is optional is there then, and what stands before it must be. */
function someGiven(e, path, nodes) {
    var i, found = false;
    for (i = 0; i < nodes.length; i += 1) {
        found = found || nodes[i] !== undefined;
    }
    if (!found && e.gap === undefined) {
        e.gap = path;
    } else if (found && e.gap !== undefined) {
        refuse('missing-member', e.gap);
    }
    return found;
}

function append(e, bytes) {
    e.bytes = e.bytes.concat(bytes);
    if (e.bytes.length > 65535) {
        refuse('limit', 'the frame is too long');
    }
}

/* Bytes of a raw value, most significant first. */
function integerBytes(raw, count) {
    var out = [], i, found;
    for (i = 0; i < count; i += 1) {
        if (typeof raw === 'number') {
            out.unshift(raw % 256);
            raw = Math.floor(raw / 256);
        } else {
            found = quotient(raw, 256);
            out.unshift(found.rest);
            raw = found.whole;
        }
    }
    return out;
}

function zeros(count) {
    var out = [];
    while (out.length < count) {
        out.push(0);
    }
    return out;
}

/* The bytes of a text. */
function characterBytes(path, text, most) {
    var out = [], i, n;
    for (i = 0; i < text.length; i += 1) {
        n = text.charCodeAt(i);
        if (n > most) {
            refuse('text', path);
        }
        out.push(n);
    }
    return out;
}

function utf8Bytes(path, text) {
    var out = [], coded = encodeURIComponent(text), i;
    for (i = 0; i < coded.length; i += 1) {
        if (coded.charAt(i) === '%') {
            out.push(parseInt(coded.substr(i + 1, 2), 16));
            i += 2;
        } else {
            out.push(coded.charCodeAt(i));
        }
    }
    return out;
}

function hexBytes(path, text, separator) {
    var out = [], parts = separator === '' ? text.match(/[^]{1,2}/g) || [] : text.split(separator), i;
    if (text === '') {
        return out;
    }
    for (i = 0; i < parts.length; i += 1) {
        if (!/^[0-9a-fA-F]{2}$/.test(parts[i])) {
            refuse('text', path);
        }
        out.push(parseInt(parts[i], 16));
    }
    return out;
}

/* Numbers with a text between them. */
function dottedBytes(path, text, separator) {
    var out = text === '' ? [] : text.split(separator), i;
    for (i = 0; i < out.length; i += 1) {
        if (!/^(?:0|[1-9][0-9]{0,2})$/.test(out[i]) || +out[i] > 255) {
            refuse('text', path);
        }
        out[i] = +out[i];
    }
    return out;
}

/* Decoding writes null for an element that has no reading. */
function isNull(node) {
    return node !== undefined && node.type === 'null';
}

function isNothing(node) {
    return node === undefined || node.type === 'null';
}

/* Canonical Base64 only. */
function base64Bytes(path, text) {
    var digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    var out = [], i, n;
    for (i = 0; i < text.length; i += 4) {
        n = text.substr(i, 4).replace(/[=]/g, 'A');
        n = digits.indexOf(n.charAt(0)) * 262144 + digits.indexOf(n.charAt(1)) * 4096 +
            digits.indexOf(n.charAt(2)) * 64 + digits.indexOf(n.charAt(3));
        out.push(n >> 16 & 255, n >> 8 & 255, n & 255);
    }
    out = out.slice(0, out.length - (/[=]=$/.test(text) ? 2 : /[=]$/.test(text) ? 1 : 0));
    if (base64(out) !== quoted(text)) {
        refuse('text', path);
    }
    return out;
}

function stringOf(path, node) {
    if (needed(path, node).type !== 'string') {
        refuse('type', path);
    }
    return node.text;
}

/* A text of at most so many characters, or one of a list. */
function allowed(path, text, most, list) {
    var characters = text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '.').length;
    if (most !== undefined && characters > most) {
        refuse('range', path);
    }
    if (list !== undefined && list.indexOf(text) < 0) {
        refuse('enum', path);
    }
    return text;
}

/* Bytes in a place of so many; shorter ones are filled up, if they may be. */
function placed(path, bytes, wanted, pad, end) {
    var out = bytes.slice();
    if (end !== undefined && bytes.indexOf(end) >= 0) {
        refuse('text', path);
    }
    if (wanted === undefined) {
        return end === undefined ? out : out.concat([end]);
    }
    if (out.length > wanted || (out.length < wanted && pad === undefined && end === undefined)) {
        refuse('length', path);
    }
    if (out.length < wanted && end !== undefined) {
        out.push(end);
    }
    while (out.length < wanted) {
        out.push(pad === undefined ? end : pad);
    }
    return out;
}

/* An array of bytes. */
function byteArray(path, node) {
    var out = [], i, x;
    if (needed(path, node).type !== 'array') {
        refuse('type', path);
    }
    for (i = 0; i < node.items.length; i += 1) {
        x = node.items[i].type === 'number' ? numberOf(node.items[i].text) : undefined;
        if (x === undefined || decimals(x) > 0 || order(x, 0) < 0 || order(x, 255) > 0) {
            refuse('type', path);
        }
        out.push(x);
    }
    return out;
}

/* Values of members in expressions. */
function memberValue(node) {
    if (node === undefined) {
        return undefined;
    }
    return node.type === 'number' ? numberOf(node.text)
        : node.type === 'true' ? true : node.type === 'false' ? false : undefined;
}

function countOf(node) {
    return node !== undefined && node.type === 'array' ? node.items.length : 0;
}

/* Lengths and checksums, once the last byte is there; checksums cover lengths. */
function settle(e) {
    var i, k, one, bytes;
    for (k = 0; k < 2; k += 1) {
        for (i = 0; i < e.later.length; i += 1) {
            one = e.later[i];
            if (one.isCheck === (k === 1)) {
                bytes = one.bytes(e.bytes, one.at);
                e.bytes.splice.apply(e.bytes, [one.at, bytes.length].concat(bytes));
            }
        }
    }
}

/* Room for what is known only later. */
function postponed(e, count, isCheck, bytes) {
    e.later.push({at: e.bytes.length, isCheck: isCheck, bytes: bytes});
    append(e, zeros(count));
}

/* The bytes that a checksum will cover. */
function coveredBy(path, bytes, from, to) {
    from = from < 0 ? bytes.length + from : from;
    to = to < 0 ? bytes.length + to : to;
    if (from < 0 || to > bytes.length || from > to) {
        refuse('length', path);
    }
    return bytes.slice(from, to);
}

/* What the platform calls mid, which is needed. */
function messageNumber(path, f) {
    if (f.mid === undefined) {
        refuse(f.hasMid ? 'range' : 'missing-member', path);
    }
    return f.mid;
}

function replace(e, at, bytes) {
    e.bytes.splice.apply(e.bytes, [at, bytes.length].concat(bytes));
}

/* A part that was written has the size that it should; fewer bytes may be filled up. */
function sized(e, path, wanted, fillsUp) {
    if (e.written < wanted && fillsUp) {
        append(e, zeros(wanted - e.written));
    } else if (e.written !== wanted) {
        refuse('length', path);
    }
}

/* The members of an element, as the message has them. */
function boundElement(members, node, around, into) {
    var k, up;
    for (k = 0; k < members.length; k += 1) {
        for (up = members[k][1]; up >= 0 && up !== around;) {
            up = members[up][1];
        }
        if (up === around) {
            into[k] = undefined;
        }
    }
    if (node.type !== (members[around][2] === 7 ? 'array' : 'object')) {
        refuse('type', members[around][0]);
    }
    bound(members, node, around, false, into, members[around][5]);
    checkRequired(members, into, around, members[around][5]);
}

/* A text that is always the same. */
function literal(path, node, text) {
    if (node !== undefined && spelling(node) !== spelling(parsed(text))) {
        refuse('const', path);
    }
}

/* Delimiters and escapes around what was written. */
function framed(bytes, framing) {
    var out = framing.start.slice(), i, k, escape;
    if (bytes.length === 0) {
        return bytes;
    }
    if (framing.cobs) {
        out = out.concat(stuffed(bytes));
    }
    for (i = 0; !framing.cobs && i < bytes.length; i += 1) {
        escape = [bytes[i]];
        for (k = 0; framing.pairs && k < framing.pairs.length; k += 1) {
            escape = framing.pairs[k][0] === bytes[i] ? framing.pairs[k][1] : escape;
        }
        out = out.concat(escape);
    }
    out = out.concat(framing.end);
    if (framing.size) {
        i = out.slice(framing.at, framing.at + framing.size);
        if (i.length < framing.size || integer(framing.arrange ? framing.arrange(i) : i) +
                framing.add !== out.length) {
            refuse('framing', 'the frame does not have the length that it tells');
        }
    }
    return out;
}

/* Consistent overhead byte stuffing. */
function stuffed(bytes) {
    var out = [], at = 0, run;
    for (;;) {
        run = bytes.slice(at, at + 254);
        run = run.indexOf(0) >= 0 ? run.slice(0, run.indexOf(0)) : run;
        out = out.concat([run.length + 1], run);
        at += run.length;
        if (at === bytes.length) {
            return out;
        }
        at += run.length < 254 ? 1 : 0;
    }
}
