/* SPDX-License-Identifier: MIT */
/* What stands around the members of a call, and which message of the profile it is for. */

/* Members of the envelope by their names, each read as it comes; none may come twice. */
function known(node, readers, skips) {
    var out = {}, i, name;
    anyObject(node);
    for (i = 0; i < node.members.length; i += 1) {
        name = node.members[i][0];
        if (!readers.hasOwnProperty(name)) {
            if (skips) {
                continue;
            }
            refuse('unknown-member', name);
        }
        if (out.hasOwnProperty(name)) {
            refuse('duplicate-member', name);
        }
        out[name] = readers[name](node.members[i][1], name);
    }
    return out;
}

function anything(node) {
    return node;
}

function textOf(node, name) {
    if (node && node.type !== 'string') {
        refuse('type', name);
    }
    return node && node.text;
}

function objectOf(node, name) {
    if (node && node.type !== 'object') {
        refuse('type', name);
    }
    return node;
}

/* A whole number of the envelope; 0 stands for no mid. */
function roleOf(node, name, least, most) {
    var x = node.type === 'number' ? numberOf(node.text) : undefined;
    if (x === undefined) {
        refuse(node.type === 'number' ? 'range' : 'type', name);
    }
    if (decimals(x) > 0) {
        refuse('type', name);
    }
    if (least === 1 && x === 0) {
        return undefined;
    }
    if (order(x, least) < 0 || order(x, most) > 0) {
        refuse('range', name);
    }
    return x;
}

function midOf(node, name) {
    return roleOf(node, name, 1, 65535);
}

function bitOf(node, name) {
    return roleOf(node, name, 0, 1);
}

/* The kind of a message of the platform. */
function kindOf(node, name) {
    var kinds = {commands: 3, properties_report_reply: 4, properties_set: 6, properties_get: 8,
                 message_down: 11, properties_report: 1, command_response: 2, event_up: 5,
                 properties_set_response: 7, properties_get_response: 9, message_up: 10};
    if (!kinds.hasOwnProperty(textOf(node, name))) {
        refuse('enum', name);
    }
    return kinds[node.text];
}

function arrayOf(node, name) {
    if (node.type !== 'array') {
        refuse('type', name);
    }
    return node;
}

/* A message of the platform. */
function platformCall(node) {
    var part = known(node, {msg_type: kindOf, service_id: textOf, command_name: textOf,
                            request_id: midOf, result_code: bitOf, has_more: bitOf,
                            services: arrayOf, paras: objectOf, request: anything,
                            content: objectOf, name: anything, id: anything,
                            object_device_id: anything, response_name: anything,
                            result_desc: anything});
    if (part.msg_type === undefined) {
        refuse('missing-member', 'msg_type');
    }
    return {kind: part.msg_type, service: part.service_id, command: part.command_name,
            mid: part.request_id, hasMid: part.hasOwnProperty('request_id'),
            errcode: part.result_code, hasMore: part.has_more, services: part.services,
            members: part.paras || part.content, request: part.request};
}

/* What only some kinds of plain messages have. */
function plainKind(part) {
    var kind = part.raw ? 12 : part.message_down ? 11 : part.get ? 8 : part.set ? 6
        : part.reply !== undefined ? 4 : part.body ? 2 : part.paras ? 3 : 0;
    if (kind !== 0 && kind !== 2 && kind !== 3) {
        return kind;
    }
    if (part.command === undefined) {
        return 1;
    }
    return kind !== 0 ? kind : part.errcode !== undefined ? 2 : 3;
}

function askedService(node, name) {
    return {service: node.type === 'null' ? undefined : textOf(node, name)};
}

/* A message in the plain spelling. */
function plainCall(node) {
    var readers = {command: textOf, reply: textOf, identifier: textOf, mid: midOf,
                   errcode: bitOf, has_more: bitOf, event_time: textOf, paras: objectOf,
                   body: objectOf, event: textOf, set: objectOf, set_response: textOf,
                   get: askedService, get_response: objectOf, message_up: objectOf,
                   message_down: objectOf, raw: objectOf};
    var part = known(node, readers, true), kind = plainKind(part);
    if (kind !== 1) {
        known(node, readers);
    }
    return {kind: kind, command: part.command, reply: part.reply, identifier: part.identifier,
            mid: part.mid, hasMid: part.hasOwnProperty('mid'), errcode: part.errcode,
            hasMore: part.has_more, set: part.set, service: part.get && part.get.service,
            members: part.paras || part.body || part.message_down || part.raw};
}

