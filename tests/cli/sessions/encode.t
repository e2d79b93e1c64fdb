# SPDX-License-Identifier: MIT

# an argument is one message
$ dragoman encode -p meter.yaml '{"command":"Meter.SET_PERIOD","mid":2016,"paras":{"minutes":60}}'
8107E03C

# several arguments are several messages
$ dragoman encode -p meter.yaml '{"Meter":{"flow":12.345,"valve":"open"}}' '{"Meter":{"flow":0,"valve":"closed"}}'
01303901
01000000

# lines of standard input
$ printf '{"Meter":{"flow":12.345,"valve":"open"}}\n\n{"Meter":{"flow":0,"valve":"closed"}}\n' | dragoman encode -p meter.yaml
01303901
01000000

# a message laid out over lines
$ printf '{\n  "Meter": {\n    "flow": 12.345,\n    "valve": "open"\n  }\n}\n{\n "Meter": {"flow": 0, "valve": "closed"}\n}\n' | dragoman encode -p meter.yaml
01303901
01000000

# a message that was never closed does not swallow the next
$ printf '{"Meter":{"flow":12.345,\n{"Meter":{"flow":0,"valve":"closed"}}\n' | dragoman encode -p meter.yaml
01000000
! stdin:1: error: json-syntax: the text is not valid JSON, at byte 25 of the JSON, where the text ends
? 1

# other spellings of the frame
$ dragoman encode -p meter.yaml --output-format base64 '{"Meter":{"flow":12.345,"valve":"open"}}'
ATA5AQ==
$ dragoman encode -p meter.yaml --output-format bin '{"Meter":{"flow":12.345,"valve":"open"}}' | od -An -tx1
 01 30 39 01

# what goes in comes out
$ dragoman encode -p meter.yaml '{"Meter":{"flow":12.345,"valve":"open"}}' | dragoman decode -p meter.yaml
{"Meter":{"flow":12.345,"valve":"open"}}

# the platforms' shapes are seen from the JSON
$ dragoman encode -p meter.yaml '{"msgType":"cloudReq","serviceId":"Meter","cmd":"SET_PERIOD","mid":2016,"paras":{"minutes":60}}'
8107E03C

# a reply takes the request from the JSON or from the option
$ dragoman encode -p meter.yaml '{"msgType":"cloudRsp","request":"ATA5AQ==","errcode":0,"hasMore":0}'
8000
$ dragoman encode -p meter.yaml --request '01 3039 01' '{"reply":"acknowledge","errcode":0}'
8000

# a reply that is not wanted needs no bytes
$ dragoman encode -p meter.yaml --request '01' '{"reply":"acknowledge","errcode":0}'
null

# values that do not fit are refused with place and limit
$ dragoman encode -p meter.yaml '{"command":"Meter.SET_PERIOD","mid":2016,"paras":{"minutes":256}}'
! dragoman: error: range: the value is outside its range (it does not fit the field), at byte 60 of the JSON, SET_PERIOD.minutes, found 256, allowed 0 to 255
? 1
$ dragoman encode -p meter.yaml '{"command":"Meter.SET_PERIOD","mid":0,"paras":{"minutes":1}}'
! dragoman: error: range: the value is outside its range, at byte 36 of the JSON, mid, found 0, allowed 1 to 65535
? 1

# members that the message does not have are refused, or left out
$ dragoman encode -p meter.yaml '{"Meter":{"flow":12.345,"valve":"open","rssi":-70},"Clock":{"time":1}}'
! dragoman: error: unknown-member: the message has no such member, at byte 39 of the JSON, near "rssi"
? 1
$ dragoman encode -p meter.yaml --unknown ignore '{"Meter":{"flow":12.345,"valve":"open","rssi":-70},"Clock":{"time":1}}'
01303901

# one that stands twice is refused all the same
$ dragoman encode -p meter.yaml --unknown ignore '{"Meter":{"flow":1,"flow":2,"valve":"open"}}'
! dragoman: error: duplicate-member: a member is given twice, at byte 19 of the JSON, Meter.flow
? 1

# errors come as JSON for scripts
$ printf '{"command":"Meter.SET_PERIOD","mid":2016,"paras":{"minutes":256}}\n' | dragoman encode -p meter.yaml --error-format=json
! {"severity":"error","source":"stdin","line":1,"status":"range","number":19,"place":"json","offset":60,"path":"SET_PERIOD.minutes","raw":256,"low":0,"high":255,"text":"range: the value is outside its range (it does not fit the field), at byte 60 of the JSON, SET_PERIOD.minutes, found 256, allowed 0 to 255"}
? 1

# what is no JSON is refused
$ printf '{"Meter":{"flow":1,}}\n{"Meter":{"flow":0,"valve":"closed"}}\n' | dragoman encode -p meter.yaml
01000000
! stdin:1: error: json-syntax: the text is not valid JSON, at byte 19 of the JSON, near }
? 1

# results can be wrapped
$ dragoman encode -p meter.yaml --json '{"Meter":{"flow":12.345,"valve":"open"}}'
{"message":"report","frame":"01303901","warnings":[]}

# an unknown word of the JSON is quoted
$ dragoman encode -p meter.yaml '{"command":"Meter.SET_PERIODS","mid":1,"paras":{}}'
! dragoman: error: no-command: the profile has no such command, at byte 11 of the JSON, near "Meter.SET_PERIODS"; did you mean 'Meter.SET_PERIOD'?
? 1

# a misspelt name is told with the one that was meant
$ dragoman encode -p meter.yaml '{"Meter":{"flaw":1,"valve":"open"}}'
! dragoman: error: unknown-member: the message has no such member, at byte 10 of the JSON, near "flaw"; did you mean 'flow'?
? 1
$ dragoman encode -p meter.yaml '{"Metr":{"flow":1,"valve":"open"}}'
! dragoman: error: unknown-member: the message has no such member (the product has no such service), at byte 1 of the JSON, near "Metr"; did you mean 'Meter'?
? 1
$ dragoman encode -p meter.yaml '{"command":"Meter.SET_PERID","mid":1,"paras":{"minutes":1}}'
! dragoman: error: no-command: the profile has no such command, at byte 11 of the JSON, near "Meter.SET_PERID"; did you mean 'Meter.SET_PERIOD'?
? 1
$ dragoman encode -p meter.yaml '{"Meter":{"flow":1,"valve":"open","pressure":3}}'
! dragoman: error: unknown-member: the message has no such member, at byte 34 of the JSON, near "pressure"
? 1

# several threads, behind texts that are laid out
$ printf '{"Meter":\n{"flow":12.345,"valve":"open"}}\n{"Meter":\n{"Meter":{"flow":1,"valve":"open"}}\n{"Meter":{"flow":2,"valve":"ajar"}}\n' | dragoman encode -j 2 -p meter.yaml
0103E801
! stdin:1: error: json-syntax: the text is not valid JSON, at byte 10 of the JSON, where the text ends
! stdin:2: error: json-syntax: the text is not valid JSON, at byte 30 of the JSON, near }
! stdin:3: error: json-syntax: the text is not valid JSON, at byte 9 of the JSON, where the text ends
! stdin:5: error: enum: the value is none of those listed, at byte 27 of the JSON, Meter.valve, near "ajar"
? 1
