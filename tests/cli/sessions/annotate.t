# SPDX-License-Identifier: MIT

# each field with its bytes, bits, raw number and value
$ dragoman annotate -p meter.yaml 01 3039 01
report: 4 bytes
    0  01                       (const)                            1
    1  30 39                    Meter.flow                         12345 -> 12.345
    3  01                       Meter.valve                        1 -> "open"
$ dragoman annotate -d down -p meter.yaml 81 07E0 3C
set_period: 4 bytes
    0  81                       (const)                            129
    1  07 E0                    mid                                2016
    3  3C                       SET_PERIOD.minutes                 60

# a frame that is wrong: what could be read, and where it broke
$ dragoman annotate -p meter.yaml 01 30
report: 2 bytes
    0  01                       (const)                            1
    1  ^ truncated
    1  30                       (not read)
! dragoman: error: truncated: the frame ends inside a field, at byte 1 of the frame, Meter.flow, needs 2 bytes, 1 is left
? 1
$ dragoman annotate -p meter.yaml 01 3039 01 FFFF
report: 6 bytes
    0  01                       (const)                            1
    1  30 39                    Meter.flow                         12345
    3  01                       Meter.valve                        1
    4  ^ trailing-bytes
    4  FF FF                    (not read)
! dragoman: error: trailing-bytes: bytes are left after the last field, at byte 4 of the frame, 2 bytes too many
? 1
$ dragoman annotate -p meter.yaml 77
(no message): 1 byte
    0  ^ no-message
! dragoman: error: no-message: no message of the profile fits, at byte 0 of the frame
? 1

# inside its framing
$ dragoman sample -n 1 line.yaml | dragoman annotate -p line.yaml
report: 2 bytes
    0  55 55                    level                              21845

# for scripts, and for people
$ dragoman annotate --json -p meter.yaml 01 3039 01
{"message":"report","length":4,"fields":[{"at":0,"length":1,"bytes":"01","name":"(const)","raw":"1"},{"at":1,"length":2,"bytes":"3039","name":"Meter.flow","raw":"12345","value":12.345},{"at":3,"length":1,"bytes":"01","name":"Meter.valve","raw":"1","value":"open"}],"json":{"Meter":{"flow":12.345,"valve":"open"}}}
$ dragoman annotate --json -p meter.yaml 01 30
{"message":"report","length":2,"fields":[{"at":0,"length":1,"bytes":"01","name":"(const)","raw":"1"},{"at":1,"length":1,"bytes":"30"}],"error":"truncated","error_at":1}
! dragoman: error: truncated: the frame ends inside a field, at byte 1 of the frame, Meter.flow, needs 2 bytes, 1 is left
? 1
$ dragoman annotate --html -p meter.yaml 01 30 | tail -n 8
<h2>report, 2 bytes</h2>
<table>
<tr><th>byte</th><th>hex</th><th>bits</th><th>field</th><th>raw</th><th>value</th></tr>
<tr><td>0</td><td class="code">01</td><td class="code"></td><td>(const)</td><td class="code">1</td><td class="code"></td></tr>
<tr class="gap"><td>1</td><td class="code">30</td><td class="code"></td><td>(not read)</td><td class="code"></td><td class="code"></td></tr>
<tr class="fault"><td>1</td><td colspan="5">the frame ends inside a field</td></tr>
</table>
</html>
! dragoman: error: truncated: the frame ends inside a field, at byte 1 of the frame, Meter.flow, needs 2 bytes, 1 is left

# wrong calls
$ dragoman annotate -p meter.yaml --each xy 01303901
report: 4 bytes
    0  01                       (const)                            1
    1  30 39                    Meter.flow                         12345 -> 12.345
    3  01                       Meter.valve                        1 -> "open"
! argument 1:1: error: not a hex digit: 'x'
? 1

# rounds in rounds, tags that come twice, a part that is masked
$ dragoman annotate -p rounds.yaml 01 0A 01 02 0B 03 04
nested: 7 bytes
    0  01                       (const)                            1
    1  0A                       groups[0].id                       10
    2  01                       groups[0].samples[0]               1 -> 0.1
    3  02                       groups[0].samples[1]               2 -> 0.2
    4  0B                       groups[1].id                       11
    5  03                       groups[1].samples[0]               3 -> 0.3
    6  04                       groups[1].samples[1]               4 -> 0.4
$ dragoman annotate -p rounds.yaml 02 01 05 02 06 01 07
tags: 7 bytes
    0  02                       (const)                            2
    1  01                       (tag)                              1
    2  05                       level                              5
    3  02                       (tag)                              2
    4  06                       mode                               6
    5  01                       (tag)                              1
    6  07                       level                              7
$ dragoman annotate -p rounds.yaml 03 FE FD 09
masked: 4 bytes
    0  03                       (const)                            3
    1  FE FD                    (group) (hook)
    3  09                       c                                  9
    0  (inside the hook)        a                                  1
    1  (inside the hook)        b                                  2

# no field is left out of a frame however long it is
$ awk 'BEGIN { for (i = 0; i < 32500; i++) printf "1234" }' | dragoman annotate -p long.yaml >fields.txt; wc -l <fields.txt; grep -c 'not read' fields.txt; tail -n 3 fields.txt
97501
0
64998  12                       records[32499].high                0001.... 1
64998  12                       records[32499].low                 ....0010 2
64999  34                       records[32499].level               52 -> 5.2
