/* SPDX-License-Identifier: MIT */
/* Checksums that no number holds. */

/* The lowest bits of hex digits, the top one first. */
function bitsOf(digits, width) {
    var out = [], i;
    for (i = digits.length * 4 - width; i < digits.length * 4; i += 1) {
        out.push(parseInt(digits.charAt(i >> 2), 16) >> (3 - (i & 3)) & 1);
    }
    return out;
}

/* CRC of any width, whose parameters are hex digits. */
function wideCrc(bytes, width, poly, init, reflectIn, reflectOut, xorOut) {
    var state = bitsOf(init, width), out = [], x = 0, i, k, carries;
    poly = bitsOf(poly, width);
    xorOut = bitsOf(xorOut, width);
    for (i = 0; i < bytes.length * 8; i += 1) {
        carries = state.shift() !== (bytes[i >> 3] >> (reflectIn ? i & 7 : 7 - (i & 7)) & 1);
        state.push(0);
        for (k = 0; carries && k < width; k += 1) {
            state[k] ^= poly[k];
        }
    }
    if (reflectOut) {
        state.reverse();
    }
    for (i = width; i > 0; i -= 8) {
        for (x = 0, k = Math.max(i - 8, 0); k < i; k += 1) {
            x = x * 2 + (state[k] ^ xorOut[k]);
        }
        out.unshift(x);
    }
    return longInteger(out);
}
