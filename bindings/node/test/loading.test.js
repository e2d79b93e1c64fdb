// SPDX-License-Identifier: MIT
// Profiles, plug-ins and the library itself: what is taken, and what is refused.
'use strict';

const assert = require('assert');
const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const test = require('node:test');
const { pathToFileURL } = require('url');
const dragoman = require('..');
const { build, METER, METER_PLUGIN, NUMBERS, REPORT, root } = require('./common.js');

const { CallError, DataError, LoadError, ProfileError } = dragoman;
const codePlugin = path.join(build, 'samples/code-plugin/acme-sm-10.so');
const withCode = fs.existsSync(codePlugin) ? {} : { skip: 'the code plug-in is not built' };

test('text and bytes are compiled', () => {
  for (const text of [NUMBERS, Buffer.from(NUMBERS)]) {
    const { models } = dragoman.compileProfile(text);
    assert.deepStrictEqual(models, [{ manufacturerId: 'Acme', model: 'N-1' }]);
  }
});

test('findings say where', () => {
  const text = NUMBERS.replace('kind:', 'knd:');
  assert.throws(() => dragoman.compileProfile(text, { name: 'n.yaml' }), (error) => {
    const [{ file, line, rule, severity }] = error.findings;
    assert.deepStrictEqual([file, line, rule, severity], ['n.yaml', 11, 'unknown-key', 'error']);
    return error instanceof ProfileError && /^n.yaml:11:5: error: /.test(error.message);
  });
  assert.strictEqual(dragoman.loadProfile(METER).findings[0].severity, 'note');
});

test('what is no profile is refused', () => {
  for (const text of ['', '\0', '{'.repeat(1e5), 'a: &a [*a]', NUMBERS + '\0', '\ud800']) {
    assert.throws(() => dragoman.compileProfile(text), ProfileError);
  }
  for (const text of [null, 7, ['a']]) {
    assert.throws(() => dragoman.compileProfile(text), TypeError);
  }
  const parts = path.join(root, 'profiles/decentlab/common.yaml');
  assert.throws(() => dragoman.loadProfile(parts), (error) => (
    error instanceof LoadError && /parts for profiles to include/.test(error.message)));
});

test('paths are strings, bytes and addresses of files', () => {
  for (const name of [METER, Buffer.from(METER), pathToFileURL(METER)]) {
    assert.ok(dragoman.loadProfile(name).decode(REPORT));
  }
});

test('files that cannot be read are refused', () => {
  for (const load of [dragoman.loadProfile, dragoman.loadPlugin, dragoman.loadCode]) {
    assert.throws(() => load('/nowhere/at/all'), { name: 'LoadError', status: 'io' });
    for (const name of ['a\0b', 7, undefined]) assert.throws(() => load(name), TypeError);
  }
  assert.throws(() => dragoman.loadPlugin(METER), { status: 'plugin-file', family: 'table' });
});

test('signatures are wanted with keys', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dragoman-'));
  try {
    const program = path.join(build, 'cli/dragoman');
    const name = path.join(folder, 'acme');
    const plugin = path.join(folder, 'meter.so');
    const trustedKeys = name + '.pub';
    execFileSync(program, ['keygen', '--quiet', name]);
    const refused = () => dragoman.loadPlugin(METER_PLUGIN, { trustedKeys });
    assert.throws(refused, { status: 'no-signature' });
    fs.copyFileSync(METER_PLUGIN, plugin);
    execFileSync(program, ['sign', '--quiet', '--key', name + '.key', plugin]);
    assert.ok(dragoman.loadPlugin(plugin, { trustedKeys }).decode(REPORT));
    const noKeys = () => dragoman.loadPlugin(plugin, { trustedKeys: METER });
    assert.throws(noKeys, { status: 'bad-key' });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('code runs in a process of its own', withCode, () => {
  const sealed = Buffer.from('53000000070000002AD3BA3D34DF5BCD98728821EE7DC8BF9317', 'hex');
  assert.throws(() => dragoman.loadPlugin(codePlugin), { status: 'plugin-code' });
  const settings = fs.readFileSync(path.join(root, 'samples/code-plugin/keys.txt'));
  const codec = dragoman.loadCode(codePlugin, { settings });
  assert.strictEqual(codec.decode(sealed).Meter.flow, 12.345);
  assert.strictEqual(codec.decode(sealed).Meter.flow, 12.345);
  assert.throws(() => codec.decode(Buffer.concat([sealed, sealed])), DataError);
  // A device that is remembered sends no frame twice.
  const state = codec.newState();
  assert.ok(codec.decode(sealed, { state }));
  assert.notDeepStrictEqual(state, codec.newState());
  assert.throws(() => codec.decode(sealed, { state }), DataError);
  assert.throws(() => codec.decode(sealed, { state: Buffer.alloc(3) }), CallError);
  codec.close();
});

// What `require` of the package says with another environment.
function requireWith(environment) {
  const program = `require(${JSON.stringify(path.join(root, 'bindings/node'))})`;
  return spawnSync(process.execPath, ['-e', program], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
}

test('another version of the library is not used', () => {
  const wrong = path.join(build, 'tests/bindings/libdragoman-ffi-wrong.so');
  const found = requireWith({ LD_PRELOAD: wrong });
  assert.notStrictEqual(found.status, 0);
  assert.match(found.stderr, /LibraryError: .*has version 2 of its interface, this addon needs 1/);
});

test('an addon that is missing is told', () => {
  const found = requireWith({ DRAGOMAN_ADDON: '/nowhere/dragoman.node' });
  assert.match(found.stderr, /LibraryError: \/nowhere\/dragoman.node cannot be used/);
});

test('the version is told', () => {
  assert.match(dragoman.libraryVersion, /^\d+\.\d+\.\d+$/);
});

test('the types name what there is', () => {
  const types = fs.readFileSync(path.join(root, 'bindings/node/index.d.ts'), 'utf8');
  const named = types.matchAll(/^export (?:class|function|const) (\w+)/gm);
  assert.deepStrictEqual(Array.from(named, ([, name]) => name).sort(), Object.keys(dragoman).sort());
  const [, body] = types.split('export class Codec {');
  const methods = body.split('\n}')[0].matchAll(/^  (\w+)\(/gm);
  const there = Object.getOwnPropertyNames(dragoman.Codec.prototype);
  assert.deepStrictEqual(
    Array.from(methods, ([, name]) => name).sort(),
    there.filter((name) => name !== 'constructor' && name !== 'closed').sort(),
  );
});

test('the example of the page does what it says', () => {
  const page = fs.readFileSync(path.join(root, 'bindings/node/README.md'), 'utf8');
  const program = page.split('```js\n')[1].split('```')[0];
  const expected = page.split('```text\n')[1].split('```')[0];
  assert.strictEqual(program.trim().split('\n').length, 5);
  // In a folder with the package, as npm makes it.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dragoman-'));
  try {
    fs.mkdirSync(path.join(folder, 'node_modules'));
    fs.symlinkSync(path.join(root, 'bindings/node'), path.join(folder, 'node_modules/dragoman'));
    fs.symlinkSync(path.join(root, 'profiles'), path.join(folder, 'profiles'));
    fs.writeFileSync(path.join(folder, 'example.js'), program);
    const found = spawnSync(process.execPath, ['example.js'], { cwd: folder, encoding: 'utf8' });
    assert.deepStrictEqual([found.stdout, found.stderr], [expected, '']);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
