/* SPDX-License-Identifier: MIT */
/*
 * Exact numbers. A whole one that a number can hold is a number; any other is a text of its
 * digits, "12.3", in its shortest form. What has no value is undefined; floating point
 * numbers are marked: {f: 1.5}.
 */

/* -1, 0, 1; NaN if one of them has no value. */
function order(x, y) {
    var a, b, result;
    if (x === undefined || y === undefined) {
        return NaN;
    }
    if (typeof x !== 'string' && typeof y !== 'string') {
        x = x.f === undefined ? +x : x.f;
        y = y.f === undefined ? +y : y.f;
        return x < y ? -1 : x > y ? 1 : 0;
    }
    if (x.f !== undefined || y.f !== undefined) {
        return order({f: real(x)}, {f: real(y)});
    }
    a = spelled(x);
    b = spelled(y);
    if (a.minus !== b.minus) {
        return a.minus ? -1 : 1;
    }
    while (a.whole.length < b.whole.length) {
        a.whole = '0' + a.whole;
    }
    while (b.whole.length < a.whole.length) {
        b.whole = '0' + b.whole;
    }
    a = a.whole + '.' + a.part;
    b = b.whole + '.' + b.part;
    result = a < b ? -1 : a > b ? 1 : 0;
    return spelled(x).minus ? -result : result;
}

/* Its sign, which -0 has none of, and the digits before and behind the point. */
function spelled(x) {
    var text = x === true ? '1' : x === false ? '0' : '' + x, minus = /^-[0.]*[1-9]/.test(text);
    var power = +(text.split('e')[1] || 0);
    text = text.split('e')[0].replace('-', '').split('.');
    text = {minus: minus, whole: text[0], part: text[1] || ''};
    for (; power > 0; power -= 1) {
        text.whole += text.part.charAt(0) || '0';
        text.part = text.part.slice(1);
    }
    for (; power < 0; power += 1) {
        text.part = (text.whole.slice(-1) || '0') + text.part;
        text.whole = text.whole.slice(0, -1);
    }
    return text;
}

/* The shortest form of digits, of which `places` stand behind the point. */
function shortest(minus, digits, places) {
    var whole, part;
    while (digits.length <= places) {
        digits = '0' + digits;
    }
    whole = digits.slice(0, digits.length - places).replace(/^0+(?=[0-9])/, '');
    part = digits.slice(digits.length - places).replace(/0+$/, '');
    if (part === '' && whole.length < 16) {
        return minus ? 0 - whole : +whole;
    }
    if (part === '' && +whole <= 9007199254740991) {
        return minus ? -whole : +whole;
    }
    return (minus ? '-' : '') + whole + (part === '' ? '' : '.' + part);
}

/* x / 10^places, of a whole number. */
function decimal(x, places) {
    var minus = x < 0;
    return shortest(minus, ('' + x).slice(minus ? 1 : 0), places);
}

/* raw * mul + add in units of 10^-places, where a number holds it. */
function scaled(raw, mul, add, places) {
    return decimal(raw * mul + add, places);
}

/* The same where it may not. */
function longScaled(raw, mul, add, places) {
    return shifted(sum(product(raw, mul), add), -places);
}

/* x * 10^places */
function shifted(x, places) {
    var s = spelled(x), part = s.part;
    if (places < 0) {
        return shortest(s.minus, s.whole + part, part.length - places);
    }
    while (part.length < places) {
        part += '0';
    }
    return shortest(s.minus, s.whole + part, part.length - places);
}

/* x / y to the nearest whole number; halves away from zero, or to even. */
function nearest(x, y, toEven) {
    var rest = x % y, whole = (x - rest) / y, twice = 2 * Math.abs(rest);
    if (twice > y || (twice === y && (!toEven || whole % 2 !== 0))) {
        whole += x < 0 ? -1 : 1;
    }
    return whole;
}

