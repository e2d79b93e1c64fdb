/* SPDX-License-Identifier: MIT */
/* Items that tell of others, and bytes that are not written one behind the other. */

/* The raw value that tells of what was written. */
function tellingOf(path, x, mul, add, div, places, isExact, width, isSigned) {
    return orLength(path, function () {
        return held(path, unscaled(path, needed(path, x), mul, add, div, places, isExact), width,
                    isSigned);
    });
}

/* What tells of a size that does not fit. */
function orLength(path, raw) {
    try {
        return raw();
    } catch (problem) {
        return refuse('length', path);
    }
}

/* The bytes of an item; none if it is absent. */
function coveredSpan(path, bytes, from, size) {
    if (size !== undefined && from === undefined) {
        refuse('length', path);
    }
    return coveredBy(path, bytes, from || 0, (from || 0) + (size || 0));
}

/* What was written so far, elsewhere, too, up to an offset. */
function writtenUpTo(f, offset) {
    var out;
    f.image = f.bytes.concat((f.image || []).slice(f.bytes.length));
    out = f.image.slice(0, offset);
    while (out.length < offset) {
        out.push(0);
    }
    return out;
}

/* What follows is written at an offset of the frame or part, from the end of the frame if
 * negative; where to go back to. */
function goneTo(f, path, began, offset) {
    var back = f.bytes.length;
    if (offset < 0 && f.total === undefined) {
        f.wantsTotal = true;
        return back;
    }
    offset += offset < 0 ? f.total : began;
    if (offset < 0 || offset > 65535) {
        refuse('length', path);
    }
    f.bytes = writtenUpTo(f, offset);
    return back;
}

function backTo(f, back) {
    f.bytes = writtenUpTo(f, back);
}

/* Bytes that are written elsewhere are left alone. */
function leftAlone(f, path, count) {
    if (f.bytes.length + count > 65535) {
        refuse('limit', path);
    }
    f.bytes = writtenUpTo(f, f.bytes.length + count);
}

/* Bits of a raw value among those that begin at byte `at`. */
function putBits(f, at, from, width, raw, isLow) {
    var bytes = integerBytes(raw, 8), i, place;
    for (i = 0; i < width; i += 1) {
        place = isLow ? from + i : from + width - 1 - i;
        f.bytes[at + (place >> 3)] |=
            (bytes[7 - (i >> 3)] >> (i & 7) & 1) << (isLow ? place & 7 : 7 - (place & 7));
    }
}

/* Every round that is counted writes something. */
function movedOn(f, path, from) {
    if (f.bytes.length === from) {
        refuse('length', path);
    }
}

/* An element may not look like the mark that ends the repetition. */
function noMark(path, bytes, from, mark) {
    if (bytes.slice(from, from + mark.length).join() === mark.join()) {
        refuse('range', path);
    }
}

/* What a group has written goes through its mask; bytes of the frame before. */
function masked(f, path, outer, key, adds, most) {
    var bytes = f.bytes, i;
    f.bytes = outer;
    if (bytes.length > most) {
        refuse('limit', path);
    }
    for (i = 0; i < bytes.length; i += 1) {
        bytes[i] = adds ? bytes[i] + key[i % key.length] & 255 : bytes[i] ^ key[i % key.length];
    }
    append(f, bytes);
}

/* Members of a group that is no reading as a whole: all are given, or none. Each is its JSON
 * value, or has a default; what was written must be a reading. */
function notSilent(path, given, needed, isSilent) {
    if (!given.some(isGiven)) {
        return false;
    }
    if (!needed.every(isGiven)) {
        refuse('missing-member', path);
    }
    if (isSilent) {
        refuse('range', path);
    }
    return true;
}

function isGiven(node) {
    return !isNothing(node);
}
