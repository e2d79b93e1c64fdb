// SPDX-License-Identifier: MIT
// What can go wrong, as errors that say where and why.
'use strict';

// What is wrong, where; of an error or a warning.
function faultOf(report) {
  return {
    status: report.status,
    family: report.family,
    text: report.text ?? report.status,
    place: report.place,
    offset: report.offset,
    bit: report.bit,
    field: report.path,
    found: report.raw,
    expected: report.expected,
    low: report.low,
    high: report.high,
  };
}

class DragomanError extends Error {
  constructor(report) {
    const { text, ...fault } = faultOf(report);
    super(text);
    Object.assign(this, fault);
    this.report = report;
  }

  get name() {
    return this.constructor.name;
  }
}

// The frame or the JSON is wrong.
class DataError extends DragomanError {}

// An argument is wrong, or one is missing.
class CallError extends DragomanError {}

// A plug-in, a key or a file is refused or cannot be had.
class LoadError extends DragomanError {}

// A profile has errors.
class ProfileError extends LoadError {
  get findings() {
    return this.report.findings;
  }
}

// The library is missing, or was made for another version of this package.
class LibraryError extends Error {
  get name() {
    return 'LibraryError';
  }
}

const BY_FAMILY = {
  fine: LoadError, // a file of parts, without a product
  data: DataError,
  usage: CallError,
  table: LoadError,
  system: LoadError,
};

function errorOf(report) {
  if (report.status === 'memory') return new RangeError('no memory');
  const kind = report.status === 'profile' ? ProfileError : BY_FAMILY[report.family];
  return new (kind ?? DragomanError)(report);
}

module.exports = {
  DragomanError, DataError, CallError, LoadError, ProfileError, LibraryError, errorOf, faultOf,
};
