# SPDX-License-Identifier: MIT

# lines of ChirpStack, The Things Stack, this program and candump; what is wrong is told with its line
$ dragoman decode -p meter.yaml -f events.txt
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}
{"Meter":{"flow":12.345,"valve":"closed"}}
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}
! events.txt:5:1: error: no frame in this object: neither 'frame' nor 'hex' nor 'data' nor 'frm_payload'
! events.txt:6:16: error: this is no JSON
! events.txt:7:1: error: not a hex digit: 'z'
! events.txt:8:1: error: the port is no whole number
! events.txt:9:1: error: the time is not written like 2026-01-02T03:04:05Z
! events.txt:12: error: trailing-bytes: bytes are left after the last field, at byte 4 of the frame, 1 byte too many
? 1

# what sample and decode write can be read again
$ dragoman sample -n 2 --json -m report meter.yaml >frames.ndjson; dragoman decode -p meter.yaml -f frames.ndjson | wc -l
2

# what is said is taken at its word
$ echo 01303901 | dragoman decode -p meter.yaml --input json
! stdin:1:2: error: this is no JSON
? 1
$ echo 01303901 | dragoman decode -p meter.yaml --input candump
! stdin:1:1: error: this is no line of candump
? 1
$ echo '{"data":"01303901"}' | dragoman decode -p meter.yaml --input hex
! stdin:1:1: error: not a hex digit: '{'
? 1

# texts are not cut at a NUL
$ printf '%s\n' '{"hex":"01303901","topic":"a\u0000b"}' | dragoman decode -p meter.yaml
! stdin:1:29: error: a NUL in a text cannot be read
? 1
$ printf '%s\n' '{"hex":"01303901","note":"a\\u0000b"}' | dragoman decode -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}

# a CAN identifier of 29 bits is not one of 11 bits with the same number
$ printf '%s\n' 'dragoman: 1' 'product: {manufacturer_id: Acme, manufacturer_name: Acme, model: Bus, device_type: Bus, protocol_type: CAN}' 'messages:' '  short: {match: {port: 0x123}, fields: [{name: short, type: u8}]}' '  long: {match: {port: 0x80000123}, fields: [{name: long, type: u8}]}' >can.yaml
$ printf '%s\n' 'can0 123#07' 'can0 00000123#07' 'can0  00000123  [1]  07' 'can0 20000123#07' | dragoman decode -p can.yaml
{"short":7}
{"long":7}
{"long":7}
! stdin:4: error: no-message: no message of the profile fits; 'short' does but for the port (291 wanted, 536871203 found)
? 1
$ printf '%s\n' 'port=291 07' 'port=0x123 07' 'port=0x80000123 07' 'port=0x180000123 07' | dragoman decode -p can.yaml; dragoman decode -p can.yaml --port 0x80000123 07
{"short":7}
{"short":7}
{"long":7}
{"long":7}
! stdin:4:6: error: port: expected 0 to 4294967295
