// SPDX-License-Identifier: MIT
// The vectors of all profiles, through profiles and plug-ins, both ways.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const test = require('node:test');
const dragoman = require('..');
const { parse } = require('../json.js');
const { build, root } = require('./common.js');

const file = process.env.DRAGOMAN_VECTORS;
const options = file ? {} : { skip: 'DRAGOMAN_VECTORS names no file of vectors' };
// Of numbers that someone else computed in floating point, as `dragoman test` has it.
const TOLERANCE = 1e-9;

function same(left, right) {
  if (typeof left === 'number' && typeof right === 'number') {
    return Math.abs(left - right) <= TOLERANCE * Math.max(1, Math.abs(left), Math.abs(right));
  }
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return left === right;
  }
  const names = Object.keys(left);
  return Array.isArray(left) === Array.isArray(right) && names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && same(left[name], right[name]));
}

const read = (text) => parse(text, 'bigint');

function argumentsOf(vector) {
  const { request, received, ...others } = vector.arguments;
  if (request !== undefined) others.request = Buffer.from(request, 'hex');
  if (received !== undefined) others.received = BigInt(received);
  return others;
}

// What came of a call, or the status of its error.
function statusOf(call) {
  try {
    return [call(), undefined];
  } catch (error) {
    if (!(error instanceof dragoman.DragomanError)) throw error;
    return [null, error.status];
  }
}

function checkDecode(codec, vector, counts) {
  const given = { ...argumentsOf(vector), direction: vector.down ? 'down' : 'up' };
  const frame = Buffer.from(vector.frame, 'hex');
  const [result, error] = statusOf(() => codec.decodeResult(frame, given));
  assert.strictEqual(error, vector.error);
  counts[error ? 'refused' : 'decoded'] += 1;
  if (error) return;
  assert.strictEqual(result.output === null, vector.json === undefined);
  if (result.output === null) return;
  assert.ok(same(read(result.output), read(vector.json)), result.output);
  assert.strictEqual(result.warnings.length, vector.warnings);
}

// The text, and the values that it stands for, give the frame.
function checkEncode(codec, vector, counts) {
  const given = argumentsOf(vector);
  const [frame, error] = statusOf(() => codec.encode(vector.json, given));
  if (error === 'wrong-direction' && vector.frame !== undefined) return; // for decoding alone
  assert.strictEqual(error, vector.error);
  counts[error ? 'refused' : 'encoded'] += 1;
  if (!error && vector.canonical) {
    assert.strictEqual(frame?.toString('hex').toUpperCase(), vector.frame);
  }
  const again = statusOf(() => codec.encode(read(vector.json), given));
  if (error !== 'duplicate-member') assert.deepStrictEqual(again, [frame, error]);
}

function checkAll(pathOf, load) {
  const codecs = new Map();
  const counts = { decoded: 0, encoded: 0, refused: 0 };
  for (const line of fs.readFileSync(file, 'utf8').trim().split('\n')) {
    const vector = JSON.parse(line);
    const name = pathOf(path.resolve(build, vector.profile));
    if (!codecs.has(name)) codecs.set(name, load(name));
    try {
      if (vector.frame !== undefined && vector.decode) checkDecode(codecs.get(name), vector, counts);
      if (vector.json !== undefined && vector.encode) checkEncode(codecs.get(name), vector, counts);
    } catch (error) {
      throw new Error(`${vector.profile}:${vector.line}`, { cause: error });
    }
  }
  console.error(`${codecs.size} products, ${JSON.stringify(counts)}`);
  assert.ok(counts.decoded > 500 && counts.encoded > 400 && counts.refused > 100);
}

test('through profiles', options, () => checkAll((profile) => profile, dragoman.loadProfile));

test('through plug-ins', options, () => checkAll((profile) => {
  const kept = path.join(root, 'tests/profiles/');
  const isTest = profile.startsWith(kept);
  const stem = path.relative(isTest ? kept : path.join(root, 'profiles'), profile);
  const name = `${stem.replace(/\.yaml$/, '').replaceAll('/', '-')}.so`;
  return path.join(build, isTest ? 'tests/profiles' : 'plugins', name);
}, dragoman.loadPlugin));
