# SPDX-License-Identifier: MIT

# nothing is said about a profile that is fine
$ dragoman check meter.yaml

# a mistake is named with line, column and what was meant
$ dragoman check broken.yaml
! broken.yaml:30:33: error: unknown key 'scal' in an item; did you mean 'scale'? [unknown-key]
! 1 profile: 1 error, 0 warnings, 0 notes
? 1
$ dragoman check --caret broken.yaml
! broken.yaml:30:33: error: unknown key 'scal' in an item; did you mean 'scale'? [unknown-key]
!    30 |       - {name: flow, type: u16, scal: 0.001}
!       |                                 ^~~~
! 1 profile: 1 error, 0 warnings, 0 notes
? 1

# findings for scripts and for GitHub
$ dragoman check --error-format json broken.yaml
! {"file":"broken.yaml","line":30,"column":33,"width":4,"severity":"error","rule":"unknown-key","text":"unknown key 'scal' in an item; did you mean 'scale'?","edits":[{"line":30,"column":33,"width":4,"text":"scale"}]}
? 1
$ dragoman check --error-format github broken.yaml
! ::error file=broken.yaml,line=30,col=33,title=unknown-key::unknown key 'scal' in an item; did you mean 'scale'?
? 1
$ dragoman check --error-format sarif broken.yaml meter.yaml | tail -n 2
{"ruleId":"unknown-key","level":"error","message":{"text":"unknown key 'scal' in an item; did you mean 'scale'?"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"broken.yaml"},"region":{"startLine":30,"startColumn":33,"endColumn":37}}}],"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"broken.yaml"},"replacements":[{"deletedRegion":{"startLine":30,"startColumn":33,"endColumn":37},"insertedContent":{"text":"scale"}}]}]}]}
]}]}
$ dragoman check --error-format sarif meter.yaml | tail -n 1
]}]}
$ cp broken.yaml '50% of #1.yaml'; dragoman check --error-format sarif '50% of #1.yaml' | grep -o '"uri":"[^"]*"' | sort -u
"uri":"50%25%20of%20%231.yaml"
$ dragoman check --json broken.yaml meter.yaml
{"file":"broken.yaml","errors":1,"findings":[{"file":"broken.yaml","line":30,"column":33,"width":4,"severity":"error","rule":"unknown-key","text":"unknown key 'scal' in an item; did you mean 'scale'?","edits":[{"line":30,"column":33,"width":4,"text":"scale"}]}]}
{"file":"meter.yaml","errors":0,"findings":[]}
? 1

# folders are searched
$ dragoman check shelf
! 2 profiles: 0 errors, 0 warnings, 0 notes

# a file that is not there, a folder without profiles
$ dragoman check nowhere.yaml
! nowhere.yaml: error: the file cannot be read: No such file or directory [cannot-read]
! 1 profile: 1 error, 0 warnings, 0 notes
? 3
$ mkdir empty; dragoman check empty
! dragoman: error: no profile under 'empty'
? 3

# vectors that hold, and vectors that do not
$ dragoman test meter.yaml
4 vectors, 4 passed, 0 failed
$ dragoman test --coverage meter.yaml line.yaml
meter.yaml: report: 2 vectors, 4 of 5 covered, 2 of 24 bits both ways
    not covered: Meter.valve: "closed"
meter.yaml: acknowledge: 0 vectors, 0 of 2 covered, 0 of 8 bits both ways
    not covered: (const)
    not covered: errcode
meter.yaml: set_period: 1 vector, 3 of 3 covered, 0 of 24 bits both ways
meter.yaml: set_period_rsp: 0 vectors, 0 of 4 covered, 0 of 32 bits both ways
    not covered: (const)
    not covered: mid
    not covered: errcode
    not covered: SET_PERIOD.minutes
4 vectors, 4 passed, 0 failed
$ dragoman test --coverage --all meter.yaml
meter.yaml: report: 2 vectors, 4 of 5 covered, 2 of 24 bits both ways
    not covered: Meter.valve: "closed"
    Meter.flow: bits never set 15..14, 11..6, 2..1; never clear 13..12, 5..3, 0
    Meter.valve: bits never set 7..2
meter.yaml: acknowledge: 0 vectors, 0 of 2 covered, 0 of 8 bits both ways
    not covered: (const)
    not covered: errcode
    errcode: bits never set 7..0; never clear 7..0
meter.yaml: set_period: 1 vector, 3 of 3 covered, 0 of 24 bits both ways
    mid: bits never set 15..11, 4..0; never clear 10..5
    SET_PERIOD.minutes: bits never set 7..6, 1..0; never clear 5..2