/* The same of any exact numbers. */
function longNearest(x, y, toEven) {
    var found = quotient(x, y), twice = order(product(found.rest, 2), y), odd;
    odd = order(product(quotient(found.whole, 2).whole, 2), found.whole) !== 0;
    if (twice > 0 || (twice === 0 && (toEven ? odd : order(x, 0) >= 0))) {
        return sum(found.whole, 1);
    }
    return found.whole;
}

/* Digits by seven, from the lowest on. */
function limbs(digits) {
    var out = [], end;
    for (end = digits.length; end > 0; end -= 7) {
        out.push(+digits.slice(Math.max(end - 7, 0), end));
    }
    return out;
}

function unlimbed(minus, list, places) {
    var text = '', i;
    for (i = 0; i < list.length; i += 1) {
        text = ('000000' + list[i]).slice(-7) + text;
    }
    return shortest(minus, text, places);
}

/* Both numbers' digits in the same unit. */
function aligned(x, y) {
    var a = spelled(x), b = spelled(y), places = Math.max(a.part.length, b.part.length);
    while (a.part.length < places) {
        a.part += '0';
    }
    while (b.part.length < places) {
        b.part += '0';
    }
    return {x: limbs(a.whole + a.part), y: limbs(b.whole + b.part), places: places,
            minusX: a.minus, minusY: b.minus};
}

function product(x, y) {
    var a, b, out = [], i, k, carry;
    if (typeof x === 'number' && typeof y === 'number' &&
            Math.abs(x * y) <= 9007199254740991) {
        return x * y;
    }
    a = spelled(x);
    b = spelled(y);
    x = limbs(a.whole + a.part);
    y = limbs(b.whole + b.part);
    for (i = 0; i < x.length; i += 1) {
        carry = 0;
        for (k = 0; k < y.length || carry > 0; k += 1) {
            carry += (out[i + k] || 0) + x[i] * (y[k] || 0);
            out[i + k] = carry % 10000000;
            carry = Math.floor(carry / 10000000);
        }
    }
    return unlimbed(a.minus !== b.minus, out, a.part.length + b.part.length);
}

function sum(x, y) {
    var both, out = [], i, n, carry = 0, swap;
    if (typeof x === 'number' && typeof y === 'number' &&
            Math.abs(x + y) <= 9007199254740991) {
        return x + y;
    }
    swap = order(magnitudeOf(x), magnitudeOf(y)) < 0;
    both = swap ? aligned(y, x) : aligned(x, y);
    for (i = 0; i < both.x.length || carry !== 0; i += 1) {
        n = both.y[i] || 0;
        n = (both.x[i] || 0) + carry + (both.minusX === both.minusY ? n : -n);
        carry = n < 0 ? -1 : n > 9999999 ? 1 : 0;
        out.push(n - carry * 10000000);
    }
    return unlimbed(both.minusX, out, both.places);
}

function magnitudeOf(x) {
    return order(x, 0) < 0 ? opposite(x) : x;
}

function opposite(x) {
    if (typeof x === 'number') {
        return 0 - x;
    }
    return x.charAt(0) === '-' ? x.slice(1) : '-' + x;
}

function difference(x, y) {
    return sum(x, opposite(y));
}

/* x / y rounded down to a whole number, and what is left. */
function quotient(x, y) {
    var a = spelled(x), b = spelled(y), places = Math.max(a.part.length, b.part.length);
    var digits = spelled(shifted(magnitudeOf(x), places)).whole, rest = 0, whole = '', i, n;
    var by = shifted(magnitudeOf(y), places);
    for (i = 0; i < digits.length; i += 1) {
        rest = sum(product(rest, 10), +digits.charAt(i));
        for (n = 0; order(rest, by) >= 0; n += 1) {
            rest = difference(rest, by);
        }
        whole += n;
    }
    whole = shortest(a.minus !== b.minus, whole, 0);
    if (a.minus !== b.minus && rest !== 0) {
        whole = difference(whole, 1);
        rest = difference(by, rest);
    }
    rest = shifted(rest, -places);
    return {whole: whole, rest: b.minus ? opposite(rest) : rest};
}

