/* SPDX-License-Identifier: MIT */
/* The bytes of a frame, read one item after another. */

/* The frame is refused: why, for which item, and where. */
function fail(f, status, path) {
    throw new Error(status + ': ' + path + (f.at === undefined ? '' : ', at byte ' + f.at));
}

function warn(f, status, path) {
    f.warnings.push(status + ': ' + path + ', at byte ' + f.at);
}

/* What was found may be an error or a warning. */
function complain(f, status, path, refuses) {
    if (refuses) {
        fail(f, status, path);
    }
    warn(f, status, path);
}

/* Bytes left of the frame, or of the part around that has a size of its own. */
function left(f) {
    var count = f.end - f.at;
    return f.parts > 0 ? count : Math.max(count - f.trailer, 0);
}

/* May what is cut off count as filled up with zeros? */
function mayFill(f) {
    return f.fills && f.end === f.bytes.length;
}

/* The next bytes. */
function take(f, path, count) {
    var have = Math.min(count, f.end - f.at), bytes = f.bytes.slice(f.at, f.at + have);
    if (have < count && !mayFill(f)) {
        fail(f, 'truncated', path);
    }
    f.at += have;
    while (bytes.length < count) {
        bytes.push(0);
    }
    return bytes;
}

/* Bytes of other orders, most significant first. */
function little(bytes) {
    return bytes.reverse();
}

function lowWordFirst(bytes) {
    var out = [], i;
    for (i = bytes.length - 2; i >= 0; i -= 2) {
        out.push(bytes[i], bytes[i + 1]);
    }
    return out;
}

function swapped(bytes) {
    var out = [], i;
    for (i = 0; i < bytes.length; i += 2) {
        out.push(bytes[i + 1], bytes[i]);
    }
    return out;
}

/* An integer of up to six bytes. */
function integer(bytes) {
    var n = 0, i;
    for (i = 0; i < bytes.length; i += 1) {
        n = n * 256 + bytes[i];
    }
    return n;
}

/* Of more bytes: a text of digits where a number cannot hold it. */
function longInteger(bytes) {
    var n = integer(bytes), i, x = 0;
    if (n <= 9007199254740991) {
        return n;
    }
    for (i = 0; i < bytes.length; i += 1) {
        x = sum(product(x, 256), bytes[i]);
    }
    return x;
}

function uint(f, path, count) {
    return integer(take(f, path, count));
}

function uintLE(f, path, count) {
    return integer(little(take(f, path, count)));
}

/* Two's complement of so many bits, up to 48. */
function signed(n, width) {
    return n >= Math.pow(2, width - 1) ? n - Math.pow(2, width) : n;
}

function longSigned(x, width) {
    var half = product(1073741824, Math.pow(2, width - 31));
    return order(x, half) < 0 ? x : difference(x, product(half, 2));
}

function sint(f, path, count) {
    return signed(uint(f, path, count), 8 * count);
}

function sintLE(f, path, count) {
    return signed(uintLE(f, path, count), 8 * count);
}

/* The top bit is the sign, the others are a number. */
function magnitude(n, width) {
    var half = Math.pow(2, width - 1);
    return n >= half ? half - n : n;
}

function longMagnitude(x, width) {
    var half = product(1073741824, Math.pow(2, width - 31));
    return order(x, half) < 0 ? x : difference(half, x);
}

/* Gray code of up to 32 bits, and of more. */
function gray(n) {
    var shift;
    for (shift = 1; shift < 32; shift *= 2) {
        n ^= n >>> shift;
    }
    return n >>> 0;
}

function longGray(x) {
    var found = quotient(x, 4294967296), high = gray(+found.whole), low = gray(+found.rest);
    return sum(product(high, 4294967296), high % 2 === 1 ? 4294967295 - low : low);
}

/* `width` bits of bytes, from bit `from` on, counted from the top of the first byte. */
function bits(bytes, from, width) {
    var n = 0, i;
    for (i = from; i < from + width; i += 1) {
        n = n * 2 + (bytes[i >> 3] >> (7 - (i & 7)) & 1);
    }
    return n;
}

/* More than 53 of them. */
function longBits(bytes, from, width) {
    return sum(product(bits(bytes, from, width - 32), 4294967296),
               bits(bytes, from + width - 32, 32));
}

