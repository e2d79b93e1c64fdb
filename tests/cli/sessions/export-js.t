# SPDX-License-Identifier: MIT

# a codec for LoRaWAN network servers: what is called, and a message
$ dragoman export --to js-ttn -q -o codec.js meter.yaml
$ head -n 2 codec.js
/*
 * Codec of meter.yaml, model Meter-1.

$ grep -c '^function decodeUplink(input)' codec.js
1

$ dragoman export --to js-ttn meter.yaml | sed -n '/^\/\* Message/,/^}/p' | head -n 30
/* Message 'report'. */
function report_0(f) {
  var members0;
  constant(f, '(const)', uint(f, '(const)', 1), [1]);
  members0 = openService(f, 'Meter', 0);
  put(members0, "flow", scaled(uint(f, 'Meter.flow', 2), 1, 0, 3));
  put(members0, "valve", choice(f, 'Meter.valve', uint(f, 'Meter.valve', 1), {0: '"closed"', 1: '"open"'}, 'omit'));
  finish(f, 4);
  return plainReport(f, false);
}
/* Message 'acknowledge'. */
function acknowledge_1(f) {
  var value;
  constant(f, '(const)', uint(f, '(const)', 1), [128]);
  value = uint(f, 'errcode', 1);
  f.errcode = zeroOrOne(f, 'errcode', value, false);
  finish(f, 2);
  return plain(f, ',"reply":"acknowledge"', 'paras', false, false);
}
/* Message 'set_period'. */
function setPeriod_2(f) {
  var value, members1;
  constant(f, '(const)', uint(f, '(const)', 1), [129]);
  value = uint(f, 'mid', 2);
  messageId(f, 'mid', value, false);
  members1 = openService(f, undefined, 0);
  put(members1, "minutes", uint(f, 'SET_PERIOD.minutes', 1));
  finish(f, 4);
  return plain(f, ',"command":"Meter.SET_PERIOD"', 'paras', true, false);
}

# a codec for the platform's script
$ dragoman export --to js-iotda meter.yaml | grep -E '^function (de|en)code[(]'
function decode(payload, topic) {
function encode(json) {

# of a family one model is meant
$ dragoman export --to js-iotda family.yaml
! dragoman: error: family.yaml serves several models: One, Two; choose one with --model
? 2

# what JavaScript cannot do is named, and nothing is written
$ dragoman export --to js-iotda -o none.js hooked.yaml
! hooked.yaml: error: message 'report', item '(group)': JavaScript cannot do the hook 'open'
? 1
$ ls none.js
! ls: cannot access 'none.js': No such file or directory
? 2
