# SPDX-License-Identifier: MIT

# a bus in both bit orders, with a float, parameter groups of J1939, and multiplexors in each other
$ dragoman import --from dbc -o truck.yaml dbc/truck.dbc && cat truck.yaml
dragoman: 1
product:
  manufacturer_id: Acme
  manufacturer_name: Acme
  model: Truck
  device_type: CAN
  protocol_type: CAN
  data_format: binary
  version: "3.1"
  description: A truck that there is not.
wire:
  byte_order: little
  bit_order: lsb
messages:
  EEC1:
    description: "from Engine"
    match:
      {port: [0x8CF004FE, 0x80F00400..0x80F004FF, 0x84F00400..0x84F004FF, 0x88F00400..0x88F004FF,
              0x8CF00400..0x8CF004FF, 0x90F00400..0x90F004FF, 0x94F00400..0x94F004FF, 0x98F00400..0x98F004FF,
              0x9CF00400..0x9CF004FF]}
    fields:
      - bits: u8
        fields:
          - name: EngTorqueMode
            type: u4
            enum: {0: low idle governor, 1: accelerator pedal, 15: not available}
            unknown: number
          - {reserved: u4}
      - name: EngDemandTorque
        type: u8
        offset: -125
        invalid: {254: error, 255: not available}
        valid: ..125
        outside: warn
        unit: "%"
      - {reserved: u8}
      - {name: EngSpeed, type: u16, scale: 0.125, valid: ..8031.875, outside: warn, unit: rpm}
      - {name: EngSourceAddress, type: u8}
      - {reserved: bytes(2)}
  CCVS1:
    description: "from Engine"
    match:
      {port: [0x98FEF1FE, 0x80FEF100..0x80FEF1FF, 0x84FEF100..0x84FEF1FF, 0x88FEF100..0x88FEF1FF,
              0x8CFEF100..0x8CFEF1FF, 0x90FEF100..0x90FEF1FF, 0x94FEF100..0x94FEF1FF, 0x98FEF100..0x98FEF1FF,
              0x9CFEF100..0x9CFEF1FF]}
    fields:
      - bits: u8
        fields:
          - {reserved: u2}
          - {name: ParkingBrakeSwitch, type: u2, enum: {0: "off", 1: "on", 2: error, 3: not available}}
          - {reserved: u4}
      - {name: WheelBasedVehicleSpeed, type: u16, scale: 0.00390625, valid: ..250.996, outside: warn, unit: km/h}
      - bits: u8
        fields:
          - {name: CruiseCtrlActive, type: u2, enum: {0: "off", 1: "on", 2: error, 3: not available}}
          - {reserved: u6}
      - {reserved: bytes(4)}
  BrakePressures:
    description: "pressure at the front axle, from Brakes, every 20 ms"
    match: {port: 0x305}
    fields:
      - bits: u24be
        bit_order: msb
        fields:
          - {name: FrontLeft, type: u12, scale: 0.05, unit: bar}
          - {name: FrontRight, type: u12, scale: 0.05, unit: bar}
      - {name: Slope, type: i8, scale: 0.5, valid: -45..45, outside: warn, unit: "°", description: uphill is positive}
      - {name: Temperature, type: f32, valid: -40..1200, outside: warn, unit: "°C"}
  Mixed:
    description: "from Brakes"
    match: {port: 0x307}
    fields:
      - bits: u16
        fields:
          - {reserved: u4}
          - {name: Intel, type: i12}
      - bits: u40
        fields:
          - {local: bits_16, type: u1}
          - {reserved: u7}
          - {local: bits_24, type: u8}
          - {local: bits_32, type: u4}
          - {local: bits_36, type: u2}
          - {local: bits_38, type: u2}
          - {local: bits_40, type: u4}
          - {local: bits_44, type: u12}
      - {name: Motorola, join: [bits_16, bits_24, bits_38], type: u11, scale: 0.5, offset: -3}
      - {name: Low, join: [bits_40, bits_38, bits_36], type: i8}
      - {name: Whole, join: [bits_44, bits_40, bits_38, bits_36, bits_32], type: u24}
      - {reserved: u8}
  Diagnosis_m0:
    description: "from Brakes"
    match: {port: 0x306, Page: 0}
    fields:
      - {name: Page, type: u8}
      - {name: Hours, type: u32, scale: 0.05, unit: h}
      - {reserved: bytes(2)}
      - {name: Counter, type: u8}
  Diagnosis_m1:
    description: "from Brakes"
    match: {port: 0x306, Page: 1}
    fields:
      - {name: Page, type: u8}
      - {name: Starts, type: u24}
      - {reserved: bytes(3)}
      - {name: Counter, type: u8}
  Diagnosis_m2_m0:
    description: "from Brakes"
    match: {port: 0x306, Page: 2..3, Kind: 0..3}
    fields:
      - {name: Page, type: u8}
      - bits: u8
        fields:
          - {name: Kind, type: u4}
          - {reserved: u4}
      - {name: Wear, type: u8, scale: 0.4, valid: ..100, outside: warn, unit: "%"}
      - {reserved: bytes(4)}
      - {name: Counter, type: u8}
  Diagnosis_m2_m4:
    description: "from Brakes"
    match: {port: 0x306, Page: 2..3, Kind: [4..7, 9]}
    fields:
      - {name: Page, type: u8}
      - bits: u8
        fields:
          - {name: Kind, type: u4}
          - {reserved: u4}
      - {name: Travel, type: i16, scale: 0.01, unit: mm}
      - {reserved: bytes(3)}
      - {name: Counter, type: u8}
  Diagnosis_m2_rest:
    description: "from Brakes"
    match: {port: 0x306, Page: 2..3, Kind: [8, 10..15]}
    fields:
      - {name: Page, type: u8}
      - bits: u8
        fields:
          - {name: Kind, type: u4}
          - {reserved: u4}
      - {reserved: bytes(5)}
      - {name: Counter, type: u8}
  Diagnosis:
    description: "from Brakes"
    match: {port: 0x306, Page: 4..255}
    fields:
      - {name: Page, type: u8}
      - {reserved: bytes(6)}
      - {name: Counter, type: u8}

