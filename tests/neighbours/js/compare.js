/* SPDX-License-Identifier: MIT */
/*
 * Holds generated codecs against the codec core: the same frames through both, and the same
 * JSON the other way. Frames are samples of the profile, samples with bytes changed, cut or
 * added, and bytes by chance. Profiles that cannot be exported are those of a list.
 *
 * usage: node compare.js DRAGOMAN FORM[:LAYOUT] COUNT REFUSED PROFILE-OR-FOLDER...
 * DRAGOMAN_JS_FRAMES: so many frames of each profile and direction instead of COUNT
 */
'use strict';

const {spawnSync} = require('child_process');
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const [dragoman, formText, countText, refusedPath, ...places] = process.argv.slice(2);
const [form, layout] = formText.split(':');
const count = +(process.env.DRAGOMAN_JS_FRAMES || countText);
let profile, ofModel, state;

/* xorshift: the same seed gives the same frames. */
function chance(below) {
    state = (state || 88172645) >>> 0;
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
}

function run(args, input) {
    const made = spawnSync(dragoman, args, {input, encoding: 'utf8', maxBuffer: 1 << 30});
    if (made.error || made.signal) {
        throw new Error('dragoman ' + args.join(' ') + ': ' + (made.error || made.signal));
    }
    return made;
}

/* A line of hex with words in front. */
function parse(line) {
    const frame = {port: undefined, topic: undefined, time: undefined, bytes: []};
    for (const word of line.trim().split(' ')) {
        const at = word.indexOf('=');
        if (at > 0) {
            frame[word.slice(0, at)] = word.slice(at + 1);
        } else {
            frame.bytes = (word.match(/../g) || []).map(byte => parseInt(byte, 16));
        }
    }
    return frame;
}

function hexOf(bytes) {
    return bytes.map(byte => (256 + byte).toString(16).slice(1)).join('');
}

function lineOf(frame) {
    let line = '';
    if (form === 'ttn' && frame.port !== undefined) {
        line += 'port=' + frame.port + ' ';
    }
    if (frame.topic !== undefined) {
        line += 'topic=' + frame.topic + ' ';
    }
    if (form === 'ttn' && frame.time !== undefined) {
        line += 'time=' + frame.time + ' ';
    }
    return line + hexOf(frame.bytes);
}

function changed(frame) {
    const out = Object.assign({}, frame, {bytes: frame.bytes.slice()});
    const bytes = out.bytes;
    for (let i = chance(4); i >= 0 && bytes.length > 0; i -= 1) {
        const at = chance(bytes.length);
        switch (chance(6)) {
        case 0:
            bytes[at] ^= 1 << chance(8);
            break;
        case 1:
            bytes[at] = [0, 255, 127, 128, 1][chance(5)];
            break;
        case 2:
            bytes.splice(at, 1 + chance(3));
            break;
        case 3:
            bytes.splice(at, 0, chance(256));
            break;
        case 4:
            bytes.length = at;
            break;
        default:
            bytes[at] = chance(256);
        }
    }
    return out;
}

function byChance(frame) {
    const bytes = Array.from({length: 1 + chance(40)}, () => chance(256));
    const start = chance(Math.min(4, frame.bytes.length) + 1);
    return Object.assign({}, frame, {bytes: frame.bytes.slice(0, start).concat(bytes)});
}

/* The frames of the profile's own tests, and the port that stands beside them. */
function vectors() {
    const lines = fs.readFileSync(profile, 'utf8').split('\n'), frames = [];
    lines.forEach((line, i) => {
        const hex = /\bhex: *"?([0-9A-Fa-f][0-9A-Fa-f ]*)"?/.exec(line);
        if (hex) {
            const beside = lines.slice(Math.max(i - 2, 0), i + 4).join(' ');
            const port = /\bport: *([0-9]+)/.exec(beside), topic = /\btopic: *"?([^ ",}]+)/.exec(beside);
            const bytes = (hex[1].replace(/ /g, '').match(/../g) || []).map(byte => parseInt(byte, 16));
            frames.push({bytes, port: port ? port[1] : undefined, topic: topic ? topic[1] : undefined});
        }
    });
    return frames;
}

function makeFrames(direction) {
    const args = ['sample', '-n', '' + Math.max(20, Math.ceil(count / 4)), '--seed',
                  '' + (state % 1000), '-d', direction, ...ofModel, profile];
    const samples = run(args, '').stdout.split('\n').filter(line => line).map(parse);
    const frames = vectors().concat(samples), own = frames.length;
    while (frames.length < count && samples.length > 0) {
        const frame = samples[chance(samples.length)];
        frames.push(chance(4) > 0 ? changed(frame) : byChance(frame));
    }
    return frames.filter(frame => frame.bytes.length > 0).slice(0, Math.max(count, own));
}

