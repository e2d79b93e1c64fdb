# SPDX-License-Identifier: MIT

# a file and itself
$ dragoman diff meter.yaml meter.yaml
same: 0 differences, the tables are the same

# what is only said otherwise makes no other tables
$ sed 's/^# A small.*/# Another word/; s/{const: 0x01, type: u8}/{const: 1, type: u8, description: which frame it is}/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
wire-compatible: report (const): the layout changed
    old meter.yaml:29, new new.yaml:29
    constant: 0x01 -> 1
    description: (none) -> which frame it is
    the tables are the same
wire-compatible: 1 difference, the tables are the same

# a field at the end: frames are too short now, others are taken
$ sed '/name: valve, type/a\      - {name: leak, type: u8}' meter.yaml | sed '/valve: {data_type/a\      leak: {data_type: int, method: RE}' >new.yaml; dragoman diff meter.yaml new.yaml
breaking: report Meter.leak: the frame is refused now (truncated)
    new new.yaml:33
    item: (none) -> u8
    frame 01000000
    old   {"Meter":{"flow":0,"valve":"closed"}}
    new   truncated: the frame ends inside a field, at byte 4 of the frame, Meter.leak, needs 1 byte, none is left
    in 934 frames
JSON-compatible: Meter.leak: the product model changed
    new new.yaml:17
    property: (none) -> leak
report: what follows from that: the frame was refused before
breaking: 2 differences in 14072 frames and 2366 commands
? 1

# a field at the end that old frames need not have
$ sed '/name: valve, type/a\      - {name: leak, type: u8, optional: true}' meter.yaml | sed '/valve: {data_type/a\      leak: {data_type: int, method: RE}' >new.yaml; dragoman diff meter.yaml new.yaml
JSON-compatible: Meter.leak: the product model changed
    new new.yaml:17
    property: (none) -> leak
wire-compatible: report leak: the layout changed
    new new.yaml:33
    item: (none) -> u8
    no witness in 3541 frames, which reach all of the message
wire-compatible: report: the frame was refused before (trailing-bytes)
    old meter.yaml:26, new new.yaml:27
    frame 0100000000
    old   trailing-bytes: bytes are left after the last field, at byte 4 of the frame, 1 byte too many
    new   {"Meter":{"flow":0,"valve":"closed","leak":0}}
    in 821 frames
JSON-compatible: 3 differences in 13667 frames and 2366 commands
? 1
$ dragoman diff --allow json meter.yaml new.yaml >out; tail -n 1 out
JSON-compatible: 3 differences in 13667 frames and 2366 commands

# a property that old frames have now
$ sed '/name: valve, type/a\      - {name: litres, value: flow * 1000}' meter.yaml | sed '/valve: {data_type/a\      litres: {data_type: int, method: RE}' >new.yaml; dragoman diff meter.yaml new.yaml
JSON-compatible: report Meter.litres: a new member
    new new.yaml:33
    item: (none) -> computed
    frame 01000000
    old   {"Meter":{"flow":0,"valve":"closed"}}
    new   {"Meter":{"flow":0,"valve":"closed","litres":0}}
    in 1678 frames
JSON-compatible: Meter.litres: the product model changed
    new new.yaml:17
    property: (none) -> litres
JSON-compatible: 2 differences in 13197 frames and 2366 commands
? 1

# fields that changed their places
$ sed '/name: flow, type/d; /name: valve, type/a\      - {name: flow, type: u16, scale: 0.001}' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
breaking: report Meter.flow: the value changed
    old meter.yaml:30, new new.yaml:31
    at: 1 -> 2
    frame 01000001
    old   {"Meter":{"flow":0,"valve":"open"}}
    new   {"Meter":{"valve":"closed","flow":0.001}}
    in 2049 frames
breaking: report Meter.valve: the member is gone
    old meter.yaml:31, new new.yaml:30
    at: 3 -> 1
    frame 01020000
    old   {"Meter":{"flow":0.512,"valve":"closed"}}
    new   {"Meter":{"flow":0}}
    in 422 frames
    also: the value changed, in 14 frames
    also: a new member, in 224 frames
breaking: 2 differences in 13616 frames and 2366 commands
? 1

