// SPDX-License-Identifier: MIT
// JSON text with whole numbers beyond 2^53, both ways.
'use strict';

const DEPTH = 64; // deeper JSON is refused by the library

// Strings, with a colon behind them if they are names of members; numbers.
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/*
 * Values of valid JSON text. `numbers` says what becomes of numbers: 'number' rounds as
 * JSON.parse() does; with 'bigint' whole numbers that would be rounded are BigInt; with
 * 'text' all are strings, digit by digit.
 */
function parse(text, numbers) {
  if (numbers === 'number') return JSON.parse(text);
  // JSON.parse() sees each string with a sign in front that tells what it was.
  const marked = text.replace(TOKENS, (token, name) => {
    if (name !== undefined) return token;
    if (token[0] === '"') return '"s' + token.slice(1);
    const keeps = numbers === 'bigint' && (/[.eE]/.test(token) || Number.isSafeInteger(Number(token)));
    return keeps ? token : '"n' + token + '"';
  });
  return JSON.parse(marked, (name, value) => {
    if (typeof value !== 'string') return value;
    const kept = value.slice(1);
    return value[0] === 'n' && numbers === 'bigint' ? BigInt(kept) : kept;
  });
}

function member(name, value, depth) {
  return JSON.stringify(name) + ':' + stringify(value, depth);
}

const WRAPPERS = [Number, String, Boolean, BigInt];

// Compact JSON text of values. What JSON has no place for is an error, not null.
function stringify(value, depth = 0) {
  if (typeof value === 'bigint') return value.toString();
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError('JSON has no number ' + value);
  }
  if (value === null || ['boolean', 'number', 'string'].includes(typeof value)) {
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(typeof value + ' cannot be JSON');
  if (depth > DEPTH) throw new RangeError('the value is nested too deeply, or holds itself');
  if (WRAPPERS.some((wrapper) => value instanceof wrapper)) return stringify(value.valueOf(), depth + 1);
  if (typeof value.toJSON === 'function') return stringify(value.toJSON(), depth + 1);
  if (Array.isArray(value)) {
    return '[' + Array.from(value, (inner) => stringify(inner, depth + 1)).join() + ']';
  }
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return '{' + members.map(([name, inner]) => member(name, inner, depth + 1)).join() + '}';
}

module.exports = { parse, stringify };