/* More than 128 bits in units of 10^-places, or 38 decimals. */
function isLarge(x, places) {
    var s = spelled(x), digits = s.whole + s.part, i;
    places = places === undefined ? s.part.length : places;
    for (i = s.part.length; i < places; i += 1) {
        digits += '0';
    }
    digits = digits.replace(/^0+/, '');
    return places > 38 || digits.length > 39 || (digits.length === 39 &&
        digits > '17014118346046923173168730371588410572' + (s.minus ? '8' : '7'));
}

/* The nearest floating point number. */
function real(x) {
    return x.f !== undefined ? x.f : +x;
}

/* A floating point number as a value. */
function float(x) {
    return x === 0 ? 0 : isFinite(x) ? {f: x} : undefined;
}

/* An exact result, if it and its operands fit such units; else a floating point number. */
function bounded(f, path, x, y, result, places, other) {
    if (!isLarge(result, places)) {
        return result;
    }
    if (areWhole(x, y)) {
        fail(f, 'overflow', path);
    }
    return float(other);
}

/* Decimals of an exact number. */
function decimals(x) {
    return typeof x === 'number' ? 0 : spelled(x).part.length;
}

/* Whole numbers in the arithmetic of expressions? */
function areWhole(x, y) {
    return ('' + x + y).indexOf('.') < 0;
}

function plus(f, path, x, y) {
    var places;
    if (x === undefined || y === undefined) {
        return undefined;
    }
    if (x.f !== undefined || y.f !== undefined) {
        return float(real(x) + real(y));
    }
    x = exact(x);
    y = exact(y);
    places = Math.max(decimals(x), decimals(y));
    if (isLarge(x, places) || isLarge(y, places)) {
        return areWhole(x, y) ? fail(f, 'overflow', path) : float(real(x) + real(y));
    }
    return bounded(f, path, x, y, sum(x, y), places, real(x) + real(y));
}

function minus(f, path, x, y) {
    var places;
    if (x === undefined || y === undefined) {
        return undefined;
    }
    if (x.f !== undefined || y.f !== undefined) {
        return float(real(x) - real(y));
    }
    x = exact(x);
    y = exact(y);
    places = Math.max(decimals(x), decimals(y));
    if (isLarge(x, places) || isLarge(y, places)) {
        return areWhole(x, y) ? fail(f, 'overflow', path) : float(real(x) - real(y));
    }
    return bounded(f, path, x, y, difference(x, y), places, real(x) - real(y));
}

function multiply(f, path, x, y) {
    if (x === undefined || y === undefined) {
        return undefined;
    }
    if (x.f !== undefined || y.f !== undefined) {
        return float(real(x) * real(y));
    }
    x = exact(x);
    y = exact(y);
    return bounded(f, path, x, y, product(x, y), decimals(x) + decimals(y),
                   real(x) * real(y));
}

/* Truth values count as 1 and 0. */
function exact(x) {
    return x === true ? 1 : x === false ? 0 : x;
}

/* Exact where it comes out even, else a floating point number. */
function divide(f, path, x, y) {
    var places, found, whole;
    if (x === undefined || y === undefined) {
        return undefined;
    }
    if (real(y) === 0) {
        return undefined;
    }
    if (x.f !== undefined || y.f !== undefined) {
        return float(real(x) / real(y));
    }
    x = exact(x);
    y = exact(y);
    whole = shifted(x, spelled(y).part.length);
    places = spelled(whole).part.length;
    whole = shifted(whole, places);
    for (; places <= 38 && !isLarge(whole); places += 1) {
        found = quotient(whole, shifted(y, spelled(y).part.length));
        if (found.rest === 0) {
            return shifted(found.whole, -places);
        }
        whole = shifted(whole, 1);
    }
    return float(real(x) / real(y));
}

function floorDivide(f, path, x, y) {
    if (x === undefined || y === undefined || real(y) === 0) {
        return undefined;
    }
    if (x.f !== undefined || y.f !== undefined) {
        return floor(float(real(x) / real(y)));
    }
    return quotient(exact(x), exact(y)).whole;
}

