/* SPDX-License-Identifier: MIT */
/* JSON on the way in: RFC 8259 to the letter, numbers with all their digits. */

/* Values with their type; members of objects in their order, as [name, value]. */
function parsed(text) {
    var reader = {text: text, at: 0}, value;
    if (typeof text !== 'string') {
        refuse('bad-call', 'the text of a JSON object is needed');
    }
    if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(text) ||
            /[\uDC00-\uDFFF]/.test(text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ''))) {
        refuse('json-utf8', 'the text has half of a character');
    }
    value = parsedValue(reader, 0);
    blanks(reader);
    if (reader.at < text.length) {
        refuse('json-syntax', 'something stands behind the value');
    }
    return value;
}

function blanks(reader) {
    while (/[ \t\n\r]/.test(reader.text.charAt(reader.at))) {
        reader.at += 1;
    }
}

function parsedValue(reader, depth) {
    var first, found;
    blanks(reader);
    first = reader.text.charAt(reader.at);
    if (first === '{' || first === '[') {
        if (depth === 64) {
            refuse('json-depth', 'objects and arrays nest too deep');
        }
        return parsedMany(reader, first, depth + 1);
    }
    if (first === '"') {
        return {type: 'string', text: parsedString(reader)};
    }
    found = /^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null)/
        .exec(reader.text.slice(reader.at, reader.at + 1100));
    if (!found) {
        refuse('json-syntax', 'a value is expected');
    }
    reader.at += found[0].length;
    return /^[-0-9]/.test(found[0]) ? {type: 'number', text: found[0]} : {type: found[0]};
}

function parsedString(reader) {
    var found = /^"(?:[^"\\\x00-\x1f]|\\(?:["\\\/bfnrt]|u[0-9a-fA-F]{4}))*"/
        .exec(reader.text.slice(reader.at)), text;
    if (!found) {
        refuse('json-syntax', 'a text is expected');
    }
    reader.at += found[0].length;
    text = JSON.parse(found[0]);
    if (/[\uD800-\uDFFF]/.test(text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ''))) {
        refuse('json-syntax', 'half of a character');
    }
    return text;
}

/* An object or array. */
function parsedMany(reader, open, depth) {
    var close = open === '{' ? '}' : ']', list = [], name;
    reader.at += 1;
    blanks(reader);
    while (reader.text.charAt(reader.at) !== close || list.length > 0) {
        if (open === '{') {
            blanks(reader);
            name = parsedString(reader);
            blanks(reader);
            if (reader.text.charAt(reader.at) !== ':') {
                refuse('json-syntax', 'a colon is expected');
            }
            reader.at += 1;
        }
        list.push(open === '{' ? [name, parsedValue(reader, depth)]
            : parsedValue(reader, depth));
        blanks(reader);
        if (reader.text.charAt(reader.at) === close) {
            break;
        }
        if (reader.text.charAt(reader.at) !== ',') {
            refuse('json-syntax', 'a comma is expected');
        }
        reader.at += 1;
    }
    reader.at += 1;
    return open === '{' ? {type: 'object', members: list} : {type: 'array', items: list};
}
