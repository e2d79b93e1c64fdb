# SPDX-License-Identifier: MIT

# a codec for LoRaWAN network servers: what is called, and a message
$ dragoman export --to js-ttn -q -o codec.js meter.yaml
$ head -n 2 codec.js
/*
 * Codec of meter.yaml, model Meter-1.

$ grep -c '^function decodeUplink(input)' codec.js
1

$ dragoman export --to js-ttn meter.yaml | sed -n '/^\/\* Message/,/^}/p' | head -n 33
/* Message 'report'. */
function report_0(f) {
    var members0;
    constant(f, '(const)', uint(f, '(const)', 1), [1]);
    members0 = openService(f, 'Meter', 0);
    /* flow in m3 */
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
    /* minutes in min */
    put(members1, "minutes", uint(f, 'SET_PERIOD.minutes', 1));
    finish(f, 4);
    return plain(f, ',"command":"Meter.SET_PERIOD"', 'paras', true, false);
}
/* Message 'set_period_rsp'. */

# a codec for the platform's script
$ dragoman export --to js-iotda meter.yaml | grep -E '^function (de|en)code[(]'
function decode(payload, topic) {
function encode(json) {

# laid out to be read as long as it fits; compact on demand, or where nothing else fits
$ dragoman export --to js-ttn --layout compact meter.yaml | sed -n 's/^ .* \(Without.*\)/\1/p'
Without comments and indentation, and with short names, to be small.
$ dragoman export --to js-ttn --layout compact meter.yaml | sed '1,/use strict/d' | grep -c -e report_0 -e members0 -e uint -e '^ '
0
? 1
$ dragoman export --to js-ttn --layout plain meter.yaml | grep -c '^  put(members0'
2
$ dragoman export --to js-ttn --layout brief meter.yaml | grep -c 'flow in m3'
0
? 1
$ dragoman export --to js-ttn --layout tiny meter.yaml
! dragoman: error: --layout: 'tiny' is none of fitting, readable, plain, brief, compact
! try 'dragoman export --help'
? 2
$ printf '%s\n' 'dragoman: 1' 'product: {manufacturer_id: E, model: Large, device_type: S, protocol_type: LoRaWAN}' 'models: {Small: {messages: [short]}}' 'messages:' '  short: {match: {port: 1}, fields: [{name: level, type: u8}]}' '  long:' '    match: {port: 2}' '    fields:' >head.yaml
$ printf '%s\n' 'tests: [{hex: "07", port: 1, json: {level: 7}, source: composed}]' >tail.yaml
$ seq -f '      - {name: reading_of_channel_%g, type: u8}' 420 | cat head.yaml - tail.yaml >large.yaml
$ dragoman export --to js-ttn --model Large -o large.js large.yaml
! the codec is written without comments and indentation, as The Things Stack takes 40960 bytes
$ seq -f '      - {name: reading_of_channel_%g, type: u8}' 600 | cat head.yaml - tail.yaml >larger.yaml
$ dragoman export --to js-ttn --model Large -o larger.js larger.yaml 2>&1 | sed 's/has [0-9]* bytes/has N bytes/'
dragoman: warning: the codec has N bytes, and The Things Stack takes 40960
models of the family that fit: Small
$ test -s larger.js

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
