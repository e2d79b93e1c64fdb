# SPDX-License-Identifier: MIT

# arguments together are one frame
$ dragoman decode -p meter.yaml 01 30 39 01
{"Meter":{"flow":12.345,"valve":"open"}}

# with --each, every argument is a frame
$ dragoman decode -p meter.yaml -n 01303901 01303900
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}

# lines of standard input in many spellings
$ printf '01303901\n01 30 39 00 # a comment\n\n0x01,0x30,0x39,0x01\n01:30:39:00\r\nATA5AQ==\n' | dragoman decode -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}
{"Meter":{"flow":12.345,"valve":"open"}}

# dumps of xxd and hexdump -C, one frame each
$ printf '00000000: 0130 3901                                .09.\n\n00000000  01 30 39 00                                       |.09.|\n00000004\n' | dragoman decode -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}

# a dump as one argument of the shell
$ dragoman decode -p meter.yaml "$(printf '00000000: 0130\n00000002: 3901\n')"
{"Meter":{"flow":12.345,"valve":"open"}}

# binary input is one frame
$ printf '\001\060\071\001' | dragoman decode -p meter.yaml -i bin
{"Meter":{"flow":12.345,"valve":"open"}}

# gzipped lines are unpacked
$ printf '01303901\n01303900\n' | gzip | dragoman decode -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}

# a file, and words before the frame
$ echo 'port=2 time=2026-01-02T03:04:05Z topic=a/b 01 3039 01' >frames.txt; dragoman decode -p meter.yaml -f frames.txt
{"Meter":{"flow":12.345,"valve":"open"}}

# a bad digit is named by its place
$ echo '01 30 39 01 0g' | dragoman decode -p meter.yaml
! stdin:1:14: error: not a hex digit: 'g'
? 1

# a bad digit in arguments is named by its argument
$ dragoman decode -p meter.yaml 01 30 3x 01
! argument 3:2: error: not a hex digit: 'x'
? 1

# an odd digit is no byte
$ dragoman decode -p meter.yaml 01 3 039 01
! argument 2:1: error: an odd number of hex digits; two make a byte
? 1

# goes on past lines that are wrong
$ printf '01303901\n0130\nzz\n01303900\n' | dragoman decode -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}
! stdin:2: error: truncated: the frame ends inside a field, at byte 1 of the frame, Meter.flow, needs 2 bytes, 1 is left
! stdin:3:1: error: not a hex digit: 'z'
? 1

# errors come as JSON for scripts
$ printf '0130\nzz\n' | dragoman decode -p meter.yaml --error-format json
! {"severity":"error","source":"stdin","line":1,"status":"truncated","number":10,"place":"frame","offset":1,"path":"Meter.flow","raw":1,"expected":2,"text":"truncated: the frame ends inside a field, at byte 1 of the frame, Meter.flow, needs 2 bytes, 1 is left"}
! {"severity":"error","source":"stdin","line":2,"column":1,"status":"input","text":"not a hex digit: 'z'"}
? 1

# a warning stands beside the data
$ dragoman decode -p meter.yaml 01 3039 02
{"Meter":{"flow":12.345}}
! dragoman: warning: enum: the value is none of those listed, at byte 3 of the frame, Meter.valve, found 2

# --quiet leaves errors only
$ dragoman decode -q -p meter.yaml 01 3039 02
{"Meter":{"flow":12.345}}

# results can be wrapped
$ printf '01303902\n' | dragoman decode -q --json -p meter.yaml
{"line":1,"message":"report","json":{"Meter":{"flow":12.345}},"warnings":["enum"]}

# shapes of the platforms
$ dragoman decode -p meter.yaml -s oceanconnect 01 3039 01
{"msgType":"deviceReq","data":[{"serviceId":"Meter","serviceData":{"flow":12.345,"valve":"open"}}]}
$ dragoman decode -p meter.yaml --shape=iotda 01 3039 01
{"msg_type":"properties_report","services":[{"service_id":"Meter","properties":{"flow":12.345,"valve":"open"}}]}

# frames to the device
$ dragoman decode -p meter.yaml -d down 81 07E0 3C
{"command":"Meter.SET_PERIOD","mid":2016,"paras":{"minutes":60}}

# a message by name
$ dragoman decode -p meter.yaml -m report 01 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
$ dragoman decode -p meter.yaml -m repotr 01 3039 01
! dragoman: error: the profile has no message 'repotr'; did you mean 'report'?
! try 'dragoman decode --help'
? 2