# what came of it is fine and loses nothing
$ dragoman check truck.yaml; dragoman prove -n 300 truck.yaml >truck.txt
! 10 messages, 0 lossy

# frames as candump has them; the address of the sender does not matter to a parameter group
$ printf '%s\n' 'can0 0CF00400#0F7D00E02E000000' 'can0 18FEF1AB#0400280501000000' 'can0 305#FA03E8140000B442' 'can0 307#1234568090785600' 'can0 306#0312E80300000007' 'can0 306#0299000000000000' >frames.log; dragoman decode -p truck.yaml -f frames.log
{"EngTorqueMode":"not available","EngDemandTorque":0,"EngSpeed":1500,"EngSourceAddress":0}
{"ParkingBrakeSwitch":"on","WheelBasedVehicleSpeed":40,"CruiseCtrlActive":"on"}
{"FrontLeft":200,"FrontRight":50,"Slope":10,"Temperature":90}
{"Intel":833,"Motorola":254,"Low":-119,"Whole":5666960}
{"Page":3,"Kind":2,"Wear":92.8,"Counter":7}
{"Page":2,"Kind":9,"Travel":0,"Counter":0}

# and back; the identifier is the one of the file
$ dragoman decode -p truck.yaml -f frames.log | dragoman encode -p truck.yaml
port=2364540158 0F7D00E02E000000
port=2566844926 0400280100000000
port=773 FA03E8140000B442
port=775 1034008090785600
port=774 0302E80000000007
port=774 0209000000000000

# values outside the range of the file are told
$ dragoman decode -p truck.yaml --port 0x305 000000 7F 0080BBC4
{"FrontLeft":0,"FrontRight":0,"Slope":63.5,"Temperature":-1500}
! dragoman: warning: range: the value is outside its range, at byte 3 of the frame, Slope, found 63.5, allowed -45 to 45
! dragoman: warning: range: the value is outside its range, at byte 4 of the frame, Temperature, found -1500, allowed -40 to 1200

# what one node sends
$ dragoman import --from dbc --model Brakes dbc/truck.dbc | grep -E '^  [A-Z]|model:'
  model: Brakes
  BrakePressures:
  Mixed:
  Diagnosis_m0:
  Diagnosis_m1:
  Diagnosis_m2_m0:
  Diagnosis_m2_m4:
  Diagnosis_m2_rest:
  Diagnosis:
$ dragoman import --from dbc --model Wheels dbc/truck.dbc
! dbc/truck.dbc: error: no message is sent by 'Wheels'
? 1
$ dragoman import --from product --model Brakes products/good
! dragoman: error: --model is for --from dbc
! try 'dragoman import --help'
? 2

# what is odd is told, and left out where it must be
$ dragoman import --from dbc dbc/odd.dbc
dragoman: 1
product:
  manufacturer_id: CAN
  manufacturer_name: CAN
  model: odd
  device_type: CAN
  protocol_type: CAN
  data_format: binary
