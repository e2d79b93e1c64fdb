// SPDX-License-Identifier: MIT
// Reads what `frames` writes and holds each JSON against its schema, that of its message and that of all
// messages. Then it spoils some of them, which the schema of the message must refuse: a member too many, a
// text where a number stands, an object where none does.
// usage: frames N PROFILE... | node check.js
'use strict';
const readline = require('readline');
const Ajv = require('ajv');

const ajv = new Ajv(Ajv.prototype.addMetaSchema && /^6/.test(require('ajv/package.json').version)
    ? {allErrors: false, schemaId: 'auto'} : {strict: 'log', strictTuples: true});
const schemas = new Map();
const counts = {schemas: 0, texts: 0, spoiled: 0};
let failures = 0;

const keyOf = (line, message) => JSON.stringify([line.profile, line.model, line.shape, message]);

// The first of each message says enough.
const blamed = new Set();
function complain(line, what) {
    const key = keyOf(line, line.message);
    failures++;
    if (!blamed.has(key) && blamed.add(key).size <= 30)
        console.error(`${line.profile} ${line.shape} ${line.message}: ${what}`);
}

function add(line) {
    try {
        schemas.set(keyOf(line, line.message), {validate: ajv.compile(line.schema), kept: [], texts: new Set()});
        counts.schemas++;
    } catch (error) {
        complain(line, error.message);
    }
}

// Elements of an array have one place.
const placeOf = (path) => path.map((step) => (typeof step === 'number' ? '[]' : step)).join('/');

function eachPlace(value, visit) {
    const walk = (node, path) => {
        visit(path, node);
        if (Array.isArray(node))
            node.forEach((item, index) => walk(item, path.concat(index)));
        else if (node !== null && typeof node === 'object')
            Object.keys(node).forEach((name) => walk(node[name], path.concat(name)));
    };
    walk(value, []);
}

function replaced(value, path, change) {
    const copy = JSON.parse(JSON.stringify(value));
    const holder = {root: copy};
    const way = ['root'].concat(path);
    let at = holder;
    for (const step of way.slice(0, -1))
        at = at[step];
    at[way[way.length - 1]] = change(at[way[way.length - 1]]);
    return holder.root;
}

function spoil(line, schema) {
    const refuse = (path, what, change) => {
        counts.spoiled++;
        if (schema.validate(replaced(line.json, path, change)))
            complain(line, `${what} at /${path.join('/')} is taken: ${JSON.stringify(line.json)}`);
    };
    eachPlace(line.json, (path, node) => {
        const isObject = node !== null && typeof node === 'object' && !Array.isArray(node);
        if (isObject)
            refuse(path, 'another member', (old) => Object.assign({'no such member': 0}, old));
        if (!isObject)
            refuse(path, 'an object', () => ({'no such member': 0}));
        if (typeof node === 'number' && !schema.texts.has(placeOf(path)))
            refuse(path, 'a text', () => 'no such text');
    });
}

// Some members are a number here and a text there.
function keep(line, schema) {
    if (schema.kept.length < 2)
        schema.kept.push(line);
    eachPlace(line.json, (path, node) => {
        if (typeof node === 'string')
            schema.texts.add(placeOf(path));
    });
}

function check(line) {
    counts.texts++;
    for (const message of [line.message, null]) {
        const schema = schemas.get(keyOf(line, message));
        if (schema === undefined)
            complain(line, 'there is no schema');
        else if (!schema.validate(line.json))
            complain(line, `${JSON.stringify(line.json)}\n    ${ajv.errorsText(schema.validate.errors)}`);
        else if (message !== null)
            keep(line, schema);
    }
}

const lines = readline.createInterface({input: process.stdin, crlfDelay: Infinity});
lines.on('line', (text) => {
    const line = JSON.parse(text);
    if (line.schema !== undefined)
        add(line);
    else
        check(line);
});
lines.on('close', () => {
    for (const schema of schemas.values())
        schema.kept.forEach((line) => spoil(line, schema));
    console.log(`${counts.schemas} schemas, ${counts.texts} JSON texts, ${counts.spoiled} spoiled ones, ` +
        `${failures} failures`);
    process.exit(failures > 0 || counts.texts === 0 ? 1 : 0);
});
