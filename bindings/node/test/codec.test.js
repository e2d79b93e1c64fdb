// SPDX-License-Identifier: MIT
// Decoding and encoding, and what is said when it fails.
'use strict';

const assert = require('assert');
const test = require('node:test');
const dragoman = require('..');
const { FAMILY_PLUGIN, METER, METER_PLUGIN, NUMBERS, REPORT } = require('./common.js');

const meter = dragoman.loadProfile(METER);
const numbers = dragoman.compileProfile(NUMBERS);
const { CallError, DataError } = dragoman;

// The error of a call, which must be of that class.
function caught(kind, call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof kind, `${error}`);
    return error;
  }
  return assert.fail(`no ${kind.name}`);
}

test('a frame becomes values', () => {
  assert.deepStrictEqual(meter.decode(REPORT), {
    Meter: { flow: 12.345, voltage: 3.6, valve: 'open', leak: true },
  });
});

test('frames are anything of bytes', () => {
  const bytes = Uint8Array.from(REPORT);
  const shared = new Uint8Array(new SharedArrayBuffer(7));
  shared.set(REPORT);
  const inside = Buffer.concat([Buffer.from('x'), REPORT]).subarray(1);
  for (const frame of [bytes, bytes.buffer, new DataView(bytes.buffer), shared, inside]) {
    assert.deepStrictEqual(meter.decode(frame), meter.decode(REPORT));
  }
});

test('what is no bytes is refused', () => {
  for (const frame of ['01000030392460', 7, null, undefined, [1, 2], {}]) {
    caught(TypeError, () => meter.decode(frame));
  }
});