# another scale
$ sed 's/scale: 0.001}/scale: 0.01}/; s/65.535, step: 0.001/655.35, step: 0.01/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
breaking: report Meter.flow: the value changed
    old meter.yaml:30, new new.yaml:30
    scale: 0.001 -> 0.01
    frame 01010000
    old   {"Meter":{"flow":0.256,"valve":"closed"}}
    new   {"Meter":{"flow":2.56,"valve":"closed"}}
    in 1694 frames
JSON-compatible: Meter.flow: the product model changed
    old meter.yaml:15, new new.yaml:15
    max: 65.535 -> 655.35
    step: 0.001 -> 0.01
breaking: 2 differences in 13321 frames and 2366 commands
? 1

# another byte order
$ sed 's/name: flow, type: u16,/name: flow, type: u16le,/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
breaking: report Meter.flow: the value changed
    old meter.yaml:30, new new.yaml:30
    type: u16be -> u16le
    frame 01010000
    old   {"Meter":{"flow":0.256,"valve":"closed"}}
    new   {"Meter":{"flow":0.001,"valve":"closed"}}
    in 1595 frames
breaking: 1 difference in 13322 frames and 2366 commands
? 1

# another word, and one more
$ sed 's/closed, open\]/closed, ajar]/; s/1: open/1: ajar/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
breaking: report Meter.valve: the value changed
    old meter.yaml:31, new new.yaml:31
    values: 0 = "closed", 1 = "open" -> 0 = "closed", 1 = "ajar"
    frame 01000001
    old   {"Meter":{"flow":0,"valve":"open"}}
    new   {"Meter":{"flow":0,"valve":"ajar"}}
    in 86 frames
breaking: Meter.valve: the product model changed
    old meter.yaml:16, new new.yaml:16
    enum_list: ["closed","open"] -> ["closed","ajar"]
breaking: 2 differences in 13311 frames and 2366 commands
? 1
$ sed 's/closed, open\]/closed, open, ajar]/; s/1: open/1: open, 2: ajar/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
JSON-compatible: report Meter.valve: a new member
    old meter.yaml:31, new new.yaml:31
    values: 0 = "closed", 1 = "open" -> 0 = "closed", 1 = "open", 2 = "ajar"
    frame 01000002
    old   {"Meter":{"flow":0}}
    new   {"Meter":{"flow":0,"valve":"ajar"}}
    in 60 frames
JSON-compatible: Meter.valve: the product model changed
    old meter.yaml:16, new new.yaml:16
    enum_list: ["closed","open"] -> ["closed","open","ajar"]
JSON-compatible: 2 differences in 13305 frames and 2366 commands
? 1

# narrower bounds of a parameter, and wider ones
$ sed 's/minutes: {data_type: int, min: 0, max: 255, unit: min, required/minutes: {data_type: int, min: 0, max: 200, unit: min, required/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
breaking: Meter.SET_PERIOD.minutes: the product model changed
    old meter.yaml:20, new new.yaml:20
    max: 255 -> 200
breaking: set_period SET_PERIOD.minutes: the JSON is refused now (range)
    old meter.yaml:47, new new.yaml:47
    JSON  {"command":"Meter.SET_PERIOD","mid":1,"paras":{"minutes":201}}
    old   810001C9
    new   range: the value is outside its range, at byte 57 of the JSON, SET_PERIOD.minutes, found 201, allowed 0 to 200
    in 484 texts
wire-compatible: set_period: the same JSON with other warnings (none -> model-limit)
    old meter.yaml:41, new new.yaml:41
    frame 810001C9  (to the device)
    old   {"command":"Meter.SET_PERIOD","mid":1,"paras":{"minutes":201}}
    new   {"command":"Meter.SET_PERIOD","mid":1,"paras":{"minutes":201}}
    in 474 frames
breaking: 3 differences in 13407 frames and 2477 commands
? 1
$ dragoman diff new.yaml meter.yaml
wire-compatible: Meter.SET_PERIOD.minutes: the product model changed
    old new.yaml:20, new meter.yaml:20
    max: 200 -> 255
