/* SPDX-License-Identifier: MIT */
/* What stands around the members of a message. */

function frame(bytes, port, topic, received) {
    return {bytes: bytes, at: 0, start: 0, end: bytes.length, parts: 0, trailer: 0,
            fills: false, loose: false, warnings: [], entries: [], index: 0, port: port, topic: topic,
            received: received};
}

/* The guards of no message hold. */
function noMessage(f) {
    fail(f, 'no-message', 'no message of the profile has this content, length or port');
}

/* Has the frame these bytes at the place, where the masks have bits? */
function hasBits(f, at, wanted, masks) {
    var i;
    for (i = 0; i < wanted.length; i += 1) {
        if ((f.bytes[at + i] & masks[i]) !== wanted[i]) {
            return false;
        }
    }
    return f.bytes.length >= at + i;
}

function hasBytes(f, at, wanted) {
    return f.bytes.slice(at, at + wanted.length).join() === wanted.join();
}

/* A service whose members follow; those of a higher rank stand behind. */
function openService(f, name, rank) {
    var entry = {name: name, members: newObject(), rank: rank, time: undefined}, i = 0;
    while (i < f.entries.length && f.entries[i].rank <= rank) {
        i += 1;
    }
    f.entries.splice(i, 0, entry);
    return entry.members;
}

/* The record at work ends: its time. */
function ended(f, members, time) {
    var i;
    for (i = 0; i < f.entries.length; i += 1) {
        if (f.entries[i].members === members) {
            f.entries[i].time = time;
        }
    }
}

/* Nothing is left of the frame. */
function finish(f, longest) {
    if (f.at > longest) {
        fail(f, 'limit', 'the frame is longer than the profile says');
    }
    if (f.at !== f.bytes.length && !f.loose) {
        fail(f, 'trailing-bytes', 'the frame has bytes behind its layout');
    }
}

function member(f, key, value) {
    return value === undefined || value === '' ? '' : ',"' + key + '":' + jsonOf(f, value);
}

function asNumber(x) {
    return x === true ? 1 : x === false ? 0 : x;
}

/* A message of the platform: its type, what it is about, its members. */
function platform(f, type, about, key, stays) {
    var text = '{"msg_type":"' + type + '"', inside;
    text += f.mid === 0 ? '' : member(f, 'request_id', f.mid);
    text += member(f, 'result_code', asNumber(f.errcode)) + about;
    inside = f.entries.length > 0 ? jsonOf(f, f.entries[0].members, stays) : stays ? '{}' : '';
    return text + (inside === '' ? '' : ',"' + key + '":' + inside) + '}';
}

function platformEvent(f, about) {
    var inside = f.entries.length > 0 ? jsonOf(f, f.entries[0].members, true) : '{}';
    return platform({mid: f.mid, errcode: f.errcode, entries: []}, 'event_up',
        ',"services":[{' + about + ',"paras":' + inside + member(f, 'event_time', f.time) +
        '}]');
}

function platformServices(f, type) {
    var list = [], i, inside;
    for (i = 0; i < f.entries.length; i += 1) {
        inside = jsonOf(f, f.entries[i].members);
        if (inside !== '') {
            list.push('{"service_id":' + quote(f.entries[i].name) + ',"properties":' + inside +
                      member(f, 'event_time', f.entries[i].time || f.time) + '}');
        }
    }
    if (list.length === 0 && type === 'properties_report') {
        return 'null';
    }
    return platform({mid: f.mid, errcode: f.errcode, entries: []}, type,
        ',"services":[' + list.join(',') + ']');
}

/* The roles that stand beside the members. */
function roles(f) {
    return member(f, 'identifier', f.identifier) + (f.mid === 0 ? '' : member(f, 'mid', f.mid)) +
        member(f, 'errcode', asNumber(f.errcode)) + member(f, 'has_more', asNumber(f.hasMore));
}

/* The members alone. */
function bareMessage(f, isReport, hasTime) {
    var text = roles(f), i, inside;
    for (i = 0; i < f.entries.length; i += 1) {
        inside = jsonOf(f, f.entries[i].members);
        text += inside === '' ? '' : ',' + inside.slice(1, -1);
    }
    if (text === '' && isReport) {
        return 'null';
    }
    return '{' + (text + (hasTime ? member(f, 'event_time', f.time) : '')).slice(1) + '}';
}

/* One object of members, and what it is about. */
function plain(f, about, key, stays, hasTime) {
    var inside = f.entries.length > 0 ? jsonOf(f, f.entries[0].members, stays)
        : stays ? '{}' : '';
    return '{' + (about + roles(f) + (inside === '' ? '' : ',"' + key + '":' + inside) +
        (hasTime ? member(f, 'event_time', f.time) : '')).slice(1) + '}';
}

