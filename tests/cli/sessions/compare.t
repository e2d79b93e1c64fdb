# SPDX-License-Identifier: MIT

# what is different, each with its first frame
$ dragoman compare -p meter.yaml -f other.ndjson
Meter.flow: 1 frame, first in line 2
    frame  01303900
    ours   {"Meter":{"flow":12.345,"valve":"closed"}}
    theirs {"Meter":{"flow":12.346,"valve":"closed"}}
Meter.valve: 1 frame, first in line 3
    frame  01303901
    ours   {"Meter":{"flow":12.345,"valve":"open"}}
    theirs {"Meter":{"flow":12.345}}
(refused: truncated): 1 frame, first in line 4
    frame  0130
    theirs {"Meter":{}}
5 frames: 1 the same, 2 different, 1 refused, 1 with nothing to compare
! other.ndjson:6:9: error: this is no JSON
? 1

# nothing
$ head -n 1 other.ndjson | dragoman compare -p meter.yaml
1 frame: 1 the same, 0 different, 0 refused
$ dragoman sample --json -n 20 -m report meter.yaml | dragoman compare -p meter.yaml
20 frames: 20 the same, 0 different, 0 refused