wire-compatible: set_period: the same JSON with other warnings (model-limit -> none)
    old new.yaml:41, new meter.yaml:41
    frame 810001C9  (to the device)
    old   {"command":"Meter.SET_PERIOD","mid":1,"paras":{"minutes":201}}
    new   {"command":"Meter.SET_PERIOD","mid":1,"paras":{"minutes":201}}
    in 474 frames
wire-compatible: set_period SET_PERIOD.minutes: the JSON was refused before (range)
    old new.yaml:47, new meter.yaml:47
    JSON  {"command":"Meter.SET_PERIOD","mid":1,"paras":{"minutes":201}}
    old   range: the value is outside its range, at byte 57 of the JSON, SET_PERIOD.minutes, found 201, allowed 0 to 200
    new   810001C9
    in 484 texts
wire-compatible: 3 differences in 13407 frames and 2477 commands

# only the unit; only a description; neither is for frames to show
$ sed 's/unit: m3/unit: l/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
breaking: Meter.flow: the product model changed
    old meter.yaml:15, new new.yaml:15
    unit: m3 -> l
breaking: 1 difference, the tables are the same
? 1
$ sed 's/step: 0.001, unit/step: 0.001, description: the flow, unit/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
wire-compatible: Meter.flow: the product model changed
    old meter.yaml:15, new new.yaml:15
    description: (none) -> the flow
wire-compatible: 1 difference, the tables are the same

# another unit of a field is graded, whatever else there is of it
$ sed 's/name: level, type: u8}/name: level, type: u8, unit: cm}/' rounds.yaml >old.yaml; sed 's/unit: cm/unit: mm/' old.yaml >new.yaml; dragoman diff old.yaml new.yaml
breaking: tags level: the layout changed
    old old.yaml:26, new new.yaml:26
    unit: cm -> mm
    the tables are the same
breaking: 1 difference, the tables are the same
? 1
$ sed 's/unit: cm/unit: mm, valid: 0..9/' old.yaml >new.yaml; dragoman diff old.yaml new.yaml
breaking: tags level: the member is gone
    old old.yaml:26, new new.yaml:26
    unit: cm -> mm
    valid: (none) -> 0..9
    frame 02010A
    old   {"level":10}
    new   null
    in 1679 frames
    also: the value changed, in 298 frames
tags: what follows from that: the same JSON with other warnings
breaking: 1 difference in 13496 frames and 0 commands
? 1

# a message less, and one more
$ sed '/^  acknowledge:/,/role: errcode/d' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
breaking: acknowledge: the frame is refused now (no-message)
    old meter.yaml:33
    message: reply -> (none)
    answers 01550001
    frame 8000  (to the device)
    old   {"reply":"acknowledge","errcode":0}
    new   no-message: no message of the profile fits, at byte 0 of the frame
    in 256 frames
breaking: acknowledge: the JSON is refused now (no-message)
    old meter.yaml:33
    message: reply -> (none)
    answers 01550001
    JSON  {"reply":"acknowledge","errcode":0}
    old   8000
    new   no-message: no message of the profile fits (the profile has no such reply), at byte 0 of the JSON
    in 2 texts
breaking: 2 differences in 12498 frames and 2349 commands
? 1
$ dragoman diff new.yaml meter.yaml
wire-compatible: acknowledge: the frame was refused before (no-message)
    new meter.yaml:33
    message: (none) -> reply
    answers 01550001
    frame 8000  (to the device)
    old   no-message: no message of the profile fits, at byte 0 of the frame
    new   {"reply":"acknowledge","errcode":0}
    in 256 frames
wire-compatible: acknowledge: the JSON was refused before (no-message)
    new meter.yaml:33
    message: (none) -> reply
    answers 01550001
    JSON  {"reply":"acknowledge","errcode":0}
    old   no-message: no message of the profile fits (the profile has no such reply), at byte 0 of the JSON
    new   8000
    in 2 texts
wire-compatible: 2 differences in 12498 frames and 2349 commands

# a parameter that commands need now
$ sed 's/{name: minutes, type: u8}/{name: minutes, type: u16}/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
breaking: set_period SET_PERIOD.minutes: the frame is refused now (truncated)
    old meter.yaml:47, new new.yaml:47
    type: u8 -> u16be
    size: 1 -> 2
    frame 81000100  (to the device)
    old   {"command":"Meter.SET_PERIOD","mid":1,"paras":{"minutes":0}}
    new   truncated: the frame ends inside a field, at byte 3 of the frame, SET_PERIOD.minutes, needs 2 bytes, 1 is left
    in 1235 frames
