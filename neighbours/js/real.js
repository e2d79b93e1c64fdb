/* SPDX-License-Identifier: MIT */
/*
 * Logarithm, exponential and power by the codec core's arithmetic, as engines round their own
 * differently. A number is (high * 2^32 + low) * 2^power with 64 significant bits, of which the
 * first is set, or zero; `rest` says that something was cut off behind the last one.
 */

/* With its first bit in its place. */
function wide64(high, low, power, minus, rest) {
    var a = {high: high, low: low, power: power, minus: minus, rest: rest};
    if (high >= 4294967296) {
        return shifted64(a, 1);
    }
    if (high === 0 && low === 0) {
        a.power = 0;
        return a;
    }
    while (a.high < 2147483648) {
        a.high = a.high * 2 + (a.low >>> 31);
        a.low = a.low * 2 >>> 0;
        a.power -= 1;
    }
    return a;
}

/* Out of a floating point number. */
function of64(x) {
    var power = 0, size = Math.abs(x), high;
    for (; size > 0 && size < 9223372036854775808; power -= 1) {
        size *= 2;
    }
    for (; size >= 18446744073709551616; power += 1) {
        size /= 2;
    }
    high = Math.floor(size / 4294967296);
    return wide64(high, size - high * 4294967296, power, x < 0, false);
}

/* Without so many of its last bits, which are remembered. */
function shifted64(a, count) {
    var high = a.high, low = a.low, rest = a.rest, i;
    for (i = Math.min(count, 64); i > 0; i -= 1) {
        rest = rest || low % 2 === 1;
        low = Math.floor(low / 2) + high % 2 * 2147483648;
        high = Math.floor(high / 2);
    }
    return {high: high, low: low, power: a.power + count, minus: a.minus, rest: rest};
}

/* The nearest floating point number, ties to even; Infinity beyond the largest one. */
function rounded64(a) {
    var last = Math.max(a.power + 11, -1074), kept = shifted64(a, last - 1 - a.power);
    var x = kept.high * 2147483648 + Math.floor(kept.low / 2);
    if (kept.low % 2 === 1 && (kept.rest || x % 2 === 1)) {
        x += 1;
    }
    for (; last < 0; last += 1) {
        x /= 2;
    }
    for (last = Math.min(last, 1024); last > 0; last -= 1) {
        x *= 2;
    }
    return a.minus ? -x : x;
}

/* Of magnitudes: above 0 if the first one is larger. */
function order64(a, b) {
    if (a.high === 0 || b.high === 0) {
        return a.high - b.high;
    }
    return a.power - b.power || a.high - b.high || a.low - b.low || a.rest - b.rest;
}

/* What is cut off of a number that is taken away is taken away, too: one unit less, and
 * something above it. */
function sum64(a, b) {
    var found = order64(a, b), larger = found < 0 ? b : a, smaller = found < 0 ? a : b, sign, low;
    if (smaller.high === 0) {
        return larger;
    }
    sign = a.minus === b.minus ? 1 : -1;
    if (found === 0 && sign < 0) {
        return of64(0);
    }
    smaller = shifted64(smaller, larger.power - smaller.power);
    low = larger.low + sign * smaller.low - (sign < 0 && smaller.rest ? 1 : 0);
    return wide64(larger.high + sign * smaller.high + Math.floor(low / 4294967296), low >>> 0,
                  larger.power, larger.minus, larger.rest || smaller.rest);
}

function product64(a, b) {
    var x = [a.low & 65535, a.low >>> 16, a.high & 65535, a.high >>> 16];
    var y = [b.low & 65535, b.low >>> 16, b.high & 65535, b.high >>> 16];
    var out = [], carry = 0, i, k, high, low, power = a.power + b.power + 64;
    for (i = 0; i < 8; i += 1) {
        for (k = Math.max(0, i - 3); k <= Math.min(i, 3); k += 1) {
            carry += x[k] * y[i - k];
        }
        out[i] = carry % 65536;
        carry = Math.floor(carry / 65536);
    }
    high = out[7] * 65536 + out[6];
    low = out[5] * 65536 + out[4];
    if (high === 0) {
        return of64(0);
    }
    if (high < 2147483648) {
        high = high * 2 + (low >>> 31);
        low = (low * 2 >>> 0) + (out[3] >>> 15);
        out[3] &= 32767;
        power -= 1;
    }
    return wide64(high, low, power, a.minus !== b.minus,
                  a.rest || b.rest || (out[0] | out[1] | out[2] | out[3]) !== 0);
}