# JSON over several lines
$ dragoman decode -p meter.yaml --indent 01 3039 01
{
  "Meter": {
    "flow": 12.345,
    "valve": "open"
  }
}
$ dragoman decode -p meter.yaml --indent=4 01 3039 01
{
    "Meter": {
        "flow": 12.345,
        "valve": "open"
    }
}

# results go to a file
$ dragoman decode -p meter.yaml -o out.json 01 3039 01; cat out.json
{"Meter":{"flow":12.345,"valve":"open"}}

# a full disk is an error
$ dragoman decode -p meter.yaml 01 3039 01 >/dev/full
! dragoman: error: cannot write to 'standard output': No space left on device
? 3
$ dragoman decode -p meter.yaml -o /dev/full 01 3039 01
! dragoman: error: cannot write to '/dev/full': No space left on device
? 3

# a reader that goes away ends us quietly
$ yes 01303901 | dragoman decode -p meter.yaml | head -n 1
{"Meter":{"flow":12.345,"valve":"open"}}

# options may stand behind the arguments
$ dragoman decode 01 3039 01 -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}

# no message fits
$ dragoman decode -p meter.yaml 07
! dragoman: error: no-message: no message of the profile fits, at byte 0 of the frame
? 1

# damaged and cut gzip data
$ printf '01303901\n' | gzip | head -c 20 | dragoman decode -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}
! stdin:1: error: the gzipped data is damaged or cut off behind this line
? 1

# a line that is too long is passed over
$ { head -c 300000 /dev/zero | tr '\0' '0'; printf '\n01303901\n'; } | dragoman decode -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}
! stdin:1: error: the line is longer than 262144 bytes
? 1

# a command, read as if the device had sent it
$ dragoman decode -p meter.yaml 8107E0003C
! dragoman: error: no-message: no message of the profile fits (one that goes down, to the device, does), at byte 0 of the frame
? 1

# neither a profile nor a plug-in
$ printf 'Read me: [\n' >notes; dragoman decode -p notes 01
! dragoman: error: 'notes' is neither a profile nor a plug-in
? 3

# warnings and refusals are told in the profile's own words
$ printf 'dragoman: 1\nproduct: {manufacturer_id: A, manufacturer_name: A, model: B, device_type: C, protocol_type: CoAP}\nmessages:\n  r:\n    fields:\n      - {name: a, type: u8}\n      - {warn: unknown message type, when: a > 3}\n      - {refuse: broken, when: a == 3}\n      - {name: log, repeat: rest, fields: [{name: b, type: u8}, {warn: too much, when: b > 5}]}\n' >words.yaml; dragoman decode -p words.yaml 04; dragoman decode -p words.yaml 01 02 07; dragoman decode -p words.yaml 03; dragoman encode -p words.yaml '{"a":3,"log":[]}'
{"a":4,"log":[]}
{"a":1,"log":[{"b":2},{"b":7}]}
! dragoman: warning: unknown message type (byte 1)
! dragoman: warning: too much (byte 3, log[1])
! dragoman: error: refused: broken (byte 1)
! dragoman: error: refused: broken
? 1

# the message that nearly fits is named
$ printf 'dragoman: 1\nproduct: {manufacturer_id: A, model: B}\nmessages:\n  configure: {match: {port: 2}, fields: [{name: interval, type: u8}]}\n' >ports.yaml; dragoman decode -p ports.yaml 0A
! dragoman: error: no-message: no message of the profile fits; 'configure' does but for the port (2 wanted, none given)
? 1

# a table
$ printf '01303901\n01000002\n0130\n' | dragoman decode --csv -p meter.yaml
message,Meter.flow,Meter.valve,mid,errcode,SET_PERIOD.minutes
report,12.345,open,,,
report,0,,,,
! stdin:2: warning: enum: the value is none of those listed, at byte 3 of the frame, Meter.valve, found 2
! stdin:3: error: truncated: the frame ends inside a field, at byte 1 of the frame, Meter.flow, needs 2 bytes, 1 is left
? 1
$ dragoman decode --csv -d down -p meter.yaml 8107E03C
message,errcode,mid,SET_PERIOD.minutes
set_period,,2016,60

# several threads, and as many as there are processors
$ printf '01303901\n01303900\n' | dragoman decode -j 2 -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}
$ printf '01303901\n01303900\n' | dragoman decode --jobs 0 -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}
{"Meter":{"flow":12.345,"valve":"closed"}}
$ dragoman decode --jobs many -p meter.yaml 01303901
! dragoman: error: --jobs: 'many' is not 0 to 32
! try 'dragoman decode --help'
? 2

# a folder cannot be read
$ dragoman decode -j 2 -p meter.yaml -f describe
! describe: error: cannot read: Is a directory
? 3