breaking: set_period: the JSON becomes another frame
    old meter.yaml:41, new new.yaml:41
    minutes type: u8 -> u16be
    minutes size: 1 -> 2
    JSON  {"command":"Meter.SET_PERIOD","mid":256,"paras":{"minutes":0}}
    old   81010000
    new   8101000000
    in 1397 texts
breaking: set_period_rsp SET_PERIOD.minutes: the frame is refused now (truncated)
    old meter.yaml:56, new new.yaml:56
    type: u8 -> u16be
    size: 1 -> 2
    frame 8201000000
    old   {"command":"Meter.SET_PERIOD","mid":256,"errcode":0,"body":{"minutes":0}}
    new   truncated: the frame ends inside a field, at byte 4 of the frame, SET_PERIOD.minutes, needs 2 bytes, 1 is left
    in 1619 frames
set_period: what follows from that: the frame was refused before
set_period_rsp: what follows from that: the frame was refused before
breaking: 3 differences in 13001 frames and 1414 commands
? 1

# a message that was only renamed
$ sed 's/^  report:/  state:/; s/answers: \[report\]/answers: [state]/' meter.yaml >new.yaml; dragoman diff meter.yaml new.yaml
wire-compatible: report: the layout changed
    old meter.yaml:26
    message: report -> (none)
    no witness in 1600 frames, which reach all of the message
wire-compatible: acknowledge: the layout changed
    old meter.yaml:33, new new.yaml:33
    answers: report -> state
    no witness in 1736 frames, which reach all of the message
wire-compatible: state: the layout changed
    new new.yaml:26
    message: (none) -> report
    no witness in 1600 frames, which reach all of the message
wire-compatible: 3 differences in 13306 frames and 2366 commands

# a message that is only encoded: commands are made of the product model
$ sed 's/kind: command/kind: command\n    only: encode/' meter.yaml >old.yaml; sed 's/0x81/0x83/' old.yaml >new.yaml; dragoman diff old.yaml new.yaml
breaking: set_period: the JSON becomes another frame
    old old.yaml:41, new new.yaml:41
    frame: byte 0 = 0x81 -> byte 0 = 0x83
    (const) constant: 0x81 -> 0x83
    JSON  {"command":"Meter.SET_PERIOD","mid":1,"paras":{"minutes":0}}
    old   81000100
    new   83000100
    in 34 texts
breaking: 1 difference in 9532 frames and 38 commands
? 1

# a receive time that only the new one asks for
$ sed '/name: valve, type/a\      - {name: at, value: floor(frame.time), time: unix, as: datetime}' meter.yaml | sed '/valve: {data_type/a\      at: {data_type: DateTime, method: RE}' >new.yaml; dragoman check -q new.yaml; dragoman diff meter.yaml new.yaml
JSON-compatible: report Meter.at: a new member
    new new.yaml:33
    item: (none) -> computed
    frame time=2026-01-02T03:04:05.000Z 01000000
    old   {"Meter":{"flow":0,"valve":"closed"}}
    new   {"Meter":{"flow":0,"valve":"closed","at":"2026-01-02 03:04:05"}}
    in 1764 frames
JSON-compatible: Meter.at: the product model changed
    new new.yaml:17
    property: (none) -> at
JSON-compatible: 2 differences in 13333 frames and 2366 commands
? 1

# another port
$ sed 's/    kind: report/    kind: report\n    match: {port: 1}/' meter.yaml >old.yaml; sed 's/port: 1/port: 2/' old.yaml >new.yaml; dragoman diff old.yaml new.yaml
breaking: report: the frame is refused now (no-message)
    old old.yaml:26, new new.yaml:26
    frame: port 1 -> port 2
    frame port=1 01000000
    old   {"Meter":{"flow":0,"valve":"closed"}}
    new   no-message: no message of the profile fits; 'report' does but for the port (2 wanted, 1 found)
    in 1112 frames
    also: the frame was refused before (no-message), in 1112 frames
breaking: 1 difference in 13811 frames and 2362 commands
? 1