meter.yaml: set_period_rsp: 0 vectors, 0 of 4 covered, 0 of 32 bits both ways
    not covered: (const)
    not covered: mid
    not covered: errcode
    not covered: SET_PERIOD.minutes
    mid: bits never set 15..0; never clear 15..0
    errcode: bits never set 7..0; never clear 7..0
    SET_PERIOD.minutes: bits never set 7..0; never clear 7..0
4 vectors, 4 passed, 0 failed
$ dragoman test --all meter.yaml
! dragoman: error: --all goes with --coverage
! try 'dragoman test --help'
? 2
$ dragoman test shelf
8 vectors, 8 passed, 0 failed
$ dragoman test untrue.yaml
4 vectors, 0 passed, 4 failed
! untrue.yaml:59: error: decode: expected {"Meter":{"flow":12.346,"valve":"open"}}, found {"Meter":{"flow":12.345,"valve":"open"}}
! untrue.yaml:62: error: decode: expected {"command":"Meter.SET_PERIOD","mid":2016,"paras":{"minutes":60}}, found {"command":"Meter.SET_PERIOD","mid":2016,"paras":{"minutes":61}}
! untrue.yaml:65: error: decode: expected warnings [model-limit], found warnings [enum]
! untrue.yaml:70: error: decode: expected error trailing-bytes, found error truncated: the frame ends inside a field, at byte 1 of the frame, Meter.flow, needs 2 bytes, 1 is left
? 1

# vectors for scripts
$ dragoman test --json untrue.yaml
{"file":"untrue.yaml","line":59,"passed":false,"step":"decode","expected":"{\"Meter\":{\"flow\":12.346,\"valve\":\"open\"}}","found":"{\"Meter\":{\"flow\":12.345,\"valve\":\"open\"}}"}
{"file":"untrue.yaml","line":62,"passed":false,"step":"decode","expected":"{\"command\":\"Meter.SET_PERIOD\",\"mid\":2016,\"paras\":{\"minutes\":60}}","found":"{\"command\":\"Meter.SET_PERIOD\",\"mid\":2016,\"paras\":{\"minutes\":61}}"}
{"file":"untrue.yaml","line":65,"passed":false,"step":"decode","expected":"warnings [model-limit]","found":"warnings [enum]"}
{"file":"untrue.yaml","line":70,"passed":false,"step":"decode","expected":"error trailing-bytes","found":"error truncated: the frame ends inside a field, at byte 1 of the frame, Meter.flow, needs 2 bytes, 1 is left"}
? 1
$ dragoman test --junit report.xml untrue.yaml meter.yaml 2>/dev/null; cat report.xml
8 vectors, 4 passed, 4 failed
<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="untrue.yaml">
    <testcase classname="untrue.yaml" name="line 59" line="59"><failure message="decode: expected {&quot;Meter&quot;:{&quot;flow&quot;:12.346,&quot;valve&quot;:&quot;open&quot;}}, found {&quot;Meter&quot;:{&quot;flow&quot;:12.345,&quot;valve&quot;:&quot;open&quot;}}"/></testcase>
    <testcase classname="untrue.yaml" name="line 62" line="62"><failure message="decode: expected {&quot;command&quot;:&quot;Meter.SET_PERIOD&quot;,&quot;mid&quot;:2016,&quot;paras&quot;:{&quot;minutes&quot;:60}}, found {&quot;command&quot;:&quot;Meter.SET_PERIOD&quot;,&quot;mid&quot;:2016,&quot;paras&quot;:{&quot;minutes&quot;:61}}"/></testcase>
    <testcase classname="untrue.yaml" name="line 65" line="65"><failure message="decode: expected warnings [model-limit], found warnings [enum]"/></testcase>
    <testcase classname="untrue.yaml" name="line 70" line="70"><failure message="decode: expected error trailing-bytes, found error truncated: the frame ends inside a field, at byte 1 of the frame, Meter.flow, needs 2 bytes, 1 is left"/></testcase>
  </testsuite>
  <testsuite name="meter.yaml">
    <testcase classname="meter.yaml" name="line 59" line="59"/>
    <testcase classname="meter.yaml" name="line 62" line="62"/>
    <testcase classname="meter.yaml" name="line 65" line="65"/>
    <testcase classname="meter.yaml" name="line 70" line="70"/>
  </testsuite>
</testsuites>