wire:
  byte_order: little
  bit_order: lsb
messages:
  Status:
    match: {port: 0x001}
    fields:
      - {reserved: u8}
      - bits: u8
        fields:
          - {name: "on", type: u4}
          - {reserved: u4}
  Fine:
    match: {port: 0x002}
    fields:
      - {name: Latitude, type: i32, scale: 0.00000008381903171539307, decimals: 19, invalid: {0: a}}
  Shared:
    match: {port: 0x003}
    fields:
      - bits: u32
        fields:
          - {local: bits_0, type: u5}
          - {reserved: u8}
          - {local: bits_13, type: u3}
          - {reserved: u16}
      - {name: Part, join: [bits_0, bits_13], type: u8}
  Bare:
    match: {port: 0x004}
    fields:
      - {name: Small, type: u8, enum: {7: seven}, unknown: number}
      - {reserved: bytes(2)}
! dbc/odd.dbc:5:1: warning: nothing is known of 'FROM_ELSEWHERE_', which is passed over
! dbc/odd.dbc:22:6: warning: 'Wide': it has more than 64 bits, and is left out
! dbc/odd.dbc:24:7: warning: 'Huge': it has more than 2048 bytes, and is left out
! dbc/odd.dbc:25:11: warning: the name of a signal is expected, found 'of what?'
! dbc/odd.dbc:27:17: warning: '1.5' is no whole number; its text is left out
! dbc/odd.dbc:28:6: warning: there is no signal 'Nothing' in a message 4
! dbc/odd.dbc:14:7: warning: 'Again': another message has this identifier; it is left out
! dbc/odd.dbc:11:6: warning: 'Level': another signal of the message has this name; it is left out
! dbc/odd.dbc:10:6: warning: 'Beyond': it goes beyond the end of its message, and is left out
! dbc/odd.dbc:9:6: warning: 'Level': it cannot be described and is left out: its factor is 0
! dbc/odd.dbc:12:6: warning: 'on': its range cannot be kept: from a larger to a smaller value
! dbc/odd.dbc:13:6: warning: 'Lost': which multiplexor selects it is not known; it is left out
! dbc/odd.dbc:16:6: warning: 'Latitude': texts of values that it cannot have are left out
! dbc/odd.dbc:16:6: warning: 'Latitude': of two texts for one value the first counts
! dbc/odd.dbc:16:6: warning: 'Latitude': its value is rounded to 19 decimals
! dbc/odd.dbc:18:6: warning: 'Float': a float that shares bits, or that crosses bytes against the order of others, cannot be described; it is left out

# sections that are indented, an identifier without its mark, values that a multiplexor cannot have, a backslash
# before the last quote
$ dragoman import --from dbc dbc/slips.dbc
dragoman: 1
product:
  manufacturer_id: CAN
  manufacturer_name: CAN
  model: slips
  device_type: CAN
  protocol_type: CAN
  data_format: binary
wire:
  byte_order: little
  bit_order: lsb
messages:
  Wide_m0:
    description: "from A"
    match: {port: 0x80001000, Mode: 0}
    fields:
      - bits: u8
        fields:
          - {name: Mode, type: u2}
          - {reserved: u6}
      - bits: u8
        fields:
          - {name: First, type: u4, enum: {0: zero}, unknown: number, description: "logs go to C:\\logs\\"}
          - {reserved: u4}
  Wide_m1_rest:
    description: "from A"
    match: {port: 0x80001000, Mode: 1, Signed: [-2..-1, 0]}
    fields:
      - bits: u8
        fields:
          - {name: Mode, type: u2}
          - {reserved: u6}
      - bits: u8
        fields:
          - {reserved: u4}
          - {name: Signed, type: i2}
          - {reserved: u2}
  Wide_m1_m1:
    description: "from A"
    match: {port: 0x80001000, Mode: 1, Signed: 1}
    fields:
      - bits: u8
        fields:
          - {name: Mode, type: u2}
          - {reserved: u6}
      - bits: u8
        fields:
          - {name: Deep, type: u4, enum: {1: one}, unknown: number, description: one}
          - {name: Signed, type: i2}
          - {reserved: u2}
  Wide:
    description: "from A"
    match: {port: 0x80001000, Mode: 2..3}
    fields:
      - bits: u8
        fields:
          - {name: Mode, type: u2}
          - {reserved: u6}
      - {reserved: u8}
  MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM:
    description: "from A"
    match: {port: 0x004}
    fields:
      - bits: u8
        fields:
          - name: MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM
            type: u4
          - {reserved: u4}
