# SPDX-License-Identifier: MIT

# what comes through as it is
$ dragoman prove line.yaml
line.yaml: report: 625 frames: 625 same bytes; 1 of 1 reached
! 1 message, 0 lossy

# what decoding warns of is no proof against the profile
$ dragoman prove -n 500 -m report meter.yaml
meter.yaml: report: 103 frames: 21 same bytes, 82 lost after a warning; 5 of 5 reached
    Meter.valve: decoding warns (enum), and encoding refuses it: missing-member (82 frames)
        01303902 says {"Meter":{"flow":12.345}}
! 1 message, 0 lossy

# a field that loses something is named, with the first frame
$ dragoman prove lossy.yaml
lossy.yaml: report: 256 frames: 101 same bytes, 155 lost; 3 of 3 reached
    humidity: null does not say which raw value it was (155 frames)
        01FF says {"humidity":null}
lossy.yaml: log: 854 frames: 854 decode only; 2 of 2 reached
! 2 messages, 1 lossy
? 1

# for scripts
$ dragoman prove -q --json -m report -n 600 lossy.yaml
{"file":"lossy.yaml","message":"report","frames":69,"same_bytes":26,"same_json":0,"decode_only":0,"warned":0,"lost":43,"reached":3,"reachable":3,"findings":[{"field":"humidity","reason":"null does not say which raw value it was","warned":false,"frames":43,"frame":"01FF","json":{"humidity":null}}]}
? 1

# the same seed tries the same
$ dragoman prove -q --seed 3 -n 300 lossy.yaml >one; dragoman prove -q --seed 3 -n 300 lossy.yaml >two; cmp one two

# wrong calls
$ dragoman prove
! dragoman: error: no profile given
! try 'dragoman prove --help'
? 2
$ dragoman prove -m nothing line.yaml
! dragoman: error: no message 'nothing' can be decoded
! try 'dragoman prove --help'
? 2
$ dragoman prove broken.yaml
! broken.yaml:30:33: error: unknown key 'scal' in an item; did you mean 'scale'? [unknown-key]
! 0 messages, 0 lossy
? 1

# a frame is shown as it stands on the line, so that decode takes it
$ sed 's/type: u16/type: u8, valid: 0..100, outside: "null"/' line.yaml >framed.yaml; dragoman prove -q -n 300 framed.yaml
framed.yaml: report: 148 frames: 101 same bytes, 47 lost; 1 of 1 reached
    level: null does not say which raw value it was (47 frames)
        7EFF7E says {"level":null}
? 1
$ dragoman decode -p framed.yaml 7E6E7E
{"level":null}