# members that only stand elsewhere in the frame follow from the one that changed
$ sed 's/name: level, type: u8/name: level, type: u16/' rounds.yaml >new.yaml; dragoman diff rounds.yaml new.yaml
breaking: tags level: the frame is refused now (truncated)
    old rounds.yaml:26, new new.yaml:26
    type: u8 -> u16be
    size: 1 -> 2
    frame 020100
    old   {"level":0}
    new   truncated: the frame ends inside a field, at byte 2 of the frame, level, needs 2 bytes, 1 is left
    in 172 frames
    also: the value changed, in 5 frames
    also: the frame was refused before (truncated), in 5 frames
tags: what follows from that: (tag), mode
breaking: 1 difference in 13670 frames and 0 commands
? 1
$ dragoman diff -n 300 --all rounds.yaml new.yaml | grep -c ^breaking
4

# other bits are another layout, whatever frames there are
$ sed 's/{data_type: enum, enum_list: \[closed, open\], method: RE}/{data_type: boolean, method: RE}/; s/type: u8, enum: {0: closed, 1: open}/type: bool8/' meter.yaml >new.yaml; dragoman check -q new.yaml; dragoman diff meter.yaml new.yaml
breaking: report Meter.valve: the value changed
    old meter.yaml:31, new new.yaml:31
    type: u8 -> bool8
    values: 0 = "closed", 1 = "open" -> (none)
    frame 01000000
    old   {"Meter":{"flow":0,"valve":"closed"}}
    new   {"Meter":{"flow":0,"valve":false}}
    in 334 frames
    also: the frame is refused now (enum), in 1252 frames
breaking: Meter.valve: the product model changed
    old meter.yaml:16, new new.yaml:16
    data_type: enum -> boolean
    enum_list: ["closed","open"] -> (none)
breaking: 2 differences in 13052 frames and 2366 commands
? 1

# a plug-in against a changed profile, and against itself
$ dragoman inspect --source "$PLUGINS/acme-wm-100.so" >kept.yaml; sed 's/{name: voltage, type: u8, scale: 0.1}/{name: voltage, type: u8, scale: 0.1, offset: 1}/' kept.yaml >new.yaml; dragoman diff "$PLUGINS/acme-wm-100.so" new.yaml
breaking: report Meter.voltage: the value changed
    old wm-100.yaml:45, new new.yaml:45
    offset: (none) -> 1
    frame 01000000000000
    old   {"Meter":{"flow":0,"voltage":0,"valve":"closed","leak":false}}
    new   {"Meter":{"flow":0,"voltage":1,"valve":"closed","leak":false}}
    in 2405 frames
breaking: 1 difference in 12701 frames and 392 commands
? 1
$ dragoman diff "$PLUGINS/acme-wm-100.so" "$PLUGINS/acme-wm-100.so"
same: 0 differences, the tables are the same

# a family
$ dragoman diff family.yaml family.yaml
model One
same: 0 differences, the tables are the same
model Two: the same
$ sed '/^models:/,/^  Two/d' family.yaml >new.yaml; dragoman diff family.yaml new.yaml
model One
same: 0 differences, the tables are the same
model Two
breaking: the family changed
    model: Two -> (none)
breaking: 1 difference in 0 frames and 0 commands
? 1

# what only a command without a member, or with a number between two raw ones, shows
$ printf 'dragoman: 1\nproduct: {manufacturer_id: Acme, manufacturer_name: Acme, model: L, device_type: Lamp, protocol_type: CoAP}\nmessages:\n  show:\n    kind: command\n    fields:\n      - {name: level, type: u8, scale: 0.1}\n      - {name: seconds, type: u8, default: 7}\n' >lamp.yaml; sed 's/default: 7/default: 8/' lamp.yaml >new.yaml; dragoman diff lamp.yaml new.yaml
breaking: show: the JSON becomes another frame
    old lamp.yaml:4, new new.yaml:4
    seconds default: 7 -> 8
    JSON  {"level":0}
    old   0007
    new   0008
    in 3316 texts