/* The same, counted from the lowest bit of the first byte up. */
function bitsLE(bytes, from, width) {
    var n = 0, i;
    for (i = from + width - 1; i >= from; i -= 1) {
        n = n * 2 + (bytes[i >> 3] >> (i & 7) & 1);
    }
    return n;
}

function longBitsLE(bytes, from, width) {
    return sum(product(bitsLE(bytes, from + 32, width - 32), 4294967296),
               bitsLE(bytes, from, 32));
}

/* A part of the frame begins that has just so many bytes; what it stands in. */
function openPart(f, path, size) {
    var outer = {start: f.start, end: f.end};
    if (size > f.end - f.at && !mayFill(f)) {
        fail(f, 'truncated', path);
    }
    f.start = f.at;
    f.end = Math.min(f.at + size, f.end);
    f.parts += 1;
    return outer;
}

function closePart(f, path, outer) {
    if (f.at < f.end && !f.loose) {
        fail(f, 'trailing-bytes', path);
    }
    f.at = f.end;
    f.start = outer.start;
    f.end = outer.end;
    f.parts -= 1;
}

/* Bytes that were masked are read as if they were the frame; what they stand in. */
function openMasked(f, count, key, adds) {
    var outer = {bytes: f.bytes, at: f.at + count, start: f.start, end: f.end}, i, out = [];
    for (i = 0; i < count; i += 1) {
        out.push(adds ? f.bytes[f.at + i] - key[i % key.length] & 255
                      : f.bytes[f.at + i] ^ key[i % key.length]);
    }
    f.bytes = out;
    f.at = f.start = 0;
    f.end = count;
    f.parts += 1;
    return outer;
}

function closeMasked(f, path, outer) {
    if (f.at < f.end && !f.loose) {
        fail(f, 'trailing-bytes', path);
    }
    f.bytes = outer.bytes;
    f.at = outer.at;
    f.start = outer.start;
    f.end = outer.end;
    f.parts -= 1;
}

/* Go to an offset of the frame or part, from its end if negative; from where. */
function goTo(f, path, offset) {
    var from = f.at, to = offset < 0 ? f.end + offset : f.start + offset;
    if (to < f.start || to > f.end && !mayFill(f)) {
        f.at = f.end;
        fail(f, 'truncated', path);
    }
    f.at = Math.min(to, f.end);
    return from;
}

/* Is the mark next that ends a repetition? Then it is taken. */
function atMark(f, path, count, mark, arrange) {
    var bytes;
    if (f.end - f.at < count) {
        if (!mayFill(f)) {
            fail(f, 'truncated', path);
        }
        return true;
    }
    bytes = f.bytes.slice(f.at, f.at + count);
    if (order(longInteger(arrange ? arrange(bytes) : bytes), mark) !== 0) {
        return false;
    }
    f.at += count;
    return true;
}

/* A field that is always the same, or one of a list. */
function constant(f, path, found, wanted) {
    if (wanted.indexOf(found) < 0) {
        fail(f, 'const', path);
    }
    return found;
}

/* A count or length that an expression gave. */
function counted(f, path, value) {
    value = +value;
    if (!(value >= 0 && value <= 65535) || value % 1 !== 0) {
        fail(f, 'length', path);
    }
    return value;
}

/* Every round of a repetition moves on. */
function moved(f, path, from) {
    if (f.at === from) {
        fail(f, 'length', path);
    }
}

/* CRC of up to 32 bits. */
function crc(bytes, width, poly, init, reflectIn, reflectOut, xorOut) {
    var state = init, top = Math.pow(2, width - 1), mask = top * 2 - 1, mirror = 0, i, bit;
    for (i = 0; i < bytes.length * 8; i += 1) {
        bit = bytes[i >> 3] >> (reflectIn ? i & 7 : 7 - (i & 7)) & 1;
        bit = (state >= top ? 1 : 0) !== bit;
        state = state * 2 % (mask + 1);
        state = (bit ? state ^ poly : state) >>> 0;
    }
    for (i = 0; reflectOut && i < width; i += 1) {
        mirror = mirror * 2 + (state >>> i & 1);
    }
    return ((reflectOut ? mirror : state) ^ xorOut) >>> 0;
}