/* Objects of services by their names, or arrays of their records. */
function servicesOf(f, records) {
    var text = '', i, inside, last;
    for (i = 0; i < f.entries.length; i += 1) {
        if (f.entries[i].time !== undefined && f.entries[i].members.keys.length > 0) {
            put(f.entries[i].members, 'event_time', f.entries[i].time);
        }
        inside = jsonOf(f, f.entries[i].members);
        if (inside !== '' && records && f.entries[i].name === last) {
            text = text.slice(0, -1) + ',' + inside + ']';
        } else if (inside !== '') {
            last = f.entries[i].name;
            text += ',' + quote(last) + ':' + (records ? '[' + inside + ']' : inside);
        }
    }
    return text;
}

function plainReport(f, records) {
    var text = servicesOf(f, records);
    if (text === '') {
        return 'null';
    }
    return '{' + (roles(f) + text + member(f, 'event_time', f.time)).slice(1) + '}';
}

function plainServices(f, key, records) {
    return '{' + (roles(f) + ',"' + key + '":{' + servicesOf(f, records).slice(1) + '}').slice(1) +
        '}';
}

/* What stands around and inside every frame on the line is taken off. */
function unframed(f, path, framing) {
    var from = framing.start.length, to = f.bytes.length - framing.end.length, told, out, i, n;
    for (i = 0; i < framing.start.length; i += 1) {
        if (f.bytes[i] !== framing.start[i]) {
            fail(f, 'framing', path);
        }
    }
    for (i = 0; i < framing.end.length; i += 1) {
        if (to < from || f.bytes[to + i] !== framing.end[i]) {
            fail(f, 'framing', path);
        }
    }
    if (to < from) {
        fail(f, 'framing', path);
    }
    if (framing.size) {
        told = f.bytes.slice(framing.at, framing.at + framing.size);
        if (told.length < framing.size || integer(framing.arrange ? framing.arrange(told) : told) +
                framing.add !== f.bytes.length) {
            fail(f, 'framing', path);
        }
    }
    out = f.bytes.slice(from, to);
    out = framing.pairs ? unescaped(f, path, out, framing.pairs)
        : framing.cobs ? unstuffed(f, path, out) : out;
    if (out.length > framing.most) {
        fail(f, 'limit', path);
    }
    f.bytes = out;
    f.end = out.length;
}

/* Some bytes are written as several: [byte, those]. */
function unescaped(f, path, bytes, pairs) {
    var out = [], i = 0, k, n, found;
    while (i < bytes.length) {
        found = undefined;
        for (k = 0; k < pairs.length && found === undefined; k += 1) {
            for (n = 0; n < pairs[k][1].length && bytes[i + n] === pairs[k][1][n]; n += 1) {
                found = undefined;
            }
            found = n === pairs[k][1].length ? pairs[k] : undefined;
        }
        for (k = 0; found === undefined && k < pairs.length; k += 1) {
            if (pairs[k][0] === bytes[i]) {
                fail(f, 'framing', path);
            }
        }
        out.push(found === undefined ? bytes[i] : found[0]);
        i += found === undefined ? 1 : found[1].length;
    }
    return out;
}

/* Consistent overhead byte stuffing. */
function unstuffed(f, path, bytes) {
    var out = [], i = 0, k, code;
    if (bytes.length === 0) {
        fail(f, 'framing', path);
    }
    while (i < bytes.length) {
        code = bytes[i];
        if (code === 0 || code > bytes.length - i) {
            fail(f, 'framing', path);
        }
        for (k = 1; k < code; k += 1) {
            if (bytes[i + k] === 0) {
                fail(f, 'framing', path);
            }
            out.push(bytes[i + k]);
        }
        if (code !== 255 && code < bytes.length - i) {
            out.push(0);
        }
        i += code;
    }
    return out;
}

/* The bytes of a call: a list of numbers from 0 to 255, as some have it from -128. */
function bytesOf(input) {
    var out = [], i;
    if (!input || typeof input !== 'object' || typeof input.length !== 'number') {
        throw new Error('bad-call: a list of bytes is needed');
    }
    for (i = 0; i < input.length; i += 1) {
        if (typeof input[i] !== 'number' || !(input[i] >= -128 && input[i] <= 255) ||
                input[i] % 1 !== 0) {
            throw new Error('bad-call: bytes are numbers from 0 to 255');
        }
        out.push(input[i] & 255);
    }
    if (out.length > 65535) {
        throw new Error('limit: the frame is longer than 65535 bytes');
    }
    return out;
}