/* The divisor is not zero. Each round gives one bit, of which the first one is set. */
function quotient64(a, b) {
    var high = a.high, low = a.low, out = [0, 0], power = a.power - b.power - 63, i;
    if (high === 0) {
        return of64(0);
    }
    if (high < b.high || (high === b.high && low < b.low)) {
        high = high * 2 + (low >>> 31);
        low = low * 2 >>> 0;
        power -= 1;
    }
    for (i = 0; i < 64; i += 1) {
        out[i >> 5] *= 2;
        if (high > b.high || (high === b.high && low >= b.low)) {
            high -= b.high + (low < b.low ? 1 : 0);
            low = low - b.low >>> 0;
            out[i >> 5] += 1;
        }
        high = high * 2 + (low >>> 31);
        low = low * 2 >>> 0;
    }
    return wide64(out[0], out[1], power, a.minus !== b.minus,
                  a.rest || b.rest || high !== 0 || low !== 0);
}

/* ln(m * 2^e) = 2 artanh((m - 1) / (m + 1)) + e ln 2 for m around 1. */
function logarithm64(a) {
    var power = a.power + 63, out = of64(0), m = wide64(a.high, a.low, -63, false, false), s, i;
    if (a.high > 0xB504F333 || (a.high === 0xB504F333 && a.low > 0xF9DE6484)) {
        m.power -= 1;
        power += 1;
    }
    s = quotient64(sum64(m, of64(-1)), sum64(m, of64(1)));
    m = product64(s, s);
    for (i = 14; i > 0; i -= 1) {
        out = sum64(quotient64(of64(1), of64(2 * i - 1)), product64(m, out));
    }
    return sum64(product64(wide64(0xB17217F7, 0xD1CF79AC, -64, false, false), of64(power)),
                 product64(of64(2), product64(s, out)));
}

/* e^x = 2^k e^r with k the nearest to x / ln 2. */
function exponential64(a) {
    var k, r, out = of64(1), i;
    if (a.high !== 0 && a.power + 63 >= 11) {
        return a.minus ? of64(0) : wide64(2147483648, 0, 2048, false, false);
    }
    k = quotient64(a, wide64(0xB17217F7, 0xD1CF79AC, -64, false, false));
    k = (shifted64(k, -k.power - 1).low + 1 >> 1) * (a.minus ? -1 : 1);
    /* ln 2 in two parts: the first has 40 bits, so that a multiple of it is exact. */
    r = sum64(a, product64(of64(-k), wide64(0xB17217F7, 0xD1000000, -64, false, false)));
    r = sum64(r, product64(of64(-k), wide64(0xCF79ABC9, 0xE3B39804, -104, false, false)));
    for (i = 18; i > 0; i -= 1) {
        out = sum64(of64(1), quotient64(product64(r, out), of64(i)));
    }
    out.power += k;
    return out;
}

function wholePower64(base, power) {
    var out = of64(1);
    for (; power > 0; power = Math.floor(power / 2)) {
        if (power % 2 === 1) {
            out = product64(out, base);
        }
        base = product64(base, base);
    }
    return out;
}

function logarithm(x) {
    return order(x, 0) > 0 ? float(rounded64(logarithm64(of64(real(x))))) : undefined;
}

function logarithm10(x) {
    var log10OfE = wide64(0xDE5BD8A9, 0x37287195, -65, false, false);
    return order(x, 0) > 0
        ? float(rounded64(product64(logarithm64(of64(real(x))), log10OfE))) : undefined;
}

function exponential(x) {
    return x === undefined ? x : float(rounded64(exponential64(of64(real(x)))));
}

function toPower(x, y) {
    var out;
    if (x === undefined || y === undefined) {
        return undefined;
    }
    x = real(x);
    y = real(y);
    if (x === 0 && y !== 0) {
        return y < 0 ? undefined : 0;
    }
    if (x < 0 && y % 1 !== 0) {
        return undefined;
    }
    if (y % 1 === 0 && Math.abs(y) <= 1024) {
        out = wholePower64(of64(x), Math.abs(y));
        return float(rounded64(y < 0 ? quotient64(of64(1), out) : out));
    }
    out = rounded64(exponential64(product64(of64(y), logarithm64(of64(Math.abs(x))))));
    return float(x < 0 && y % 2 !== 0 ? -out : out);
}