/* The sum of all bytes, modulo 2^width. */
function byteSum(bytes, width, init, negates, xorOut) {
    var total = init, all = Math.pow(2, width), i;
    for (i = 0; i < bytes.length; i += 1) {
        total += bytes[i];
    }
    total = (negates ? all - total % all : total) % all;
    return width > 32 ? total : (total ^ xorOut) >>> 0;
}

function byteXor(bytes, init, xorOut) {
    var total = init, i;
    for (i = 0; i < bytes.length; i += 1) {
        total ^= bytes[i];
    }
    return (total ^ xorOut) >>> 0;
}

/* Two running sums: Fletcher, Adler. */
function doubleSum(bytes, modulus, first, unit) {
    var low = first, high = 0, i;
    for (i = 0; i < bytes.length; i += 1) {
        low = (low + bytes[i]) % modulus;
        high = (high + low) % modulus;
    }
    return high * unit + low;
}

/* The bytes that a checksum covers; negative offsets count from the end of the frame. */
function covered(f, path, from, to) {
    from = from < 0 ? f.bytes.length + from : from;
    to = to < 0 ? f.bytes.length + to : to;
    if (from < 0 || to > f.bytes.length || from > to) {
        fail(f, 'length', path);
    }
    return f.bytes.slice(from, to);
}

function agree(f, path, status, found, wanted) {
    if (order(found, wanted) !== 0) {
        fail(f, status, path);
    }
}

/* An integer of the frame or part, negative offsets from its end; beyond it: none. */
function bytesAt(f, offset, count, arrange) {
    var size = f.end - f.start, bytes;
    offset = offset === undefined || offset === true || offset === false ? NaN : +offset;
    if (!(offset >= -size && offset <= size) || offset % 1 !== 0) {
        return undefined;
    }
    offset = offset < 0 ? offset + size : offset;
    if (size - offset < count) {
        return undefined;
    }
    bytes = f.bytes.slice(f.start + offset, f.start + offset + count);
    return longInteger(arrange ? arrange(bytes) : bytes);
}

/* Is the topic of the call one of the filter's? `+` is one level, `#` all that follow. */
function topicFits(filter, topic) {
    var wanted = filter.split('/'), found = topic.split('/'), i;
    for (i = 0; i < wanted.length; i += 1) {
        if (wanted[i] === '#') {
            return true;
        }
        if (i >= found.length || (wanted[i] !== found[i] && wanted[i] !== '+')) {
            return false;
        }
    }
    return wanted.length === found.length;
}

/* What an item tells of others must be so. */
function agreeing(f, path, told, wanted) {
    if (order(told, wanted) !== 0) {
        fail(f, 'length', path);
    }
}

/* A tag loop begins: the trailer of the frame belongs to no record. What it ends before. */
function openLoop(f) {
    var outer = {end: f.end, parts: f.parts};
    if (f.parts === 0 && f.trailer > 0) {
        f.end = f.at + left(f);
        f.parts = 1;
    }
    return outer;
}

function closeLoop(f, outer) {
    f.end = outer.end;
    f.parts = outer.parts;
}

/* Records are filled up to a multiple of some bytes. */
function align(f, began, unit) {
    var over = (f.at - began) % unit;
    f.at += over > 0 ? Math.min(unit - over, left(f)) : 0;
}

/* A part of a tag is no tag: does that end the loop? */
function cutTag(f, path, size, tells, ends) {
    var have = left(f);
    if (have === 0 || have >= size) {
        return;
    }
    if (tells) {
        warn(f, 'truncated', path);
    }
    if (ends) {
        f.at += have;
    }
}

/* The next record; without a tag the one before may have been empty. */
function nextRecord(f, path, last) {
    if (f.at === last) {
        fail(f, 'length', path);
    }
    f.record = f.at;
    return f.at;
}

function wholeTag(f, path, tag) {
    if (tag === undefined || tag.f !== undefined || spelled(tag).part !== '') {
        fail(f, 'tag', path);
    }
    return tag;
}

/* The rest of the loop is left out. */
function stop(f, status, path) {
    warn(f, status, path);
    f.at += left(f);
}

function skip(f, path, size) {
    if (size > left(f)) {
        fail(f, 'truncated', path);
    }
    f.at += size;
}