test('a plug-in gives the same as its profile, in each shape', () => {
  const plugin = dragoman.loadPlugin(METER_PLUGIN);
  for (const shape of ['oceanconnect', 'iotda', 'plain']) {
    assert.strictEqual(plugin.decodeJson(REPORT, { shape }), meter.decodeJson(REPORT, { shape }));
  }
  assert.match(plugin.decodeJson(REPORT, { shape: 'iotda' }), /^{"msg_type":"properties_report"/);
});

test('warnings and the message are told', () => {
  const result = meter.decodeResult(Buffer.from('01000030392480', 'hex'));
  assert.strictEqual(result.message, 'report');
  assert.strictEqual(result.kind, 'report');
  assert.strictEqual(result.warnings.length, 1);
  const { status, field, offset, bit, found } = result.warnings[0];
  assert.deepStrictEqual([status, field, offset, bit, found], ['enum', 'Meter.valve', 6, 7, 2]);
  assert.deepStrictEqual(meter.decodeResult(REPORT).warnings, []);
});

test('an error says where', () => {
  const error = caught(DataError, () => meter.decode(REPORT.subarray(0, 2)));
  assert.strictEqual(error.name, 'DataError');
  assert.ok(error instanceof dragoman.DragomanError);
  const { status, family, place, offset, field, found, expected } = error;
  assert.deepStrictEqual([status, family, place, offset], ['truncated', 'data', 'frame', 1]);
  assert.deepStrictEqual([field, found, expected], ['Meter.flow', 1, 4]);
  assert.match(error.message, /^truncated: the frame ends inside a field/);
});

test('huge and empty frames are refused', () => {
  for (const frame of [Buffer.alloc(0), Buffer.alloc(5e7), Buffer.alloc(70000, 1)]) {
    caught(DataError, () => meter.decode(frame));
  }
});

test('whole numbers keep their digits', () => {
  const frame = Buffer.alloc(12, 0xff);
  const options = { port: 1 };
  const text = '{"big":18446744073709551615,"fine":4.294967295}';
  assert.strictEqual(numbers.decodeJson(frame, options), text);
  assert.strictEqual(numbers.decode(frame, options).big, 2 ** 64);
  const exact = numbers.decode(frame, { ...options, numbers: 'bigint' });
  assert.deepStrictEqual(exact, { big: 18446744073709551615n, fine: 4.294967295 });
  assert.deepStrictEqual(numbers.encode(exact), frame);
  assert.deepStrictEqual(numbers.decode(frame, { ...options, numbers: 'text' }), {
    big: '18446744073709551615', fine: '4.294967295',
  });
  const small = numbers.decode(Buffer.from('000000000000000700000001', 'hex'), { port: 1, numbers: 'bigint' });
  assert.strictEqual(small.big, 7);
  caught(TypeError, () => numbers.decode(frame, { ...options, numbers: 'exact' }));
});

test('what is no number of JSON is refused', () => {
  for (const fine of [NaN, Infinity, -Infinity]) {
    caught(RangeError, () => numbers.encode({ big: 1, fine }));
  }
  caught(DataError, () => numbers.encode({ big: 2n ** 64n, fine: 1 }));
  caught(DataError, () => numbers.encode({ big: true, fine: 1 }));
});

test('a zero keeps its sign', () => {
  const codec = dragoman.compileProfile(`dragoman: 1
product: {manufacturer_id: A, manufacturer_name: A, model: M, device_type: D, protocol_type: CoAP}
messages:
  report: {fields: [{name: level, type: f64}]}
`);
  for (const frame of [Buffer.from('8000000000000000', 'hex'), Buffer.alloc(8)]) {
    for (const kind of ['number', 'bigint']) {
      assert.deepStrictEqual(codec.encode(codec.decode(frame, { numbers: kind })), frame);
    }
  }
  codec.close();
});

test('objects around a value are that value', () => {
  const frame = numbers.encode({ big: Object(7n), fine: Object(1) });
  assert.deepStrictEqual(frame, Buffer.from('00000000000000073b9aca00', 'hex'));
  assert.deepStrictEqual(numbers.encode({ word: Object('ab') }), Buffer.from('ab'));
  caught(DataError, () => numbers.encode({ big: Object(true), fine: 1 }));
  caught(TypeError, () => numbers.encode({ big: [1, , 2], fine: 1 }));
});

test('any text is kept both ways', () => {
  for (const word of ['a\0b', 'é中\u{1f600}\x7f"\\/', '9007199254740993', 'n1', 's', '":1']) {
    const frame = Buffer.from(word);
    assert.deepStrictEqual(numbers.encode({ word }), frame);
    for (const kind of ['number', 'bigint', 'text']) {
      assert.deepStrictEqual(numbers.decode(frame, { port: 2, numbers: kind }), { word });
    }
  }
  assert.deepStrictEqual(numbers.encode('{"word":"a\\u0000b"}'), Buffer.from('a\0b'));
});

test('what is no text is refused', () => {
  const frame = Buffer.from([0x61, 0xff, 0x62]);
  assert.strictEqual(caught(DataError, () => numbers.decode(frame, { port: 2 })).offset, 1);
  for (const json of [Buffer.from('{"word":"\xff"}', 'latin1'), '{"word":"\udc80"}']) {
    const error = caught(DataError, () => numbers.encode(json));
    assert.deepStrictEqual([error.status, error.offset], ['json-utf8', 9]);
  }
  caught(DataError, () => numbers.encode({ word: '\ud83d' }));
  caught(CallError, () => numbers.decode(frame, { message: '\ud83d', port: 2 }));
});

test('JSON is strict', () => {
  for (const json of ['', '{', 'nul', '{"word":"a"} x', '\ufeff{}', '{"word":"a\0"}', '\0']) {
    caught(DataError, () => numbers.encode(json));
  }
  const deep = caught(DataError, () => numbers.encode('['.repeat(1e6)));
  assert.strictEqual(deep.status, 'json-depth');
});

test('values and text give the same frame', () => {
  const command = { command: 'Meter.SET_PERIOD', mid: 2016, paras: { minutes: 60 } };
  const frame = Buffer.from('8107E0003C', 'hex');
  const text = JSON.stringify(command, null, 2);
  for (const values of [command, { ...command, mid: 2016n }, text, Buffer.from(text)]) {
    assert.deepStrictEqual(meter.encode(values), frame);
  }
  assert.deepStrictEqual(meter.encode({ ...command, other: undefined }), frame);
  assert.deepStrictEqual(meter.encode({ toJSON: () => command }), frame);
  assert.strictEqual(meter.encodeResult(command).message, 'set_period');
});

test('values that JSON has not are refused', () => {
  for (const values of [undefined, () => 1, Symbol('a'), { a: () => 1 }]) {
    caught(TypeError, () => meter.encode(values));
  }
  const ring = [];
  ring.push(ring);
  caught(RangeError, () => meter.encode(ring));
});

test('a reply takes its request', () => {
  const reply = { reply: 'acknowledge', errcode: 0 };
  assert.deepStrictEqual(meter.encode(reply, { request: REPORT }), Buffer.from([0x80, 0]));
  caught(DataError, () => meter.encode(reply, { request: Buffer.from([2]) }));
  const error = caught(CallError, () => meter.encode({ msgType: 'cloudRsp', errcode: 0 }));
  assert.strictEqual(error.status, 'no-request');
});

const wrongValues = [
  { port: -1 }, { port: 2 ** 32 }, { port: 10n ** 40n }, { shape: 'round' }, { shape: 'plain\0' },
  { shape: '' }, { direction: 'left' }, { received: 2n ** 63n }, { unknown: 'maybe' },
  { requestFormat: 'oct' }, { model: 'WM-101' }, { message: 'a\0b' }, { state: Buffer.alloc(1) },
];
const wrongTypes = [
  { port: '1' }, { port: 1.5 }, { port: NaN }, { port: true }, { shape: 1 }, { topic: REPORT },
  { received: 'now' }, { received: new Date(NaN) }, { request: '01' }, { state: [] }, { prot: 1 },
  { ['__proto__']: 1 },
];

test('wrong options are refused', () => {
  for (const options of wrongValues) caught(CallError, () => meter.decode(REPORT, options));
  for (const options of wrongTypes) caught(TypeError, () => meter.decode(REPORT, options));
});

test('options at the edges are taken, and forgotten', () => {
  const options = [
    { port: 0 }, { port: 2 ** 32 - 1 }, { received: -(2n ** 63n) }, { received: 2n ** 63n - 1n },
    { received: new Date(-1) }, { port: undefined, shape: null },
    { topic: 'a/b', message: 'report', direction: 'up' },
  ];
  for (const each of options) assert.ok(meter.decode(REPORT, each).Meter);
  caught(CallError, () => meter.decode(REPORT, { shape: 'iotda', port: -1 }));
  assert.ok(meter.decode(REPORT).Meter);
});

test('a model is chosen', () => {
  const family = dragoman.loadPlugin(FAMILY_PLUGIN);
  const frame = Buffer.from('0100E2', 'hex');
  assert.ok(family.models.length > 1);
  assert.match(caught(CallError, () => family.decode(frame)).message, /choose one with 'model'/);
  const { manufacturerId: manufacturer, model } = family.models[0];
  assert.ok(family.decode(frame, { manufacturer, model }));
  caught(CallError, () => family.decode(frame, { manufacturer: 'Nobody', model }));
});
