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