/* The members alone; what fits the envelope belongs to it, too. */
function bareCall(node) {
    function lenient(reader) {
        return function (value, name) {
            try {
                return reader(value, name);
            } catch (problem) {
                return undefined;
            }
        };
    }
    var part = known(node, {command: anything, reply: anything, identifier: lenient(textOf),
                            mid: lenient(midOf), errcode: lenient(bitOf),
                            has_more: lenient(bitOf), event_time: anything, paras: anything,
                            body: anything}, true);
    return {kind: 0, members: node, bare: true, mid: part.mid,
            hasMid: part.hasOwnProperty('mid'), errcode: part.errcode, hasMore: part.has_more,
            identifier: part.identifier};
}

/* The same where no message of the profile goes to the device. */
function anyObject(node) {
    if (node.type !== 'object') {
        refuse('type', 'an object is expected');
    }
    return {kind: 0};
}

/* Names of the envelope that may stand beside bare members. */
function isBeside(name) {
    return ['command', 'reply', 'identifier', 'mid', 'errcode', 'has_more', 'event_time',
            'paras', 'body'].indexOf(name) >= 0;
}

/*
 * The values of the members that a message has, by their number. Each member is [name,
 * number of the object around or -1, kind, required, text, service]; kinds: 1 value, 2
 * object, 3 array, 4 anything, 5 the text, 6 array of places, 7 array of such arrays.
 */
function bound(members, node, around, isRoot, into, service) {
    var i, k, name, value;
    if (node.type === 'array') {
        boundPlaces(members, node, around, into);
    }
    for (i = 0; node.type === 'object' && i < node.members.length; i += 1) {
        name = node.members[i][0];
        value = node.members[i][1];
        for (k = 0; k < members.length; k += 1) {
            if (members[k][0] === name && members[k][1] === around &&
                    (around >= 0 || members[k][5] === service)) {
                break;
            }
        }
        if (k === members.length) {
            if (isRoot && isBeside(name)) {
                continue;
            }
            refuse('unknown-member', name);
        }
        if (into[k] !== undefined) {
            refuse('duplicate-member', name);
        }
        bindOne(members, k, value, into);
    }
    for (k = 0; k < members.length; k += 1) {
        if (members[k][1] === around && (members[k][2] === 2 || members[k][2] === 6) &&
                into[k] !== undefined && (around >= 0 || members[k][5] === service)) {
            bound(members, into[k], k, false, into, service);
        }
    }
    return into;
}

/* Members that are known by their place. */
function boundPlaces(members, node, around, into) {
    var i, k = 0;
    for (i = 0; i < node.items.length; i += 1, k += 1) {
        while (k < members.length && members[k][1] !== around) {
            k += 1;
        }
        if (k === members.length) {
            refuse('unknown-member', members[around][0]);
        }
        bindOne(members, k, node.items[i], into);
    }
}

function bindOne(members, k, value, into) {
    var kind = members[k][2];
    if ((kind === 2 && value.type !== 'object') ||
            ((kind === 3 || kind >= 6) && value.type !== 'array')) {
        refuse('type', members[k][0]);
    }
    if (kind === 5 && spelling(value) !== spelling(parsed(members[k][4]))) {
        refuse('const', members[k][0]);
    }
    into[k] = value;
}

/* Is the member inside another one, -1 for the message, and not in an array of it? */
function reaches(members, k, around) {
    var up = members[k][1];
    while (up !== around && up >= 0 && members[up][2] !== 3 && members[up][2] !== 7) {
        up = members[up][1];
    }
    return up === around;
}

/* What must be given, unless the object around it is missing, too. */
function checkRequired(members, into, around, service) {
    var k, up;
    for (k = 0; k < members.length; k += 1) {
        up = members[k][1];
        if (members[k][3] && into[k] === undefined && members[k][5] === service &&
                reaches(members, k, around) && (up === around || into[up] !== undefined)) {
            refuse('missing-member', members[k][0]);
        }
    }
}

/* The members of the call, as the message has them. */
function bind(message, call) {
    var into = [];
    if (message.kind === 4) {
        return into;
    }
    if (message.bind) {
        return message.bind(message, call);
    }
    if (call.members) {
        bound(message.members, call.members, -1, call.bare, into, undefined);
    }
    checkRequired(message.members, into, -1, undefined);
    return into;
}