breaking: 1 difference in 3752 frames and 9436 commands
? 1
$ sed 's/scale: 0.1/scale: 0.1, inexact: refuse/' lamp.yaml >new.yaml; dragoman diff lamp.yaml new.yaml
breaking: show show.level: the JSON is refused now (inexact)
    old lamp.yaml:7, new new.yaml:7
    inexact: (none) -> refuse
    JSON  {"level":0.15,"seconds":0}
    old   0200
    new   inexact: the value is no multiple of the scale, at byte 9 of the JSON, show.level
    in 2066 texts
breaking: 1 difference in 3760 frames and 9460 commands
? 1

# values of a float between the ends of before and those of now
$ sed '/seconds/d; s/{name: level.*/{name: level, type: f32, decimals: 2, valid: 0..1000}/; s/kind: command/kind: report/' lamp.yaml >new.yaml; sed 's/1000/1001/' new.yaml >old.yaml; dragoman diff old.yaml new.yaml
breaking: show level: the member is gone
    old old.yaml:7, new new.yaml:7
    valid: 0..1001 -> 0..1000
    frame 447A0100
    old   {"level":1000.02}
    new   null
    in 9 frames
breaking: 1 difference in 2064 frames and 0 commands
? 1

# at the edges of what a message takes: its ports, topics and lengths, the longest frame, counts in front
$ printf '%s\n' 'dragoman: 1' 'product: {manufacturer_id: Acme, manufacturer_name: Acme, model: E, device_type: E, protocol_type: CoAP}' 'wire: {frame_limit: 21}' 'messages:' '  report:' '    match: {port: 1..200000}' '    fields: [{name: level, type: u16}, {local: n, type: u8, encode: count(list)}, {name: list, type: u8, repeat: n}]' >edge.yaml
$ sed 's/200000/199999/' edge.yaml >new.yaml; dragoman diff edge.yaml new.yaml
breaking: report: the frame is refused now (no-message)
    old edge.yaml:5, new new.yaml:5
    frame: port 1 to 200000 -> port 1 to 199999
    frame port=200000 000000
    old   {"level":0,"list":[]}
    new   no-message: no message of the profile fits; 'report' does but for the port (1 to 199999 wanted, 200000 found)
    in 2 frames
breaking: 1 difference in 2394 frames and 0 commands
? 1
$ sed 's/1..200000/[1..777, 779..200000]/' edge.yaml >new.yaml; dragoman diff edge.yaml new.yaml
breaking: report: the frame is refused now (no-message)
    old edge.yaml:5, new new.yaml:5
    frame: port 1 to 200000 -> port 1 to 777, or port 779 to 200000
    frame port=778 000006000000000000
    old   {"level":0,"list":[0,0,0,0,0,0]}
    new   no-message: no message of the profile fits; 'report' does but for the port (778 found)
    in 2 frames
breaking: 1 difference in 2427 frames and 0 commands
? 1
$ sed 's/frame_limit: 21/frame_limit: 20/' edge.yaml >new.yaml; dragoman diff edge.yaml new.yaml
breaking: report: the frame is refused now (limit)
    old edge.yaml:5, new new.yaml:5
    frame port=180696 000012000000000000000000000000000000000000
    old   {"level":0,"list":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}
    new   limit: a bound of the profile or the caller is exceeded, at byte 20 of the frame
    in 3 frames
breaking: 1 difference in 2789 frames and 0 commands
? 1
$ dragoman diff new.yaml edge.yaml
wire-compatible: report: the frame was refused before (limit)
    old new.yaml:5, new edge.yaml:5
    frame port=180696 000012000000000000000000000000000000000000
    old   limit: a bound of the profile or the caller is exceeded, at byte 20 of the frame
    new   {"level":0,"list":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}
    in 3 frames
wire-compatible: 1 difference in 2789 frames and 0 commands
$ sed 's/port: 1/length: ..17, port: 1/' edge.yaml >new.yaml; dragoman diff edge.yaml new.yaml
breaking: report: the frame is refused now (no-message)
    old edge.yaml:5, new new.yaml:5
    frame: (none) -> length 0 to 17
    frame port=180696 00000F000000000000000000000000000000
    old   {"level":0,"list":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}
    new   no-message: no message of the profile fits; 'report' does but for the length (0 to 17 wanted, 18 found)
    in 3 frames
