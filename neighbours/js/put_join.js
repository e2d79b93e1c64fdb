/* SPDX-License-Identifier: MIT */
/* Values that stand in several places of the frame. */

function twoTo(power) {
    return product(Math.pow(2, Math.min(power, 32)), Math.pow(2, Math.max(power - 32, 0)));
}

/* `width` bits of a raw value, of which `low` lie below them. */
function pieceOf(raw, low, width) {
    return quotient(quotient(raw, twoTo(low)).whole, twoTo(width)).rest;
}

/* What the pieces make is what the call says: some of them may be constants. */
function sameJoin(path, wanted, found) {
    if (found === undefined || order(found, wanted) !== 0) {
        refuse('const', path);
    }
}

/* Some of the bytes that several pieces make. */
function bytesPiece(path, bytes, total, at, wanted) {
    if (bytes.length !== total || total > 255 || wanted === undefined || at + wanted > total) {
        refuse('length', path);
    }
    return bytes.slice(at, at + wanted);
}

/* The same of bytes, of which one piece alone was made of the text. */
function sameBytes(f, path, wanted, pieces) {
    var found = joinedBytes(f, pieces);
    if (found === undefined || found.length !== wanted.length) {
        refuse('length', path);
    }
    if (pieces.length > 2 && found.join() !== wanted.join()) {
        refuse('const', path);
    }
}