/* The services that a call sets, as [name, members]. */
function calledServices(call) {
    var out = [], i, entry;
    if (!call.services) {
        return call.set ? call.set.members : out;
    }
    for (i = 0; i < call.services.items.length; i += 1) {
        entry = known(call.services.items[i], {service_id: textOf, properties: objectOf,
                                               event_time: textOf});
        if (entry.service_id === undefined || !entry.properties) {
            refuse('missing-member', 'services');
        }
        out.push([entry.service_id, entry.properties]);
    }
    return out;
}

/* The same of a message whose members stand in services. */
function bindServices(message, call) {
    var into = [], entries = calledServices(call), names = [], i;
    for (i = 0; i < message.members.length; i += 1) {
        if (names.indexOf(message.members[i][5]) < 0) {
            names.push(message.members[i][5]);
        }
    }
    for (i = 0; i < entries.length; i += 1) {
        if (names.indexOf(entries[i][0]) < 0) {
            refuse('unknown-member', entries[i][0]);
        }
        bound(message.members, objectOf(entries[i][1], entries[i][0]), -1, false, into,
              entries[i][0]);
    }
    for (i = 0; i < names.length; i += 1) {
        checkRequired(message.members, into, -1, names[i]);
    }
    return into;
}

function isCandidate(message, call) {
    if (call.kind === 0) {
        return message.kind === 3;
    }
    if (message.kind !== call.kind && !(message.kind === 12 && call.kind === 11 && !call.plain)) {
        return false;
    }
    if (message.kind === 8) {
        return message.service === call.service;
    }
    if (message.kind !== 3) {
        return true;
    }
    if (call.plain) {
        return call.command === message.path;
    }
    return (call.command === undefined || call.command === message.command) &&
        (call.service === undefined || call.service === message.service);
}

/* The work of a message: its bytes, before the framing. */
function writtenBy(message, call, members, request) {
    var e = {bytes: [], later: [], mid: call.mid, hasMid: call.hasMid, errcode: call.errcode,
             hasMore: call.hasMore, identifier: call.identifier, index: 0, gap: undefined};
    if (!message.write) {
        refuse('not-encodable', 'this codec does not write message ' + message.name);
    }
    message.write(e, members, request);
    return e;
}

/* Does the message take the members, and can it hold the values? */
function attempt(message, call, trial, isOnly) {
    var members;
    try {
        members = bind(message, call);
        if (message.check) {
            message.check({}, members);
        }
    } catch (problem) {
        if (trial.problem === undefined || (trial.isUnknown &&
                !/^unknown-member/.test(problem.message))) {
            trial.problem = problem;
            trial.isUnknown = /^unknown-member/.test(problem.message);
        }
        return undefined;
    }
    if (isOnly || !message.write) {
        return members;
    }
    try {
        writtenBy(message, call, members);
    } catch (problem) {
        trial.unfit = trial.unfit || {message: message, members: members};
        return undefined;
    }
    return members;
}

/* A constant of its own tells the message from others, and the call does not say it. */
function silence(message, members) {
    var constants = message.constants || [], i;
    for (i = 0; message.kind === 3 && i < constants.length; i += 1) {
        if (members[constants[i]] === undefined) {
            return message.members[constants[i]][0];
        }
    }
    return undefined;
}

/* The first message, fallback ones last, that takes the call; of several the one whose
 * constants it says. */
function chosen(list, call) {
    var trial = {}, best, i, k, members, flaw, candidates = [];
    for (i = 0; i < list.length; i += 1) {
        if (isCandidate(list[i], call)) {
            candidates.push(list[i]);
        }
    }
    for (k = 0; k < 2; k += 1) {
        for (i = 0; i < candidates.length; i += 1) {
            if (!candidates[i].fallback !== (k === 0)) {
                continue;
            }
            if (candidates[i].decodeOnly) {
                trial.decodeOnly = true;
                continue;
            }
            members = attempt(candidates[i], call, trial, candidates.length === 1);
            if (members === undefined) {
                continue;
            }
            flaw = silence(candidates[i], members) === undefined ? 0 : 1;
            if (candidates.length === 1 || flaw === 0) {
                return {message: candidates[i], members: members};
            }
            if (best) {
                best.ambiguous = true;
            } else {
                best = {message: candidates[i], members: members};
            }
        }
        if (best) {
            break;
        }
    }
    if (best && best.ambiguous) {
        refuse('missing-member', silence(best.message, best.members));
    }
    if (best || trial.unfit) {
        return best || trial.unfit;
    }
    if (trial.problem) {
        throw trial.problem;
    }
    if (trial.decodeOnly) {
        refuse('wrong-direction', 'the message is not for encoding');
    }
    noneTakes(call);
}

