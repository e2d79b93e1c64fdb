# SPDX-License-Identifier: MIT

# a package as a folder
$ dragoman import --from product products/good | tail -n +3
dragoman: 1
product:
  manufacturer_id: Acme
  manufacturer_name: Acme
  model: WM
  device_type: WaterMeter
  protocol_type: CoAP
  om_capability: {fwUpgradeCapability: {supportUpgrade: true, upgradeProtocolType: LWM2M}}
~
services:
  Meter:
    description: what has flown
    option: Master
    properties:
      flow: {data_type: decimal, min: 0, max: 4294967.295, step: 0.001, unit: m3, required: true, method: RE}
      total: {data_type: long, min: -9223372036854775808, max: 9223372036854775807, method: R}
      valve: {data_type: enum, enum_list: [closed, open], method: RWE}
      serial: {data_type: string, max_length: 16, method: R}
    commands:
      SET_PERIOD:
        paras:
          minutes: {data_type: int, min: 1, max: 1440, step: 1, unit: min, required: true}
        responses:
          SET_PERIOD_RSP:
            result: {data_type: int, min: 0, max: 1}
  Main:
    service_type: Battery
    properties:
      level: {data_type: int, min: 0, max: 100, unit: "%", required: true, method: R}
  Spare:
    service_type: Battery
    option: Optional
    properties:
      level: {data_type: int, min: 0, max: 100, unit: "%", required: true, method: R}

# a product in its notification
$ dragoman import --from product products/push.json | tail -n +3
dragoman: 1
product:
  product_id: "5ba24f5e"
  manufacturer_name: Acme
  name: Meter
  app_id: app1
  industry: water
  device_type: WaterMeter
  protocol_type: CoAP
  data_format: binary
  description: "counts: litres"
~
services:
  Meter:
    description: flow
    option: Mandatory
    properties:
      flow:
        data_type: decimal
        min: 0
        max: 100.5
        step: 0.1
        unit: m3
        description: since start
        required: true
        default_value: 1.5
        method: RE
      place: {data_type: jsonObject, max_length: 100, default_value: {x: 1.10, "y": [true, null, "no"]}, method: RW}
      tags: {data_type: string list, default_value: [a], method: W}
      since: {data_type: DateTime, default_value: "20190303T081011Z", method: R}
    events:
      leak:
        paras:
          litres: {data_type: int, required: true}
    commands:
      RESET:
        responses:
          ACK:
            ok: {data_type: boolean}
! products/push.json: warning: $.notify_data.body.app_name: a profile has no place for it; it is left out
! products/push.json: warning: $.notify_data.body.create_time: a profile has no place for it; it is left out

# slips are corrected and told
$ dragoman import --from product products/slips | tail -n +3
dragoman: 1
product:
  manufacturer_id: Acme
  model: "7"
  device_type: Slips
  protocol_type: CoAP
~
services:
  Meter:
    service_type: meter
    description: two parts
    properties:
      double: {data_type: decimal, min: 1000, method: RE}
      crossed: {data_type: int}
      zeros: {data_type: long}
      text: {data_type: string}
      words: {data_type: enum, enum_list: ["on", "1", "a: b"]}
      nothing: {data_type: string}
      none: {data_type: string}
      odd: {data_type: string, required: true}
      no_0_: {data_type: boolean, default_value: true}
      past: {data_type: int, max: 9}
      fine: {data_type: int, max: 9, default_value: 9}
      huge: {data_type: decimal}
    events:
      set:
        paras:
          "true": {data_type: jsonObject}
  Empty: {}
  Gone: {}
  Loose_Part:
    commands:
      GO: {}