/* Digits that make a number. */
function significant(text) {
    return text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
}

/* JSON with its numbers as they stand, members in order of their names. */
function canonical(text, numbers) {
    let at = 0;
    function next(pattern) {
        pattern.lastIndex = at;
        const found = pattern.exec(text)[0];
        at += found.length;
        return found;
    }
    function value() {
        if (text[at] === '{' || text[at] === '[') {
            const open = text[at], parts = [];
            at += 1;
            while (text[at] !== '}' && text[at] !== ']') {
                let key = '';
                if (open === '{') {
                    key = JSON.parse(string());
                    at += 1;
                }
                parts.push([key, value()]);
                at += text[at] === ',' ? 1 : 0;
            }
            at += 1;
            if (open === '{') {
                parts.sort((a, b) => a[0] < b[0] ? -1 : 1);
            }
            return open + parts.map(part => JSON.stringify(part[0]) + ':' + part[1]).join();
        }
        if (text[at] === '"') {
            return JSON.stringify(JSON.parse(string()));
        }
        const token = next(/[-+.0-9a-zA-Z]+/y);
        return /^[-0-9]/.test(token) ? numbers(token) : token;
    }
    function string() {
        return next(/"(?:[^"\\]|\\.)*"/y);
    }
    return value();
}

function exactly(token) {
    return token;
}

/* As an object of JavaScript has it. */
function asObject(token) {
    if (+token === 0 || significant(token) === significant('' + +token)) {
        return '' + (+token === 0 ? 0 : +token);
    }
    return JSON.stringify(token);
}

/* ECMAScript 5.1, and no function that is not there, if somebody is there to say so. */
function checkLanguage(text) {
    let acorn, globals;
    try {
        acorn = require('acorn');
        globals = require('acorn-globals');
    } catch (problem) {
        return false;
    }
    for (const {name} of globals(acorn.parse(text, {ecmaVersion: 5}))) {
        if (!(name in globalThis)) {
            differs('names', 'none', name + ', which is not there');
        }
    }
    return true;
}

/* The codec's globals. */
function load(text) {
    const context = vm.createContext({});
    vm.runInContext(text, context);
    return context;
}

/* What the core says of each frame. */
function coreDecodes(frames, direction) {
    const shape = form === 'ttn' ? 'plain' : 'iotda';
    const made = run(['decode', '-p', profile, ...ofModel, '-d', direction, '-s', shape, '--json',
                      '--error-format', 'json', '-i', 'hex'],
                     frames.map(lineOf).join('\n') + '\n');
    const results = [];
    for (const line of made.stdout.split('\n').filter(text => text)) {
        const found = /^\{"line":(\d+),"message":"(?:[^"\\]|\\.)*","json":(.*),"warnings":(\[.*\])\}$/s
            .exec(line);
        if (!found) {
            throw new Error('unexpected: ' + line);
        }
        results[+found[1] - 1] = {text: found[2], warnings: JSON.parse(found[3])};
    }
    for (const line of made.stderr.split('\n').filter(text => text.startsWith('{'))) {
        const found = JSON.parse(line);
        if (found.severity === 'error' && found.line) {
            results[found.line - 1] = {error: found.status, path: found.path || ''};
        }
    }
    return results;
}

function codecDecodes(codec, frame, direction) {
    if (form === 'iotda') {
        try {
            return {text: codec.decode(frame.bytes, frame.topic)};
        } catch (problem) {
            return {error: problem.message};
        }
    }
    const input = {bytes: frame.bytes, fPort: frame.port && +frame.port, topic: frame.topic};
    if (frame.time !== undefined) {
        input.recvTime = new Date(frame.time);
    }
    const made = direction === 'up' ? codec.decodeUplink(input) : codec.decodeDownlink(input);
    return made.errors.length > 0 ? {error: made.errors[0]}
        : {text: JSON.stringify(made.data), warnings: made.warnings};
}

let differences = 0;

function differs(what, core, codec) {
    differences += 1;
    if (differences <= 5) {
        console.log('difference: ' + what + '\n  core:  ' + JSON.stringify(core) +
                    '\n  codec: ' + JSON.stringify(codec));
    }
}

function statusOf(message) {
    return message.split(':')[0];
}