! dbc/slips.dbc:3:12: warning: 'Wide': its identifier has more than 11 bits, and bit 31 is not set; it is taken for one of 29 bits
! dbc/slips.dbc:13:7: warning: 'NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN...': a name of more than 128 bytes; it is left out
! dbc/slips.dbc:16:6: warning: 'NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN...': a name of more than 128 bytes; it is left out
! dbc/slips.dbc:17:15: warning: 'Beyond': no frame can have its identifier; it is left out
! dbc/slips.dbc:19:25: warning: ';' behind a comment is expected, found 'two'
! dbc/slips.dbc:12:16: warning: 'Same': another message has this identifier; it is left out
! dbc/slips.dbc:6:9: warning: 'Nested': no value of a multiplexor selects it; it is left out
! dbc/slips.dbc:7:9: warning: 'Never': no value of a multiplexor selects it; it is left out

# what is wrong is told with its place, all at once
$ dragoman import --from dbc dbc/wrongs.dbc
! dbc/wrongs.dbc:1:14: error: ':' is expected, found '2'
! dbc/wrongs.dbc:2:7: warning: 'Large': it has more than 2048 bytes, and is left out
! dbc/wrongs.dbc:4:6: warning: 'A': it has more than 64 bits, and is left out
! dbc/wrongs.dbc:5:12: error: a number of bits is expected, found '0'
! dbc/wrongs.dbc:6:14: error: 0 for Motorola or 1 for Intel is expected, found '2'
! dbc/wrongs.dbc:7:16: error: '+' for unsigned or '-' for signed is expected, found '('
! dbc/wrongs.dbc:8:19: error: ',' is expected, found ';'
! dbc/wrongs.dbc:9:29: error: a unit in quotes is expected, found 'km'
! dbc/wrongs.dbc:10:8: error: ':', 'M' or 'm' and a number is expected, found 'n1'
! dbc/wrongs.dbc:12:1: error: a section, such as BO_ or VAL_, is expected, found '99999999999999999999'
! dbc/wrongs.dbc:13:12: error: a text for the value is expected, found 'on'
! dbc/wrongs.dbc:14:19: error: a range that ascends is expected, found '5'
! dbc/wrongs.dbc:16:1: warning: a comment in quotes is expected, and the file ends
? 1
$ dragoman import --from dbc dbc/wrong.dbc
! dbc/wrong.dbc:1:9: error: a version in quotes is expected, and a text begins that has no end
? 1
$ dragoman import --from dbc /dev/null
! /dev/null: error: there are no messages in this file
? 1
$ dragoman import --from dbc dbc/none.dbc
! dragoman: error: cannot open 'dbc/none.dbc': No such file or directory
? 3

# warnings have an end
$ { echo 'BO_ 1 Many: 8 A'; for i in $(seq 120); do echo " SG_ S$i : 0|65@1+ (1,0) [0|0] \"\" B"; done; echo ' SG_ Good : 0|8@1+ (1,0) [0|0] "" B'; } >many.dbc; dragoman import --from dbc many.dbc 2>&1 | grep -c left; dragoman import --from dbc many.dbc 2>&1 >/dev/null | tail -n 1
100
dragoman: warning: and 20 more warnings

# of the only message nothing can be described
$ { echo 'BO_ 1 Many: 8 A'; echo ' SG_ Which M : 0|16@1+ (1,0) [0|0] "" B'; for i in $(seq 0 2 1200); do echo " SG_ S$i m$i : 16|8@1+ (1,0) [0|0] \"\" B"; done; } >full.dbc; dragoman import --from dbc full.dbc
! full.dbc:2:6: warning: 'Which': it selects by more than 512 values or ranges; its message is left out
! full.dbc:1:7: error: 'Many': no frame of it can be described, nor one of another message
? 1

# texts of Windows
$ dragoman import --from dbc dbc/latin.dbc | grep name:
  manufacturer_name: CAN
      - {name: t, type: u8, scale: 0.5, unit: "°C", description: "“warm” \"inside\" €"}

# a product without a name is called as the file, however long that is
$ cp dbc/latin.dbc bus-of-a-lorry-with-a-name-that-goes-on-for-more-than-sixty-bytes-ä.dbc
$ dragoman import -q --from dbc bus-of-*.dbc | grep model
  model: "bus-of-a-lorry-with-a-name-that-goes-on-for-more-than-sixty-bytes-ä"