function modulo(f, path, x, y) {
    var rest;
    if (x === undefined || y === undefined || real(y) === 0) {
        return undefined;
    }
    if (x.f !== undefined || y.f !== undefined) {
        rest = real(x) % real(y);
        return float(rest !== 0 && (rest < 0) !== (real(y) < 0) ? rest + real(y) : rest);
    }
    return quotient(exact(x), exact(y)).rest;
}

function negate(x) {
    return x === undefined ? x : x.f !== undefined ? float(-x.f) : opposite(exact(x));
}

function absolute(x) {
    return order(x, 0) < 0 ? negate(x) : x;
}

function signOf(x) {
    return x === undefined ? x : order(x, 0);
}

function smaller(x, y) {
    return x === undefined || y === undefined ? undefined : order(x, y) < 0 ? x : y;
}

function larger(x, y) {
    return x === undefined || y === undefined ? undefined : order(x, y) < 0 ? y : x;
}

function truth(x) {
    return !!x && x.f !== 0;
}

/* Two 32-bit halves of a whole number in two's complement. */
function halves(f, path, x) {
    var found;
    x = exact(x);
    if (x.f !== undefined || areWhole(x, 0) === false || order(x, '-9223372036854775808') < 0 ||
            order(x, '18446744073709551615') > 0) {
        fail(f, 'overflow', path);
    }
    found = quotient(x, 4294967296);
    return {high: found.whole >>> 0, low: +found.rest};
}

function bitwise(f, path, x, y, operation) {
    var a, b, high, low, minus;
    if (x === undefined || y === undefined) {
        return undefined;
    }
    a = halves(f, path, x);
    b = halves(f, path, y);
    minus = operation((order(x, 0) < 0 ? 1 : 0), (order(y, 0) < 0 ? 1 : 0)) !== 0;
    high = operation(a.high, b.high) >>> 0;
    low = operation(a.low, b.low) >>> 0;
    if (minus && high >= 2147483648) {
        high -= 4294967296;
    }
    return sum(product(high, 4294967296), low);
}

function bitAnd(x, y) {
    return x & y;
}

function bitOr(x, y) {
    return x | y;
}

function bitXor(x, y) {
    return x ^ y;
}

function shiftLeft(f, path, x, y) {
    if (x === undefined || y === undefined) {
        return undefined;
    }
    halves(f, path, x);
    if (order(y, 0) < 0 || order(y, 63) > 0) {
        fail(f, 'overflow', path);
    }
    return multiply(f, path, x, Math.pow(2, y));
}

function shiftRight(f, path, x, y) {
    if (x === undefined || y === undefined) {
        return undefined;
    }
    halves(f, path, x);
    if (order(y, 0) < 0 || order(y, 63) > 0) {
        fail(f, 'overflow', path);
    }
    return quotient(exact(x), product(Math.pow(2, Math.min(y, 32)),
                                      Math.pow(2, Math.max(y - 32, 0)))).whole;
}

function hasBit(f, path, x, y) {
    var words;
    if (x === undefined || y === undefined) {
        return undefined;
    }
    words = halves(f, path, x);
    y = halves(f, path, y);
    y = y.high === 0 ? y.low : 64;
    return y < 64 && ((y < 32 ? words.low >>> y : words.high >>> (y - 32)) & 1) === 1;
}

/* How many bits are set? */
function ones(f, path, x) {
    var words, total = 0, i;
    if (x === undefined) {
        return undefined;
    }
    words = halves(f, path, x);
    for (i = 0; i < 32; i += 1) {
        total += (words.low >>> i & 1) + (words.high >>> i & 1);
    }
    return total;
}

/* The exact value of a whole floating point number. */
function wholeOf(x) {
    var out, minus = x < 0, power = 0;
    x = Math.abs(x);
    for (; x > 9007199254740991; power += 1) {
        x /= 2;
    }
    for (out = x; power > 0; power -= 1) {
        out = product(out, 2);
    }
    return minus ? opposite(out) : out;
}

