/* SPDX-License-Identifier: MIT */
/*
 * Holds the codec of every profile, and of every model that one serves, to what The Things
 * Stack takes.
 *
 * usage: node sizes.js DRAGOMAN FOLDER [PROFILE...]
 */
'use strict';

const {spawnSync} = require('child_process');
const fs = require('fs');
const path = require('path');

const [dragoman, folder, ...others] = process.argv.slice(2);
const most = 40960;
const sizes = [];

function profilesOf(place) {
    return fs.readdirSync(place).sort().reduce((all, name) => {
        const inside = path.join(place, name);
        if (fs.statSync(inside).isDirectory()) {
            return all.concat(profilesOf(inside));
        }
        return name.endsWith('.yaml') ? all.concat(inside) : all;
    }, []);
}

function exported(profile, model) {
    const args = ['export', '--to', 'js-ttn', ...model, profile];
    return spawnSync(dragoman, args, {encoding: 'utf8', maxBuffer: 1 << 30});
}

function measure(profile, name, made) {
    if (made.status === 0) {
        sizes.push({name, bytes: Buffer.byteLength(made.stdout)});
    } else if (!/is no product: it has parts/.test(made.stderr)) {
        throw new Error(profile + ': ' + made.stderr);
    }
}

for (const profile of profilesOf(folder).concat(others)) {
    const made = exported(profile, []);
    const models = /serves several models: ([^;\n]+)/.exec(made.stderr);
    const short = path.relative(folder, profile);
    if (!models) {
        measure(profile, short, made);
        continue;
    }
    for (const model of models[1].split(', ')) {
        measure(profile, short + ' ' + model, exported(profile, ['--model', model]));
    }
}
sizes.sort((a, b) => b.bytes - a.bytes);
for (const {name, bytes} of sizes) {
    console.log(('' + bytes).padStart(7) + '  ' + name + (bytes > most ? '  too large' : ''));
}
const large = sizes.filter(one => one.bytes > most).length;
console.log(`${sizes.length} codecs, ${large} above ${most} bytes`);
process.exitCode = large > 0 || sizes.length === 0 ? 1 : 0;
