// SPDX-License-Identifier: MIT
// Where the tests find things; meson sets the environment.
'use strict';

const path = require('path');

const root = path.resolve(__dirname, '../../..');
const build = process.env.DRAGOMAN_BUILD || path.join(root, 'build');

// 64-bit integers, numbers with many decimals, any bytes as text.
const NUMBERS = `
dragoman: 1
product:
  manufacturer_id: Acme
  manufacturer_name: Acme Instruments
  model: N-1
  device_type: Sensor
  protocol_type: LoRaWAN
messages:
  report:
    kind: report
    match: {port: 1}
    fields:
      - {name: big, type: u64}
      - {name: fine, type: u32, scale: 0.000000001}
  words:
    kind: report
    match: {port: 2}
    fields:
      - {name: word, type: text(rest), encoding: utf8}
`;

module.exports = {
  root,
  build,
  NUMBERS,
  METER: path.join(root, 'profiles/acme/wm-100.yaml'),
  METER_PLUGIN: path.join(build, 'plugins/acme-wm-100.so'),
  FAMILY_PLUGIN: path.join(build, 'plugins/elsys-ers.so'),
  REPORT: Buffer.from('01000030392460', 'hex'),
};
