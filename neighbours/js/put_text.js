/* SPDX-License-Identifier: MIT */
/* Composed texts to pieces again. */

function characters(text) {
    return text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[^]/g) || [];
}

function textIfGiven(path, node) {
    return node === undefined ? undefined : stringOf(path, node);
}

/*
 * The text of each part. A part is [literal before it, its characters, how many]; without a
 * number it goes on as long as they do, and without characters up to the literal at the end.
 */
function divided(path, text, parts, last) {
    var all, at = 0, out = [], i, end;
    if (text === undefined) {
        return out;
    }
    function pass(literal) {
        if (all.slice(at, at + literal.length).join('') !== literal.join('')) {
            refuse('text', path);
        }
        at += literal.length;
    }
    all = characters(text);
    last = characters(last);
    for (i = 0; i < parts.length; i += 1) {
        pass(characters(parts[i][0]));
        end = partEnd(path, all, at, parts[i], last.length);
        out.push(all.slice(at, end).join(''));
        at = end;
    }
    pass(last);
    if (at !== all.length) {
        refuse('text', path);
    }
    return out;
}

/* Where the part ends that begins there. */
function partEnd(path, all, at, part, behind) {
    var end = at, most = part[2] === undefined ? all.length : at + part[2];
    if (part[1] === undefined) {
        return Math.max(all.length - behind, at);
    }
    while (end < most && end < all.length && part[1].test(all[end])) {
        end += 1;
    }
    if (part[2] !== undefined && end < most) {
        refuse('text', path);
    }
    return end;
}

/* The number of a part, undefined if it is written in another way. */
function partNumber(text, verb, width) {
    var form = {fill: /^-?([0-9]+)$/, fixed: /^-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?$/,
                hex: /^([0-9a-f]{1,16})$/, HEX: /^([0-9A-F]{1,16})$/};
    var found = text === undefined || text.length > 256 ? null
        : (form[verb] || /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/).exec(text);
    var digits = found && found[1] || '';
    if (!found || (verb === 'fixed' && digits.length !== width)) {
        return undefined;
    }
    if (form[verb] && verb !== 'fixed' && digits.length !== Math.max(width, 1) &&
            (digits.length < width || digits.charAt(0) === '0')) {
        return undefined;
    }
    return verb === 'hex' || verb === 'HEX' ? longInteger(parseHex(digits)) : numberOf(text);
}

/* Digits of half-bytes as bytes. */
function parseHex(digits) {
    var out = [], i;
    digits = digits.length % 2 === 0 ? digits : '0' + digits;
    for (i = 0; i < digits.length; i += 2) {
        out.push(parseInt(digits.substr(i, 2), 16));
    }
    return out;
}

function orNoText(path, x) {
    if (x === undefined) {
        refuse('text', path);
    }
    return x;
}

/* The JSON value that a part is, in quotes or without. */
function partNode(path, text, isQuoted) {
    if (isQuoted) {
        return {type: 'string', text: text};
    }
    if (/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/.test(text)) {
        return {type: 'number', text: text};
    }
    if (!/^[!-~](?:[\x00-\x7f]*[!-~])?$/.test(text)) {
        refuse('text', path);
    }
    try {
        return parsed(text);
    } catch (problem) {
        return refuse('text', path);
    }
}

/* What the first way gives, else what the second one does. */
function firstOf(one, other, path) {
    try {
        return one();
    } catch (problem) {
        try {
            return other();
        } catch (reason) {
            if (path === undefined) {
                throw reason;
            }
            return refuse('enum', path);
        }
    }
}

/* A part that follows from others says what they do. */
function statedPart(path, text, said, value) {
    if (text !== undefined && (said === undefined || value === undefined ||
            order(said, value) !== 0)) {
        refuse('text', path);
    }
}
