# SPDX-License-Identifier: MIT

# vectors that another implementation has sealed, both ways
$ dragoman test --allow-code --code-settings keys.txt -p $SAMPLE acme-sm-10.yaml
7 vectors, 7 passed, 0 failed

# many, by several threads
$ for i in 1 2 3 4; do echo 53 00000007 0000002A D3BA3D34DF 5BCD98728821EE7DC8BF9317; done | dragoman decode --allow-code --code-settings keys.txt -p $SAMPLE --jobs 2
{"Meter":{"number":7,"counter":42,"flow":12.345,"valve":"open"}}
{"Meter":{"number":7,"counter":42,"flow":12.345,"valve":"open"}}
{"Meter":{"number":7,"counter":42,"flow":12.345,"valve":"open"}}
{"Meter":{"number":7,"counter":42,"flow":12.345,"valve":"open"}}

# a tag that does not fit, a meter without a key
$ dragoman decode --allow-code --code-settings keys.txt -p $SAMPLE -n 53000000070000002AD3BA3D34DF5BCD98728821EE7DC8BF9316 53000000080000002AD3BA3D34DF5BCD98728821EE7DC8BF9317
! argument 1: error: hook: a function of the program refuses these bytes (the tag does not fit: another key, or changed bytes), at byte 1 of the frame, (group)
! argument 2: error: hook: a function of the program refuses these bytes (there is no key for this meter), at byte 1 of the frame, (group)
? 1

# keys that are none
$ dragoman decode --allow-code --code-settings acme-sm-10.yaml -p $SAMPLE 53 2>&1 | sed "s|$SAMPLE: ||"
error: worker-start: the plug-in refuses its settings: each line is the number of a meter and a key of 32 hex digits

# vetted, with its code at work
$ cp "$SAMPLE" .; dragoman vet --seconds 0 --allow-code --code-settings keys.txt acme-sm-10.so | sed 's/, [0-9]* tried$/, N tried/'
acme-sm-10.so:  1 form         passed, N tried
acme-sm-10.so:  2 manifest     passed, N tried
acme-sm-10.so:  3 tables       passed, N tried
acme-sm-10.so:  4 vectors      passed, N tried
acme-sm-10.so:  5 identity     passed, N tried
acme-sm-10.so:  6 truncations  passed, N tried
acme-sm-10.so:  7 bit-flips    passed, N tried
acme-sm-10.so:  8 buffers      passed, N tried
acme-sm-10.so:  9 random       passed, N tried
acme-sm-10.so: 10 lint         passed, N tried
! 1 file, 0 not good

# keys that are none: its code does not start
$ dragoman vet -q --level 5 --allow-code --code-settings acme-sm-10.yaml acme-sm-10.so
acme-sm-10.so:  1 form         passed, 1 tried
acme-sm-10.so:  2 manifest     passed, 27 tried
acme-sm-10.so:  3 tables       failed: worker-start: the plug-in refuses its settings: each line is the number of a meter and a key of 32 hex digits
acme-sm-10.so:  4 vectors      skipped: the plug-in cannot be put to work, as check 3 says
acme-sm-10.so:  5 identity     skipped: the plug-in cannot be put to work, as check 3 says
? 1

# without keys its vectors do not pass
$ dragoman vet -q --level 4 --allow-code acme-sm-10.so | sed 's/, [0-9]* tried$/, N tried/' | tail -n 1
acme-sm-10.so:  4 vectors      failed: line 67: decode: expected {"Meter":{"number":7,"counter":42,"flow":12.345,"valve":"open"}}, found error hook: a function of the program refuses these bytes (there is no key for this meter), at byte 1 of the frame, (group) (3 failures)
$ dragoman vet -q --allow-code --code-settings nowhere acme-sm-10.so
! dragoman: error: cannot open 'nowhere': No such file or directory
? 3
