# SPDX-License-Identifier: MIT

# a schema becomes a profile, with the vectors that hold
$ dragoman import --from lora-payload-schema --library lora/library lora/acme/probe.yaml
dragoman: 1
product:
  manufacturer_id: acme
  manufacturer_name: acme
  model: acme_probe
  device_type: Sensor
  protocol_type: LoRaWAN
  version: "2"
  description: Probe with two channels
wire: {byte_order: little, trailing_bytes: ignore}
messages:
  report:
    fields:
      - tlv:
          tag: u16be
          unknown: stop
          cases:
            0x0367:
              - {name: temperature, type: i16, scale: 0.1, unit: "°C"}
              - {warn: temperature is outside -40 to 85, when: "temperature < -40 or temperature > 85"}
            0x0500: [{name: state, type: u8, enum: {0: closed, 1: open}, unknown: refuse}]
            0x0175: [{name: battery, type: u8, unit: "%"}]
tests:
  - {hex: "0367EB00050001", json: {"temperature": 23.5, "state": "open"}, description: both, source: vendor-doc}
  - {hex: "017564", json: {"battery": 100}, description: battery, source: vendor-doc}
! lora/acme/probe.yaml:2:1: warning: a profile has no place for annotations (ipso, senml, semantic, unece, sensor, resolution): 1 are left out
! lora/acme/probe.yaml:20:56: warning: the vector 'wrong' does not hold: the frame gives {"state":"open"}

# what was written works as it is
$ dragoman import --quiet --from lora-payload-schema --library lora/library -o probe.yaml lora/acme/probe.yaml

$ dragoman check probe.yaml

$ dragoman test probe.yaml
2 vectors, 2 passed, 0 failed

$ dragoman decode -p probe.yaml 0367EB00050001
{"temperature":23.5,"state":"open"}

$ dragoman encode -p probe.yaml '{"temperature":23.5,"state":"open"}'
0367EB00050001

# a maker by name
$ dragoman import --quiet --from lora-payload-schema --library lora/library --manufacturer Probes lora/acme/probe.yaml | grep manufacturer
  manufacturer_id: Probes
  manufacturer_name: Probes

# without its library
$ dragoman import --from lora-payload-schema lora/acme/probe.yaml
! lora/acme/probe.yaml:16:14: error: the library has no file 'power.yaml'
? 1

# findings as objects
$ dragoman import --error-format json --from lora-payload-schema lora/acme/probe.yaml
! {"severity":"error","source":"lora/acme/probe.yaml","line":16,"column":14,"status":"import","text":"the library has no file 'power.yaml'"}
? 1

# what is no schema
$ dragoman import --from lora-payload-schema lora/acme
! lora/acme: error: cannot read it: it is a folder
? 1

$ dragoman import --from lora-payload-schema meter.yaml
! meter.yaml:3:1: warning: the key 'dragoman' is not known, and left out
! meter.yaml:4:1: warning: the key 'product' is not known, and left out
! meter.yaml:12:1: warning: the key 'services' is not known, and left out
! meter.yaml:25:1: warning: the key 'messages' is not known, and left out
! meter.yaml:58:1: warning: the key 'tests' is not known, and left out
! meter.yaml:3:1: error: a schema needs 'fields' or 'ports'
? 1

# unknown form
$ dragoman import --from lora lora/acme/probe.yaml
! dragoman: error: --from: 'lora' is none of product, dbc, lora-payload-schema
! try 'dragoman import --help'
? 2