! products/slips/README.txt: warning: this is no JSON file and is left out
! products/slips/profile/devicetype-capability.json: warning: the file begins with a byte order mark, which is skipped
! products/slips/profile/devicetype-capability.json: warning: $.devices[1]: a second device is left out
! products/slips/profile/devicetype-capability.json: warning: $.comment: a profile has no place for it; it is left out
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].manufacturerName: the text "null" is taken for no value
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].model: a text is expected; the number 7 is taken for one
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].icon: a profile has no place for it; it is left out
! products/slips: warning: $: 'notes.json' is no file of a product, and left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $: the file belongs at 'service/Meter/profile/servicetype-capability.json'
! products/slips/service/Empty/profile/servicetype-capability.json: warning: $: the file is empty: what its service has is not known
! products/slips/service/Extra/profile/servicetype-capability.json: warning: $.services[0]: a service without a type is left out
! products/slips/service/Extra/profile/servicetype-capability.json: warning: $.services[1]: a service without a type is left out
! products/slips/service/servicetype-capability.json.json: warning: $.services: an array is expected; the object is taken for its element
! products/slips/service/servicetype-capability.json.json: warning: $: the file belongs at 'service/Loose.Part/profile/servicetype-capability.json'
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[0]: service type 'meter' is taken for the 'Meter' of its file
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].description: control characters become blanks
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[0].max: '1,5' is no number, or one of too many digits; it is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[0].method: the method 'er' is written RE
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[0]: the platform has no data type 'double'; it becomes decimal
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[0]: a step below 0 is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[1].method: a method is made of R, W and E; the value is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[1]: the platform has no data type 'Int'; it becomes int
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[1]: max_length: without meaning for data type int, and left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[1]: min 1 is above max 0; both are left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[2]: step 0.5 of a whole number is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[2]: min and max are both 0, which is taken for no limits
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[3].unit: the text "null" is taken for no value
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[3]: min, max: without meaning for data type string, and left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[3]: max_length 1.5 is no length, and left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[4].enumList[1]: a text is expected; the number 1 is taken for one
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[4].enumList[2]: 'on' stands twice; the first one counts
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[4].enumList[3]: a text is expected; the value is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[4]: a string that has an enum_list becomes an enum
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[5]: an enum without values becomes a string
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[6].required: true or false is expected; 'yes' is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[6]: no data type is given; it becomes a string
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[7].required: true or false is expected; 'True' is taken for true
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[7].enumList: an array is expected; the value is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[7]: the platform has no data type 'colour'; it becomes a string
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[8].propertyName: a profile cannot have the name 'no[0]': it is 'no_0_' there
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[8]: the default is written as data type boolean has it
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[9]: the default does not fit data type int and its limits; it is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[10].max: it stands here again; the first one counts
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[10]: the default is written as data type int has it
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[11].max: '123456789012345678901234567890' is no number, or one of too many digits; it is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[12]: a second property 'past' is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[13]: the property has no property_name and is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[14]: a property must be an object; it is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].commands: an array is expected here; the value is left out
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[1]: a second service of that id is left out
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[2]: the service has no id and is called by its type
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[2]: no file says what services of type 'Empty' have
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[3]: no file says what services of type 'Gone' have
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[4]: a service without id and type is left out
! products/slips/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[5]: an object is expected; the value is left out
! products/slips/service/servicetype-capability.json.json: warning: $.services[0]: a profile cannot have the name 'Loose.Part': it is 'Loose_Part' there
! products/slips/service/servicetype-capability.json.json: warning: $.services[0]: the device file does not list the service; it is taken along
$ dragoman import --quiet --from product products/slips -o slips.yaml; dragoman check slips.yaml
$ dragoman import --error-format json --from product products/slips 2>&1 >slips.yaml | head -n 1
{"severity":"warning","source":"products/slips/README.txt","status":"package","text":"this is no JSON file and is left out"}

# a folder around, a second tree, no maker's name and no model
$ dragoman import --from product products/outer -o outer.yaml; grep model: outer.yaml
  model: WaterMeter
! products/outer: warning: $: the platform takes no folder 'Acme_WM/' around what is in a package
! products/outer: warning: $: a second tree, that of 'Acme_WM/copy/profile/devicetype-capability.json', is left out
! products/outer: warning: $: there is no model; it is taken from device_type: 'WaterMeter'

# nothing is overwritten
$ dragoman import --from product products/good -o meter.yaml
! dragoman: error: 'meter.yaml' exists and is not overwritten
? 3

# what is no product
$ dragoman import --from product products/service.json
! products/service.json: error: this describes a service; take the package that it belongs to
? 1
$ dragoman import --from product products/other.json
! products/other.json: error: no product model: neither 'devices' nor 'service_capabilities'
? 1
$ dragoman import --from product products/empty.json
! products/empty.json: error: the file is empty
? 1
$ dragoman import --from product products/broken
! products/broken/profile/devicetype-capability.json:1:25: error: json-syntax: the text is not valid JSON
? 1
$ dragoman import --from product products/none
! products/none: error: no product model: there is no profile/devicetype-capability.json
? 1
$ dragoman import --from product products
! products/slips/README.txt: warning: this is no JSON file and is left out
! products/types.yaml: warning: this is no JSON file and is left out
! products/slips/profile/devicetype-capability.json: error: the package has several products; take the folder of one
? 1
$ dragoman import --from product meter.yaml
! meter.yaml:1:1: error: json-syntax: the text is not valid JSON
? 1
$ dragoman import --from product /dev/null
! dragoman: error: '/dev/null' is neither a file nor a folder
? 3
$ dragoman import --from product nowhere
! dragoman: error: cannot read 'nowhere': No such file or directory
? 3
$ mkdir linked; ln -s ../products/good/profile linked/profile; dragoman import --from product linked
! linked/profile: error: this is neither a file nor a folder
? 1

# wrong calls
$ dragoman import products/good
! dragoman: error: --from and one file or folder are needed
! try 'dragoman import --help'
? 2
$ dragoman import --from product
! dragoman: error: --from and one file or folder are needed
! try 'dragoman import --help'
? 2
$ dragoman import --from excel products/good
! dragoman: error: --from: 'excel' is none of product, lora-payload-schema
! try 'dragoman import --help'
? 2
