# SPDX-License-Identifier: MIT

# the schema of one message, and of the shapes
$ dragoman schema -m report meter.yaml
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Meter-1, report",
  "type": "object",
  "properties": {
    "Meter": {
      "type": "object",
      "properties": {
        "flow": {
          "description": "in m3",
          "type": "number",
          "minimum": 0,
          "maximum": 65.535
        },
        "valve": {
          "enum": [
            "closed",
            "open"
          ]
        }
      },
      "required": [
        "flow"
      ],
      "additionalProperties": false
    }
  },
  "required": [
    "Meter"
  ],
  "additionalProperties": false
}
$ dragoman schema --shape iotda -m acknowledge meter.yaml | grep -c '"request"'
1
$ dragoman schema --shape oceanconnect meter.yaml | grep -o '"#/definitions/.*"'
"#/definitions/report"
"#/definitions/acknowledge"
"#/definitions/set_period"
"#/definitions/set_period_rsp"

# into a file; the same text each time
$ dragoman schema -o one meter.yaml; dragoman schema meter.yaml | cmp - one

# a model of a family
$ dragoman schema --model Meter-1 -m report meter.yaml | grep title
  "title": "Meter-1, report",

# the schema of profiles
$ dragoman schema --profile-language | head -n 3
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Dragoman profile",
$ dragoman schema --profile-language -o profile.schema.json; grep -c '"definitions": {' profile.schema.json
1

# wrong calls
$ dragoman schema --profile-language meter.yaml
! dragoman: error: --profile-language stands alone, but for --output
! try 'dragoman schema --help'
? 2
$ dragoman schema --profile-language --shape plain
! dragoman: error: --profile-language stands alone, but for --output
! try 'dragoman schema --help'
? 2
$ dragoman schema
! dragoman: error: one profile is needed
! try 'dragoman schema --help'
? 2
$ dragoman schema -m repotr meter.yaml
! dragoman: error: no message 'repotr'; did you mean 'report'?
! try 'dragoman schema --help'
? 2
$ dragoman schema --model Meter-2 meter.yaml
! meter.yaml: error: this is Example Meter-1, and not what was asked for
? 3
$ cp "$PLUGINS/huawei-nbiotdevice.so" light.so; dragoman schema light.so
! dragoman: error: schemas are made of profiles, and 'light.so' is a plug-in
? 3
$ dragoman schema broken.yaml
! broken.yaml:30:33: error: unknown key 'scal' in an item; did you mean 'scale'? [unknown-key]
? 3
$ dragoman schema nowhere.yaml
! nowhere.yaml: error: the file cannot be read: No such file or directory [cannot-read]
? 3
