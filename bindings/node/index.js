// SPDX-License-Identifier: MIT
// Frames of devices to platform JSON and back, by profiles and plug-ins of Dragoman.
'use strict';

const path = require('path');
const { fileURLToPath } = require('url');
const { errorOf, faultOf, ...errors } = require('./errors.js');
const { parse, stringify } = require('./json.js');

const OK = 0; // of enum dgm_status
const NOTHING = 1;
const PROFILE = 0; // of enum loader
const TEXT = 1;
const PLUGIN = 2;
const CODE = 3;
const NO_BYTES = Buffer.alloc(0);

function openAddon() {
  const name = process.env.DRAGOMAN_ADDON || path.join(__dirname, 'build', 'dragoman.node');
  try {
    return require(name);
  } catch (error) {
    throw new errors.LibraryError(`${name} cannot be used: ${error.message}`, { cause: error });
  }
}

const addon = openAddon();

// UTF-8 of a string. Half a surrogate pair stays one, for the library to tell where it is.
function utf8(text) {
  const at = text.search(/\p{Surrogate}/u);
  if (at < 0) return Buffer.from(text);
  return Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xed, 0xa0, 0x80])]);
}

// What other threads may change is copied.
function bytesOf(value, what) {
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (!ArrayBuffer.isView(value)) {
    throw new TypeError(`${what}: expected Buffer, Uint8Array or ArrayBuffer`);
  }
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value.buffer instanceof ArrayBuffer ? bytes : Buffer.from(bytes);
}

function textOf(value, what) {
  if (typeof value !== 'string') throw new TypeError(`${what}: expected a string`);
  return utf8(value);
}

function wholeOf(value, what) {
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) {
    throw new TypeError(`${what}: expected a whole number`);
  }
  return Buffer.from(value.toString());
}

function momentOf(value, what) {
  return wholeOf(value instanceof Date ? value.getTime() : value, what);
}

function pathOf(value, what) {
  if (value instanceof URL) return utf8(fileURLToPath(value));
  const name = typeof value === 'string' ? utf8(value) : bytesOf(value, what);
  if (name.includes(0)) throw new TypeError(`${what}: a path has no zero byte`);
  return name;
}

// Options of a call: name in the library, and what makes bytes of the value.
const ARGUMENTS = new Map([
  ['manufacturer', ['manufacturer', textOf]],
  ['model', ['model', textOf]],
  ['shape', ['shape', textOf]],
  ['direction', ['direction', textOf]],
  ['message', ['message', textOf]],
  ['port', ['port', wholeOf]],
  ['topic', ['topic', textOf]],
  ['received', ['received_ms', momentOf]],
  ['request', ['request', bytesOf]],
  ['requestFormat', ['request_format', textOf]],
  ['unknown', ['unknown', textOf]],
  ['state', ['state', bytesOf]],
]);

function argumentsOf(options) {
  const list = [];
  for (const [option, value] of Object.entries(options)) {
    const known = ARGUMENTS.get(option);
    if (known === undefined) throw new TypeError(`unexpected option '${option}'`);
    if (value === undefined || value === null) continue;
    list.push(known[0], known[1](value, option));
  }
  return list;
}

function jsonOf(values) {
  if (typeof values === 'string') return utf8(values);
  if (ArrayBuffer.isView(values) || values instanceof ArrayBuffer) return bytesOf(values, 'encode');
  return utf8(stringify(values));
}

const read = (report) => parse(report, 'bigint');

class Codec {
  #handle;

  #stateSize;

  constructor(handle, report) {
    this.#handle = handle;
    this.#stateSize = report.state_size;
    this.models = report.models.map(({ manufacturer_id: manufacturerId, model }) => ({
      manufacturerId, model,
    }));
    this.findings = report.findings;
  }

  get closed() {
    return this.#handle === null;
  }

  close() {
    if (this.#handle !== null) addon.close(this.#handle);
    this.#handle = null;
  }

  newState() {
    return Buffer.alloc(this.#stateSize);
  }

  #run(decodes, input, options, reports) {
    if (this.#handle === null) throw new Error('the codec is closed');
    const list = argumentsOf(options);
    const [status, output, report, state] = addon.run(this.#handle, decodes, input, list, reports);
    if (state !== null && options.state) state.copy(bytesOf(options.state, 'state'));
    if (status !== OK && status !== NOTHING) {
      if (report === null) throw new RangeError('no memory');
      throw errorOf(read(report));
    }
    return reports ? this.#result(output, read(report)) : output;
  }

  #result(output, report) {
    const { message, kind, port, topic } = report;
    return { output, message, kind, port, topic, warnings: report.warnings.map(faultOf) };
  }

  decodeJson(frame, options = {}) {
    return this.#run(true, bytesOf(frame, 'frame'), options, false);
  }

  decode(frame, { numbers = 'number', ...options } = {}) {
    if (!['number', 'bigint', 'text'].includes(numbers)) {
      throw new TypeError("numbers: expected 'number', 'bigint' or 'text'");
    }
    const text = this.decodeJson(frame, options);
    return text === null ? null : parse(text, numbers);
  }

  decodeResult(frame, options = {}) {
    return this.#run(true, bytesOf(frame, 'frame'), options, true);
  }

  encode(values, options = {}) {
    return this.#run(false, jsonOf(values), options, false);
  }

  encodeResult(values, options = {}) {
    return this.#run(false, jsonOf(values), options, true);
  }
}

// For `using`, where the language has it.
if (Symbol.dispose !== undefined) Codec.prototype[Symbol.dispose] = Codec.prototype.close;

function load(loader, name, bytes, keys) {
  const [handle, report] = addon.load(loader, name, bytes, keys);
  const told = read(report);
  if (handle === null) throw errorOf(told);
  return new Codec(handle, told);
}

function keysOf({ trustedKeys }) {
  return trustedKeys === undefined ? NO_BYTES : pathOf(trustedKeys, 'trustedKeys');
}

function loadProfile(file) {
  return load(PROFILE, pathOf(file, 'path'), NO_BYTES, NO_BYTES);
}

function compileProfile(text, { name = 'profile.yaml' } = {}) {
  const bytes = typeof text === 'string' ? utf8(text) : bytesOf(text, 'text');
  return load(TEXT, pathOf(name, 'name'), bytes, NO_BYTES);
}

function loadPlugin(file, options = {}) {
  return load(PLUGIN, pathOf(file, 'path'), NO_BYTES, keysOf(options));
}

function loadCode(file, { settings = NO_BYTES, ...options } = {}) {
  return load(CODE, pathOf(file, 'path'), bytesOf(settings, 'settings'), keysOf(options));
}

module.exports = {
  Codec,
  ...errors,
  compileProfile,
  libraryVersion: addon.release,
  loadCode,
  loadPlugin,
  loadProfile,
};
