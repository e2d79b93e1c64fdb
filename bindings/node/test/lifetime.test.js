// SPDX-License-Identifier: MIT
// Handles are closed once, by hand or by the collector; each thread has codecs of its own.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const test = require('node:test');
const { isMainThread, parentPort, Worker } = require('worker_threads');
const dragoman = require('..');
const { build, METER, METER_PLUGIN, REPORT } = require('./common.js');

const DECODES = 10000;
const THREADS = 4;

function decodeMany() {
  const codec = dragoman.loadProfile(METER);
  const frame = Buffer.from(REPORT);
  let wrong = 0;
  for (let i = 0; i < DECODES; i += 1) {
    frame.writeUInt32BE(i, 1);
    if (codec.decode(frame).Meter.flow !== i / 1000) wrong += 1;
    if (i % 100 === 0) assert.throws(() => codec.decode(frame.subarray(0, 3)), dragoman.DataError);
  }
  return wrong;
}

// The last line of a program, run with a library in front that counts handles.
function count(program) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dragoman-'));
  const counts = path.join(folder, 'counts');
  try {
    const found = spawnSync(process.execPath, ['--expose-gc', '-e', program], {
      env: {
        ...process.env,
        LD_PRELOAD: path.join(build, 'tests/bindings/libdragoman-ffi-counting.so'),
        DRAGOMAN_COUNTS: counts,
      },
      encoding: 'utf8',
    });
    assert.deepStrictEqual([found.stderr, found.status], ['', 0]);
    return fs.readFileSync(counts, 'utf8').trim();
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const HEAD = `
  const dragoman = require(${JSON.stringify(path.resolve(__dirname, '..'))});
  const frame = Buffer.from('01000030392460', 'hex');
  const settle = () => new Promise((done) => setTimeout(done, 5)).then(() => gc());
  const load = () => dragoman.loadProfile(${JSON.stringify(METER)});
`;

if (isMainThread) {
  test('collected codecs are closed once', () => {
    const program = `${HEAD}
      for (let i = 0; i < 50; i += 1) load().decode(frame);
      settle().then(settle).then(settle).then(() => process.reallyExit(0));`;
    // At a hard exit nothing is closed any more: what was, the collector did.
    const [opened, closed, twice] = count(program).split(' ').map(Number);
    assert.strictEqual(opened, 100);
    assert.ok(closed >= 90, `${closed} of ${opened} closed`);
    assert.strictEqual(twice, 0);
  });

  test('closing by hand, twice, and at the end closes once', () => {
    const program = `${HEAD}
      const kept = [load(), load()];
      for (let i = 0; i < 20; i += 1) { const codec = load(); codec.close(); codec.close(); }
      kept[0].close();
      settle();`;
    assert.strictEqual(count(program), '44 44 0');
  });

  test('refused products are closed', () => {
    const program = `${HEAD}
      for (let i = 0; i < 10; i += 1) try { dragoman.compileProfile('a: b'); } catch {}`;
    assert.strictEqual(count(program), '10 10 0');
  });

  test('a closed codec says so', () => {
    const codec = dragoman.loadPlugin(METER_PLUGIN);
    assert.ok(codec.decode(REPORT));
    codec.close();
    assert.ok(codec.closed);
    assert.throws(() => codec.decode(REPORT), /the codec is closed/);
  });

  test('threads decode side by side', async () => {
    const wrong = await Promise.all(Array.from({ length: THREADS }, () => new Promise(
      (resolve, reject) => {
        const worker = new Worker(__filename);
        worker.once('message', resolve);
        worker.once('error', reject);
      },
    )));
    assert.deepStrictEqual(wrong, Array(THREADS).fill(0));
  });

  test('a thread that is ended leaves the others alone', async () => {
    const worker = new Worker(__filename);
    await worker.terminate();
    assert.strictEqual(decodeMany(), 0);
  });
} else {
  parentPort.postMessage(decodeMany());
}