function compareDecode(codec, direction, totals) {
    const frames = makeFrames(direction), core = coreDecodes(frames, direction);
    const numbers = form === 'ttn' ? asObject : exactly;
    frames.forEach((frame, i) => {
        const wanted = core[i], found = codecDecodes(codec, frame, direction);
        totals.frames += 1;
        if (!wanted) {
            throw new Error('no result for ' + lineOf(frame));
        }
        if (wanted.error || found.error) {
            totals.refused += 1;
            if (!wanted.error || !found.error || statusOf(found.error) !== wanted.error) {
                differs(direction + ' ' + lineOf(frame), wanted, found);
            }
            return;
        }
        const text = form === 'ttn' && wanted.text === 'null' ? '{}' : wanted.text;
        totals.identical += text === found.text ? 1 : 0;
        if (canonical(text, numbers) !== canonical(found.text, exactly)) {
            differs(direction + ' ' + lineOf(frame), wanted, found);
        } else if (form === 'ttn') {
            const told = found.warnings.map(statusOf).filter(word => !/^numbers/.test(word));
            const expected = wanted.warnings;
            if (told.join() !== expected.join()) {
                differs(direction + ' warnings ' + lineOf(frame), expected, told);
            }
        }
    });
}

/* A value that is not quite the one it was. */
function spoiled(value, depth) {
    if (Array.isArray(value)) {
        const out = value.slice();
        if (out.length > 0 && chance(3) > 0) {
            const at = chance(out.length);
            out[at] = spoiled(out[at], depth + 1);
        } else {
            out.splice(chance(out.length + 1), chance(2), ...[[], [1], ['x']][chance(3)]);
        }
        return out;
    }
    if (value !== null && typeof value === 'object') {
        const keys = Object.keys(value), out = Object.assign({}, value);
        const key = keys[chance(keys.length)];
        switch (keys.length === 0 ? 5 : chance(depth > 0 ? 6 : 12)) {
        case 0:
            delete out[key];
            break;
        case 5:
            out[['more', 'mid', 'request_id', '__x'][chance(4)]] = chance(70000);
            break;
        default:
            out[key] = spoiled(value[key], depth + 1);
        }
        return out;
    }
    const others = [0, 1, -1, 255, 256, 65535, 65536, 1440, 1441, 0.5, 12.3, -40, 1e9, 123456789.125,
                    true, false, null, 'x', '', '00', 'open', [], {}, '20190329T101605Z'];
    if (typeof value === 'number' && chance(3) > 0) {
        return [value + 1, value - 1, -value, value / 10, value * 10, value + 0.25][chance(6)];
    }
    return others[chance(others.length)];
}

/* What goes to the device, as the core reads it out of frames, and spoiled. */
function makeCalls() {
    const texts = coreDecodes(makeFrames('down'), 'down').filter(made => made.text)
        .map(made => made.text).filter(text => text !== 'null');
    const calls = [];
    while (texts.length > 0 && calls.length < count) {
        const text = texts[chance(texts.length)];
        if (form === 'iotda' && chance(3) === 0) {
            calls.push(text);
            continue;
        }
        let value = JSON.parse(text);
        for (let i = chance(3); i > 0; i -= 1) {
            value = spoiled(value, 0);
        }
        calls.push(JSON.stringify(value));
    }
    return calls.filter(text => text !== 'null');
}

function coreEncodes(calls) {
    const shape = form === 'ttn' ? 'plain' : 'iotda';
    const made = run(['encode', '-p', profile, ...ofModel, '-d', 'down', '-s', shape,
                      '--error-format', 'json'], calls.join('\n') + '\n');
    const results = [];
    for (const line of made.stderr.split('\n').filter(text => text.startsWith('{'))) {
        const found = JSON.parse(line);
        if (found.severity === 'error' && found.line) {
            results[found.line - 1] = {error: found.status, path: found.path || ''};
        }
    }
    const frames = made.stdout.split('\n').filter(text => text);
    calls.forEach((text, i) => {
        results[i] = results[i] || {frame: frames.shift().replace(/^topic=\S* /, '')};
    });
    return results;
}

function codecEncodes(codec, text) {
    if (form === 'iotda') {
        try {
            return {frame: hexOf(codec.encode(text)).toUpperCase() || 'null'};
        } catch (problem) {
            return {error: problem.message};
        }
    }
    const made = codec.encodeDownlink({data: JSON.parse(text)});
    const port = made.fPort === undefined ? '' : 'port=' + made.fPort + ' ';
    return made.errors.length > 0 ? {error: made.errors[0]}
        : {frame: (port + hexOf(made.bytes).toUpperCase()) || 'null'};
}

function compareEncode(codec) {
    const calls = makeCalls(), core = coreEncodes(calls);
    calls.forEach((text, i) => {
        const wanted = core[i], found = codecEncodes(codec, text);
        totals.calls += 1;
        if (found.error && /^not-encodable: this codec does not/.test(found.error)) {
            totals.unwritten += 1;
            return;
        }
        totals.refusedCalls += wanted.error ? 1 : 0;
        const frame = form === 'iotda' && wanted.frame ? wanted.frame.replace(/^port=\d+ /, '')
            : wanted.frame;
        /* What the codec does not take at all has no better reason. */
        const same = wanted.error ? found.error && [wanted.error, 'wrong-direction']
            .includes(statusOf(found.error))
            : frame === found.frame;
        if (!same) {
            differs('encode ' + text, wanted, found);
        }
    });
}