breaking: 1 difference in 2795 frames and 0 commands
? 1
$ sed "s,port: 1..200000,topic: 'c/#'," edge.yaml >old.yaml; sed 's,#,+,' old.yaml >new.yaml; dragoman diff old.yaml new.yaml
breaking: report: the frame is refused now (no-message)
    old old.yaml:5, new new.yaml:5
    frame: topic c/# -> topic c/+
    frame topic=c 000000
    old   {"level":0,"list":[]}
    new   no-message: no message of the profile fits; 'report' does but for the topic
    in 2 frames
breaking: 1 difference in 2265 frames and 0 commands
? 1
$ sed "s,#,+/#," old.yaml >new.yaml; dragoman diff old.yaml new.yaml
breaking: report: the frame is refused now (no-message)
    old old.yaml:5, new new.yaml:5
    frame: topic c/# -> topic c/+/#
    frame topic=c 000000
    old   {"level":0,"list":[]}
    new   no-message: no message of the profile fits; 'report' does but for the topic
    in 1 frame
breaking: 1 difference in 2267 frames and 0 commands
? 1

# a value that only the new one knows, and refuses
$ sed 's/repeat: n}/repeat: n}, {refuse: never, when: level == 12345}/' edge.yaml >new.yaml; dragoman diff edge.yaml new.yaml
breaking: report (refusal): the frame is refused now (refused)
    new new.yaml:7
    item: (none) -> group
    frame port=1 303900
    old   {"level":12345,"list":[]}
    new   refused: never (byte 3)
    in 4 frames
breaking: 1 difference in 2511 frames and 0 commands
? 1

# frames that are longer than those which are tried
$ sed 's/frame_limit: 21/frame_limit: 60000/; s/{local.*/{name: rest, type: bytes(rest)}]/' edge.yaml >old.yaml; sed 's/60000/50000/' old.yaml >new.yaml; dragoman diff old.yaml new.yaml
breaking: report: the layout changed
    old old.yaml:5, new new.yaml:5
    bytes at most: 60000 -> 50000
    no witness in 2888 frames, which do not reach all of the message
breaking: 1 difference in 2888 frames and 0 commands
? 1
$ dragoman diff new.yaml old.yaml
wire-compatible: report: the layout changed
    old new.yaml:5, new old.yaml:5
    bytes at most: 50000 -> 60000
    no witness in 2888 frames, which do not reach all of the message
wire-compatible: 1 difference in 2888 frames and 0 commands

# for scripts
$ sed 's/scale: 0.001}/scale: 0.01}/' meter.yaml >new.yaml; dragoman diff --format json meter.yaml new.yaml
{"old":"meter.yaml","new":"new.yaml","class":"breaking","same_tables":false,"frames":13356,"commands":2366,"left_out":0,"differences":[{"class":"breaking","kind":"changed","message":"report","path":"Meter.flow","old":{"file":"meter.yaml","line":30},"new":{"file":"new.yaml","line":30},"changes":[{"name":"scale","old":"0.001","new":"0.01"}],"count":1731,"witness":{"frame":"01010000","direction":"up","shape":"plain","old":"{\"Meter\":{\"flow\":0.256,\"valve\":\"closed\"}}","new":"{\"Meter\":{\"flow\":2.56,\"valve\":\"closed\"}}"}}]}
? 1

# the same seed gives the same
$ dragoman diff --seed 5 meter.yaml new.yaml >one; dragoman diff --seed 5 meter.yaml new.yaml >two; cmp one two

# wrong calls
$ dragoman diff meter.yaml
! dragoman: error: two profiles or plug-ins are needed, the old one first
! try 'dragoman diff --help'
? 2
$ dragoman diff meter.yaml missing.yaml
! dragoman: error: cannot open 'missing.yaml': No such file or directory
? 3
$ dragoman diff broken.yaml meter.yaml
! broken.yaml:30:33: error: unknown key 'scal' in an item; did you mean 'scale'? [unknown-key]
? 3
$ dragoman diff --allow most meter.yaml meter.yaml
! dragoman: error: --allow: 'most' is none of same, wire, json, any
! try 'dragoman diff --help'
? 2
$ dragoman diff --model No meter.yaml meter.yaml
! meter.yaml: error: this is Example Meter-1, and not what was asked for
? 3