# where only the bytes of encoding differ, what to write is said
$ printf 'dragoman: 1\nproduct: {manufacturer_id: A, manufacturer_name: A, model: B, device_type: C, protocol_type: CoAP}\nmessages: {r: {fields: [{name: a, type: u16, scale: 0.123, decimals: 0}]}}\ntests: [{hex: "0009", json: {a: 1}, source: made}]\n' >round.yaml; dragoman test round.yaml; dragoman test --json round.yaml
1 vector, 0 passed, 1 failed
{"file":"round.yaml","line":4,"passed":false,"step":"encode","expected":"0009","found":"0008","hint":"which decodes to the same JSON: if that will do, the vector is 'canonical: false'; if it is not to be encoded, 'direction: decode'"}
! round.yaml:4: error: encode: expected 0009, found 0008, which decodes to the same JSON: if that will do, the vector is 'canonical: false'; if it is not to be encoded, 'direction: decode'
? 1

# and where a value is for decoding only
$ printf 'dragoman: 1\nproduct: {manufacturer_id: A, manufacturer_name: A, model: B, device_type: C, protocol_type: CoAP}\nmessages: {r: {fields: [{name: a, type: u8, enum: {0: idle, else: unknown}}]}}\ntests: [{hex: "07", json: {a: unknown}, source: made}]\n' >other.yaml; dragoman test other.yaml
1 vector, 0 passed, 1 failed
! other.yaml:4: error: encode: expected 07, found error enum: the value is none of those listed (it stands for raw values that the profile does not name, so that none could be written), at byte 5 of the JSON, a, though the frame decodes to this JSON: if it is not to be encoded, the vector is 'direction: decode'
? 1

# vectors of one profile by another
$ dragoman test -p shelf/meter-2.yaml meter.yaml
4 vectors, 1 passed, 3 failed
! meter.yaml:59: error: decode: expected {"Meter":{"flow":12.345,"valve":"open"}}, found error no-message: no message of the profile fits, at byte 0 of the frame
! meter.yaml:65: error: decode: expected {"Meter":{"flow":12.345}}, found error no-message: no message of the profile fits, at byte 0 of the frame
! meter.yaml:70: error: decode: expected error truncated, found error no-message: no message of the profile fits, at byte 0 of the frame
? 1

# a profile with mistakes has no vectors to run, and decodes nothing
$ dragoman test broken.yaml
0 vectors, 0 passed, 0 failed
! broken.yaml:30:33: error: unknown key 'scal' in an item; did you mean 'scale'? [unknown-key]
? 1
$ dragoman decode -p broken.yaml 01
! broken.yaml:30:33: error: unknown key 'scal' in an item; did you mean 'scale'? [unknown-key]
? 3

# tables as C
$ dragoman gen -o . meter.yaml && ls example-meter-1.dgm.c example-meter-1.dgm.h
example-meter-1.dgm.c
example-meter-1.dgm.h
! wrote example-meter-1.dgm.c
! wrote example-meter-1.dgm.h
$ grep -c pushsection example-meter-1.dgm.c; dragoman gen -q --no-source meter.yaml; grep -c pushsection example-meter-1.dgm.c
1
0
? 1
$ dragoman gen -o nowhere meter.yaml
! dragoman: error: cannot write 'nowhere/example-meter-1.dgm.c': No such file or directory
! dragoman: error: cannot write 'nowhere/example-meter-1.dgm.h': No such file or directory
? 3

# a project has a profile that passes check and test
$ dragoman new Acme 'WM 200'
! wrote acme-wm-200, a project with the profile acme-wm-200.yaml; its README.md says how to go on
$ find acme-wm-200 -type f | LC_ALL=C sort
acme-wm-200/.github/workflows/test.yml
acme-wm-200/.gitignore
acme-wm-200/.gitlab-ci.yml
acme-wm-200/Makefile
acme-wm-200/README.md
acme-wm-200/acme-wm-200.yaml
acme-wm-200/meson.build
$ dragoman check acme-wm-200/acme-wm-200.yaml
! acme-wm-200/acme-wm-200.yaml:13:10: warning: the platform may refuse 'WM 200': model has English letters, digits, '_', '-' and '.', and at most 64 characters [platform-name]
! 1 profile: 0 errors, 1 warning, 0 notes
$ dragoman test acme-wm-200/acme-wm-200.yaml && dragoman fmt --check acme-wm-200/acme-wm-200.yaml
8 vectors, 8 passed, 0 failed
$ grep -r acme-sensor acme-wm-200
? 1

# nothing is overwritten
$ dragoman new Acme 'WM 200'
! dragoman: error: 'acme-wm-200' exists and is not overwritten
? 3
$ echo mine >mine; dragoman new Acme 'WM 200' mine; cat mine
mine
! dragoman: error: 'mine' exists and is not overwritten
$ ln -s nowhere astray; dragoman new Acme 'WM 200' astray; ls nowhere
! dragoman: error: 'astray' exists and is not overwritten
! ls: cannot access 'nowhere': No such file or directory
? 2