/* Each profile once, of the models of a family the first. */
/* Nothing, and an object where its text is wanted. */
function refusesCall(codec, what, bytes) {
    let found;
    if (form === 'iotda') {
        found = codecDecodes(codec, {bytes}, 'up');
    } else {
        const made = codec.decodeUplink(what === 'input' ? bytes : {bytes, fPort: 1});
        found = {error: made.errors[0]};
    }
    if (!found.error || statusOf(found.error) !== 'bad-call') {
        differs(`decode, ${what}: ${JSON.stringify(bytes)}`, 'bad-call', found);
    }
}

function compareWrongCalls(codec) {
    for (const value of form === 'iotda' ? [undefined, null, {}, 7] : []) {
        const found = codecEncodes(codec, value);
        if (!found.error || statusOf(found.error) !== 'bad-call') {
            differs(`encode(${JSON.stringify(value)})`, 'bad-call', found);
        }
    }
    for (const value of [undefined, null, {}, 7, '', '0175']) {
        refusesCall(codec, 'input', value);
        refusesCall(codec, 'bytes', value);
    }
    for (const value of [['1'], [null], [NaN], [256], [-129], [0.5], [[1]], [true]]) {
        refusesCall(codec, 'bytes', value);
    }
    if (form === 'ttn') {
        for (const value of [undefined, null, 7, {}, {data: null}, {data: 'x'}]) {
            const made = codec.encodeDownlink(value);
            if (!made.errors[0] || statusOf(made.errors[0]) !== 'type') {
                differs(`encodeDownlink(${JSON.stringify(value)})`, 'type', made);
            }
        }
    }
}

function profilesOf(place) {
    if (!fs.statSync(place).isDirectory()) {
        return [place];
    }
    return fs.readdirSync(place).sort().reduce((all, name) => {
        const inside = path.join(place, name);
        const wanted = fs.statSync(inside).isDirectory() || name.endsWith('.yaml');
        return wanted ? all.concat(profilesOf(inside)) : all;
    }, []);
}

function exported() {
    const args = ['export', '--to', 'js-' + form, ...(layout ? ['--layout', layout] : [])];
    ofModel = [];
    const made = run([...args, profile], '');
    const models = /serves several models: ([^,;]+)/.exec(made.stderr);
    if (!models) {
        return made;
    }
    ofModel = ['--model', models[1]];
    return run([...args, ...ofModel, profile], '');
}

const totals = {profiles: 0, frames: 0, refused: 0, identical: 0, calls: 0,
                refusedCalls: 0, unwritten: 0, bytes: 0};
const refused = [];
let checked = false;

function compareProfile() {
    const made = exported(), before = differences;
    if (made.status !== 0) {
        const reason = /JavaScript cannot do (.*)/.exec(made.stderr);
        if (reason) {
            refused.push(path.basename(profile) + ': ' + reason[1]);
        }
        return;
    }
    checked = checkLanguage(made.stdout);
    const codec = load(made.stdout);
    const globals = Object.keys(codec).join();
    const wanted = form === 'ttn' ? 'decodeUplink,decodeDownlink,encodeDownlink'
        : 'decode,encode';
    if (globals !== wanted) {
        differs('globals', wanted, globals);
    }
    state = 1;
    totals.profiles += 1;
    totals.bytes += made.stdout.length;
    compareDecode(codec, 'up', totals);
    if (form === 'ttn') {
        compareDecode(codec, 'down', totals);
    }
    compareEncode(codec);
    compareWrongCalls(codec);
    if (differences > before) {
        console.log(`${profile}: ${differences - before} differences`);
    }
}

for (const place of places) {
    for (profile of profilesOf(place)) {
        compareProfile();
    }
}
console.log(`${totals.profiles} profiles, ${totals.frames} frames, ${totals.refused} refused, ` +
            `${totals.identical} same bytes; ${totals.calls} calls, ${totals.refusedCalls} refused, ` +
            `${totals.unwritten} not written; ${differences} differences, ${totals.bytes} bytes of code; ` +
            `ES5 ${checked ? 'checked' : 'not checked: no acorn'}`);
const listed = fs.readFileSync(refusedPath, 'utf8');
if (refused.map(line => line + '\n').join('') !== listed) {
    differences += 1;
    console.log('not exported:\n' + refused.join('\n'));
}
process.exitCode = differences > 0 ? 1 : 0;