/* A number with at most so many decimals; halves away from zero, or to even. */
function rounded(x, places, toEven) {
    var text, found, factor;
    if (x === undefined) {
        return undefined;
    }
    x = exact(x);
    if (x.f === undefined) {
        if (spelled(x).part.length <= places) {
            return x;
        }
        factor = shifted(magnitudeOf(x), places);
        found = longNearest(factor, 1, toEven);
        return shifted(order(x, 0) < 0 ? opposite(found) : found, -places);
    }
    if (Math.abs(x.f) * Math.pow(10, places) >= 1.7014118346046923e38) {
        return x;
    }
    if (Math.abs(x.f) >= 1e21) {
        return wholeOf(x.f);
    }
    text = toEven ? fixedEven(x.f, places) : x.f.toFixed(places);
    text = spelled(text);
    return shortest(text.minus, text.whole + text.part, text.part.length);
}

/* Exactly halfway, the even digit. */
function fixedEven(x, places) {
    var text = x.toFixed(places), all = x.toFixed(20), digit = +text.charAt(text.length - 1);
    var rest = all.slice(all.indexOf('.') + 1 + places);
    if (/^50*$/.test(rest) && digit % 2 !== 0) {
        text = shifted(text, places);
        text = '' + shifted(sum(text, x < 0 ? 1 : -1), -places);
    }
    return text;
}

function floor(x) {
    if (x === undefined) {
        return x;
    }
    if (x.f === undefined) {
        return quotient(exact(x), 1).whole;
    }
    return Math.abs(x.f) < 1.7014118346046923e38 ? wholeOf(Math.floor(x.f)) : x;
}

function ceiling(x) {
    return x === undefined ? x : negate(floor(negate(x)));
}

function squareRoot(x) {
    return order(x, 0) >= 0 ? float(Math.sqrt(real(x))) : undefined;
}

function powerOf10(x) {
    if (x === undefined) {
        return undefined;
    }
    if (real(x) % 1 === 0 && Math.abs(real(x)) <= 38) {
        return shifted(1, real(x));
    }
    return toPower(10, x);
}

/* The straight line through two points. */
function onLine(f, path, x, from, to) {
    var way = multiply(f, path, minus(f, path, x, from[0]), minus(f, path, to[1], from[1]));
    return plus(f, path, from[1], divide(f, path, way, minus(f, path, to[0], from[0])));
}

/* Straight lines between points, whose places may fall; beyond them: 0 the last value, 1 the
 * line, 2 none. */
function curve(f, path, x, points, outside, falls) {
    var last = points.length - 1, low = 0, high = last, middle;
    function along(point) {
        return falls ? order(point[0], x) : order(x, point[0]);
    }
    if (x === undefined) {
        return undefined;
    }
    if (outside !== 1 && (along(points[0]) < 0 || along(points[last]) > 0)) {
        return outside === 2 ? undefined : points[along(points[0]) < 0 ? 0 : last][1];
    }
    while (high - low > 1) {
        middle = low + high >> 1;
        if (along(points[middle]) < 0) {
            high = middle;
        } else {
            low = middle;
        }
    }
    try {
        return onLine(f, path, x, points[low], points[low + 1]);
    } catch (problem) {
        /* More digits than exact numbers have. */
        return onLine(f, path, {f: real(x)}, points[low], points[low + 1]);
    }
}

/* The number of a floating point format out of bytes, from bit `from` on; NaN and
 * infinities as they are. */
function unpacked(bytes, from, format) {
    var sign = format.sign && bits(bytes, from, 1) === 1 ? -1 : 1;
    var field = bits(bytes, from + format.sign, format.exponent);
    var fraction = bits(bytes, from + format.sign + format.exponent, format.fraction);
    var one = Math.pow(2, format.fraction), least = field;
    if (format.special && field === Math.pow(2, format.exponent) - 1) {
        return NaN;
    }
    if (format.hidden && field > 0) {
        fraction += one;
    } else if (format.hidden && !format.subnormal) {
        fraction = 0;
    }
    if (format.hidden && field === 0) {
        least = 1;
    }
    least -= format.bias + format.fraction;
    return sign * (least < -1000 ? fraction * Math.pow(2, least + 200) * Math.pow(2, -200)
                                 : fraction * Math.pow(2, least));
}

