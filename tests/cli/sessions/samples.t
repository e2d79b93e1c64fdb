# SPDX-License-Identifier: MIT

# frames are valid: decode takes them all
$ dragoman sample -n 40 meter.yaml >frames.txt; wc -l <frames.txt; dragoman decode -q -p meter.yaml -f frames.txt | grep -c Meter
40
40

# the same seed gives the same frames, another one others
$ dragoman sample --seed 7 meter.yaml >one; dragoman sample --seed 7 meter.yaml >two; dragoman sample --seed 8 meter.yaml >three; cmp one two && ! cmp -s one three

# messages in turn, or one of them
$ dragoman sample -n 4 --json meter.yaml | cut -d, -f1,2
{"message":"report","direction":"up"
{"message":"set_period_rsp","direction":"up"
{"message":"report","direction":"up"
{"message":"set_period_rsp","direction":"up"
$ dragoman sample -n 2 --json -m set_period meter.yaml | cut -d, -f1,2
{"message":"set_period","direction":"down"
{"message":"set_period","direction":"down"
$ dragoman sample -n 3 -d down meter.yaml | dragoman decode -d down -p meter.yaml | grep -c SET_PERIOD
1

# a plug-in without its profile
$ dragoman sample -n 30 "$PLUGINS/huawei-nbiotdevice.so" | dragoman decode -q -p "$PLUGINS/huawei-nbiotdevice.so" | wc -l
30

# floats lie between their limits, not only at them
$ dragoman sample -n 60 limits.yaml >frames.txt; dragoman decode -q -p limits.yaml -f frames.txt >json; grep -c '"warm":.*"cold":.*"half":.*"open":.*"below":' json; grep -q '"warm":1[3-6]' json && grep -q '"cold":-5.3[0-9]*,"half":1[3-6]' json && grep -q '"open":1[12][0-9][0-9][.].*"below":-[1-9][0-9][.]' json && echo between
60
between

# framing stands around the frames
$ dragoman sample -n 5 line.yaml >frames.txt; dragoman decode -q -p line.yaml -f frames.txt | wc -l
5

# wrong calls
$ dragoman sample
! dragoman: error: one profile or plug-in is needed
! try 'dragoman sample --help'
? 2
$ dragoman sample -n x meter.yaml
! dragoman: error: --count: 'x' is not 0 to 1000000
! try 'dragoman sample --help'
? 2
$ dragoman sample -m repotr meter.yaml
! dragoman: error: no message 'repotr' can be decoded; did you mean 'report'?
! try 'dragoman sample --help'
? 2
$ dragoman sample missing.yaml
! missing.yaml: error: the file cannot be read: No such file or directory [cannot-read]
? 3