/* The profile has no message that the call could be for. */
function noneTakes(call) {
    refuse(call.kind === 2 || call.kind === 3 ? 'no-command' : 'no-message',
           call.command || 'no message of the profile takes this');
}

/* Bytes of the answered frame, written in hex. */
function requestOf(node) {
    var text = textOf(node, 'request'), out = [], i;
    if (text === undefined) {
        return undefined;
    }
    if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) {
        refuse('text', 'request');
    }
    for (i = 0; i < text.length; i += 2) {
        out.push(parseInt(text.substr(i, 2), 16));
    }
    return out;
}

/* What the answered frame says. */
function answeredFrame(bytes, topic) {
    var f, request = {valid: false, message: -1, values: []};
    if (bytes === undefined) {
        return undefined;
    }
    f = frame(bytes.slice(), undefined, topic);
    try {
        up(f);
        request.valid = true;
    } catch (problem) {
        request.valid = false;
    }
    request.bytes = f.content || f.bytes;
    request.length = request.bytes.length;
    if (f.message !== undefined) {
        request.message = f.message;
        request.values = f.values || [];
    }
    return request;
}

/* The first reply that answers the request and wants to. */
function chosenReply(list, call) {
    var request = answeredFrame(requestOf(call.request)), i, message, isNamed = false;
    var none = {valid: undefined, values: [], bytes: []};
    for (i = 0; i < list.length; i += 1) {
        message = list[i];
        if (message.kind !== 4 || (call.reply !== undefined && call.reply !== message.name)) {
            continue;
        }
        isNamed = true;
        if (request && message.answers.length > 0 &&
                message.answers.indexOf(request.message) < 0) {
            continue;
        }
        if (!request && call.reply === undefined && !message.alone) {
            refuse('no-request', message.name);
        }
        if (!message.when || message.when(request || none)) {
            return {message: message, members: [], request: request || none};
        }
    }
    if (call.reply !== undefined && !isNamed) {
        refuse('no-message', 'the profile has no such reply');
    }
    if (request && request.message < 0) {
        refuse('no-message', 'the request is none of the frames of the product');
    }
    return undefined;
}

/* Only some kinds of messages go to the device. */
function forDevice(call) {
    if ([1, 2, 5, 7, 9, 10].indexOf(call.kind) >= 0) {
        refuse('wrong-direction', 'only what goes to the device is written');
    }
    return call;
}

/* Without replies, a reply is none that is asked for by its name; nothing is written. */
function unreplied(call) {
    if (call.reply !== undefined) {
        refuse('no-message', 'the profile has no such reply');
    }
    return {bytes: [], port: undefined};
}

/* The same where no message of the profile goes to the device. */
function unwritten(call) {
    return forDevice(call).kind === 4 ? unreplied(call) : noneTakes(call);
}

/* The frame of a call: its bytes, and the port that it wants. */
function encoded(list, call, reply) {
    var found, e;
    if (forDevice(call).kind === 4 && !reply) {
        return unreplied(call);
    }
    found = call.kind === 4 ? reply(list, call) : chosen(list, call);
    if (found === undefined) {
        return {bytes: [], port: undefined};
    }
    e = writtenBy(found.message, call, found.members, found.request);
    settle(e);
    if (found.message.fits && !found.message.fits({bytes: e.bytes})) {
        refuse('length', found.message.name);
    }
    if (e.bytes.length > found.message.most) {
        refuse('limit', found.message.name);
    }
    return {bytes: e.bytes, port: e.bytes.length > 0 ? found.message.port : undefined};
}

/* Does the text name a reply of the profile? */
function namesReply(node, list) {
    var i, k, name;
    for (i = 0; node.type === 'object' && i < node.members.length; i += 1) {
        name = node.members[i][1].text;
        for (k = 0; node.members[i][0] === 'reply' && k < list.length; k += 1) {
            if (list[k].kind === 4 && list[k].name === name) {
                return true;
            }
        }
    }
    return false;
}