/* The formats that most devices have. */
function binary32() {
    return {sign: 1, exponent: 8, fraction: 23, bias: 127, hidden: true, subnormal: true,
            special: true};
}

function binary64() {
    return {sign: 1, exponent: 11, fraction: 52, bias: 1023, hidden: true, subnormal: true,
            special: true};
}

/* The value of such a number; what is none is told. */
function floating(f, path, bytes, from, format, refuses) {
    var x = unpacked(bytes, from, format);
    if (isNaN(x)) {
        complain(f, 'no-number', path, refuses);
        return undefined;
    }
    return {f: x};
}

function float32(f, path, refuses) {
    return floating(f, path, take(f, path, 4), 0, binary32(), refuses);
}

/* Its shortest text. */
function shortFloating(f, path, bytes, from, format, refuses) {
    var x = floating(f, path, bytes, from, format, refuses);
    return x && shortestFloat(x.f, format);
}

/* The nearest number of a format with so many bits, none of them below 2^least. */
function toFormat(x, precision, least) {
    var power = 0, y = Math.abs(x), unit, whole, rest;
    while (y >= 2) {
        y /= 2;
        power += 1;
    }
    while (y > 0 && y < 1) {
        y *= 2;
        power -= 1;
    }
    unit = Math.max(power - precision + 1, least);
    y = Math.abs(x) / Math.pow(2, unit);
    whole = Math.floor(y);
    rest = y - whole;
    if (rest > 0.5 || (rest === 0.5 && whole % 2 === 1)) {
        whole += 1;
    }
    return (x < 0 ? -whole : whole) * Math.pow(2, unit);
}

/* The shortest text that reads back as the same number of the format. */
function shortestFloat(x, format) {
    var precision = format.fraction + (format.hidden ? 1 : 0), size = Math.abs(x), pair, digits, i;
    var least = (format.hidden ? 1 : 0) - format.bias - format.fraction;
    if (x === 0) {
        return 1 / x < 0 ? '-0' : '0';
    }
    for (digits = 1; digits < 16 && format.fraction < 52; digits += 1) {
        pair = inDigits(size, digits);
        for (i = 0; i < 2; i += 1) {
            if (toFormat(pair[i], precision, least) === size) {
                return '' + (x < 0 ? -pair[i] : pair[i]);
            }
        }
    }
    return '' + x;
}

/* Is it not true? What has no value is neither. */
function denied(x) {
    return x === undefined ? x : !truth(x);
}

/* Instants and what stands in the envelope are exact, to the millisecond. */
function exactly(x) {
    return x !== undefined && x.f !== undefined ? finite(rounded(x, 3, false)) : x;
}

function finite(x) {
    return x.f === undefined ? x : undefined;
}

/* A whole exact number. */
function wholly(f, path, x) {
    x = exact(x);
    if (x.f !== undefined || spelled(x).part !== '' || order(x, '-9223372036854775808') < 0 ||
            order(x, '9223372036854775807') > 0) {
        fail(f, 'overflow', path);
    }
    return x;
}

/* A curve that a raw value must lie on. */
function onCurve(f, path, x, points, outside) {
    var y = curve(f, path, x, points, outside);
    if (x !== undefined && y === undefined) {
        fail(f, 'range', path);
    }
    return y;
}

/* The two numbers of so many digits around a positive one; the nearer one is first, and of
 * two that are as near the even one. */
function inDigits(x, digits) {
    var text = x.toExponential(digits - 1).split('e'), whole = +text[0].replace('.', '');
    var power = 'e' + (text[1] - digits + 1), over = +(whole + power) > x;
    var rest = x.toExponential(20).split('e')[0].replace('.', '').slice(digits);
    var other = over ? whole - 1 : whole + 1;
    if (/^50*$/.test(rest) && whole % 2 === 1) {
        return [+(other + power), +(whole + power)];
    }
    return [+(whole + power), +(other + power)];
}
