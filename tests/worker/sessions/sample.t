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