# what cannot be finished is taken back
$ (trap '' XFSZ; ulimit -f 3; dragoman new Acme WM-300 2>&1 | sed 's|wm-300/[^:]*|wm-300/FILE|'); ls -d acme-wm-300
dragoman: error: cannot write 'acme-wm-300/FILE: File too large
! ls: cannot access 'acme-wm-300': No such file or directory
? 2
$ dragoman new Acme WM-300 missing/folder
! dragoman: error: cannot make the folder 'missing/folder': No such file or directory
? 3

# names of any kind
$ dragoman new "Maker's" on && dragoman test maker-s-on/maker-s-on.yaml && grep -e "Maker''s" -e "model: 'on'" maker-s-on/maker-s-on.yaml
8 vectors, 8 passed, 0 failed
  manufacturer_id: 'Maker''s'
  manufacturer_name: 'Maker''s'
  model: 'on'
! wrote maker-s-on, a project with the profile maker-s-on.yaml; its README.md says how to go on
$ dragoman new -- 3M '-- Größe "5" \ --' && dragoman test 3m-gr-e-5/3m-gr-e-5.yaml
8 vectors, 8 passed, 0 failed
! wrote 3m-gr-e-5, a project with the profile 3m-gr-e-5.yaml; its README.md says how to go on
$ dragoman new '小米' '水表' water && ls water && dragoman test water/profile.yaml
Makefile
README.md
meson.build
profile.yaml
8 vectors, 8 passed, 0 failed
! wrote water, a project with the profile profile.yaml; its README.md says how to go on
$ dragoman new "'Acme'" acme-sensor && sed -n '11,13p' acme-acme-sensor/acme-acme-sensor.yaml
  manufacturer_id: '''Acme'''
  manufacturer_name: '''Acme'''
  model: 'acme-sensor'
! wrote acme-acme-sensor, a project with the profile acme-acme-sensor.yaml; its README.md says how to go on
$ dragoman new Acme
! dragoman: error: expected a maker and a model
! try 'dragoman new --help'
? 2
$ dragoman new Acme ''
! dragoman: error: maker and model are names of 1 to 64 bytes on one line
! try 'dragoman new --help'
? 2
$ dragoman new Acme "$(printf 'a\nb')"
! dragoman: error: maker and model are names of 1 to 64 bytes on one line
! try 'dragoman new --help'
? 2
$ dragoman new Acme "$(printf 'a\302\205b')"
! dragoman: error: a profile cannot hold these names: character U+0085 is not allowed; in double quotes it can be written as an escape
! try 'dragoman new --help'
? 2
$ dragoman new Acme "$(printf 'a\377b')"
! dragoman: error: a profile cannot hold these names: byte 0xFF is no valid UTF-8: save the file as UTF-8
! try 'dragoman new --help'
? 2
$ ls -d acme acme-a-b
! ls: cannot access 'acme': No such file or directory
! ls: cannot access 'acme-a-b': No such file or directory
? 2

# the profile alone
$ dragoman new -o wm-200.yaml Acme WM-200
! wrote wm-200.yaml; go on with 'dragoman check wm-200.yaml' and 'dragoman test wm-200.yaml'
$ dragoman check wm-200.yaml && dragoman test wm-200.yaml
8 vectors, 8 passed, 0 failed
$ dragoman new -o wm-200.yaml Acme WM-200
! dragoman: error: 'wm-200.yaml' exists and is not overwritten
? 3
$ dragoman new -o - Acme WM-200 | cmp - wm-200.yaml
$ dragoman new -o wm-200.yaml Acme WM-200 folder
! dragoman: error: with --output there is no folder
! try 'dragoman new --help'
? 2

# a sensor that is only decoded
$ dragoman new --sensor -q Acme Room-2 room
$ dragoman check room/acme-room-2.yaml && dragoman fmt --check room/acme-room-2.yaml && dragoman test room/acme-room-2.yaml
5 vectors, 5 passed, 0 failed
$ dragoman decode -p room/acme-room-2.yaml --port 2 01 00EB 02 57
{"temperature":23.5,"humidity":43.5}

# a vector of a message that is not for encoding suits one way without saying so
$ printf 'dragoman: 1\nproduct: {manufacturer_id: A, manufacturer_name: A, model: B, device_type: C, protocol_type: CoAP}\nmessages: {r: {only: decode, fields: [{const: 1, type: u8}, {name: a, type: u8}]}}\ntests: [{hex: "01 02", json: {a: 2}, source: made}]\n' >oneway.yaml; dragoman test oneway.yaml
1 vector, 1 passed, 0 failed

# a pipe is no profile, and is not waited for
$ mkfifo pipe.yaml; dragoman check pipe.yaml
! pipe.yaml: error: the file cannot be read: it is no regular file [cannot-read]
! 1 profile: 1 error, 0 warnings, 0 notes
? 3
