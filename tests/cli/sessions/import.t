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
      none: {data_type: string, required: true}
      odd: {data_type: enum, enum_list: ["on"], required: true}
      no_0_: {data_type: boolean, default_value: true}
      past: {data_type: int, max: 9}
      fine: {data_type: int, max: 9, default_value: 9}
      huge: {data_type: decimal}
      un_seen: {data_type: string, unit: "a\\u0000 b"}
    events:
      set:
        paras:
          "true": {data_type: jsonObject}
    commands:
      NO_ARRAY: {}
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
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[6].required: true or false is expected; 'yes' is taken for true
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[6]: no data type is given; it becomes a string
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[7].required: true or false is expected; 'True' is taken for true
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[7].enumList: an array is expected; 'on' is parted at its commas
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[7]: the platform has no data type 'colour'; it becomes a string
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[7]: a string that has an enum_list becomes an enum
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[8].propertyName: a profile cannot have the name 'no[0]': it is 'no_0_' there
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[8]: the default is written as data type boolean has it
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[9]: the default does not fit data type int and its limits; it is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[10].max: it stands here again; the first one counts
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[10]: the default is written as data type int has it
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[11].max: '123456789012345678901234567890' is no number, or one of too many digits; it is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[12]: a second property 'past' is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[13].propertyName: a profile cannot have the name 'un\x02seen': it is 'un_seen' there
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[13].unit: control characters become blanks
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[14]: the property has no property_name and is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].properties[15]: a property must be an object; it is left out
! products/slips/serivce/Meter/servicetype-capability.json: warning: $.services[0].commands: an array is expected; the object is taken for its element
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

# keys, types and lists as people write them
$ dragoman import --from product products/spelling | tail -n +3
dragoman: 1
product:
  manufacturer_id: Acme
  manufacturer_name: Acme
  model: SP
  device_type: Spelling
  protocol_type: CoAP
~
services:
  Meter:
    option: Master
    properties:
      flow: {data_type: decimal, unit: L, required: true, method: R}
      count: {data_type: long, min: 0, max: 4294967295}
      mode: {data_type: enum, enum_list: [slow, fast, "off"]}
      when: {data_type: DateTime}
      total: {data_type: long, max: 9223372036854775807}
      tags: {data_type: string list}
      Flow: {data_type: jsonObject}
  Valve:
    properties:
      open: {data_type: boolean}
    commands:
      SET:
        paras:
          to: {data_type: boolean}
        responses:
          SET_RSP: {}
! products/spelling/profile/devicetype-capability.json: warning: $: there is no 'devices'; all is taken for it
! products/spelling/profile/devicetype-capability.json: warning: $.devices[0].ManufacturerID: the key is taken for manufacturerId
! products/spelling/profile/devicetype-capability.json: warning: $.devices[0].manufacturername: the key is taken for manufacturerName
! products/spelling/profile/devicetype-capability.json: warning: $.devices[0].Model: the key is taken for model
! products/spelling/profile/devicetype-capability.json: warning: $.devices[0].devicetype: the key is taken for deviceType
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services: the key is taken for services
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $: there is no 'services'; all is taken for it
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services: an array is expected; the object is taken for its element
! products/spelling/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[0].ServiceId: the key is taken for serviceId
! products/spelling/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[0].servicetype: the key is taken for serviceType
! products/spelling/profile/devicetype-capability.json: warning: $.devices[0].serviceTypeCapabilities[0].Option: the key is taken for option
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[0].propertyname: the key is taken for propertyName
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[0].datatype: the key is taken for dataType
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[0].Required: the key is taken for required
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[0].Required: true or false is expected; 'Yes' is taken for true
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[0].Method: the key is taken for method
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[0]: the platform has no data type 'Decimal '; it becomes decimal
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[1].PropertyName: the key is taken for propertyName
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[1].required: true or false is expected; 'NO' is taken for false
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[1]: the platform has no data type 'UINT32'; it becomes long
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[2].enumList: an array is expected; ' slow,fast ,, off,fast' is parted at its commas
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[2].enumList[3]: 'fast' stands twice; the first one counts
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[2]: the platform has no data type 'ENUM'; it becomes enum
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[3].PROPERTY-NAME: the key is taken for propertyName
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[3]: the platform has no data type 'Datetime'; it becomes DateTime
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[4]: the platform has no data type 'BIGINT'; it becomes long
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[5]: the platform has no data type 'String_List'; it becomes string list
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[6].property_name: it stands here again; the first one counts
! products/spelling/service/Meter/profile/servicetype-capability.json: warning: $.services[0].properties[6]: the platform has no data type 'JsonObject'; it becomes jsonObject
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services[0].properties: an array is expected; the object is taken for its element
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services[0].properties[0]: the platform has no data type 'Boolean'; it becomes boolean
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services[0].commands: an array is expected; the object is taken for its element
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services[0].commands[0].Paras: the key is taken for paras
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services[0].commands[0].Paras: an array is expected; the object is taken for its element
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services[0].commands[0].Paras[0].paraname: the key is taken for paraName
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services[0].commands[0].Paras[0].DataType: the key is taken for dataType
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services[0].commands[0].Paras[0]: the platform has no data type 'BOOL'; it becomes boolean
! products/spelling/service/Valve/profile/servicetype-capability.json: warning: $.services[0].commands[0].responses: an array is expected; the object is taken for its element

# a folder around, a second tree, no maker's name and no model
$ dragoman import --from product products/outer -o outer.yaml; grep model: outer.yaml
  model: WaterMeter
! products/outer: warning: $: the platform takes no folder 'Acme_WM/' around what is in a package
! products/outer: warning: $: a second tree, that of 'Acme_WM/copy/profile/devicetype-capability.json', is left out
! products/outer: warning: $: there is no model; it is taken from device_type: 'WaterMeter'

# characters that a profile cannot hold, names that are too long, trees that are none of YAML
$ printf '{"product_id":"x","service_capabilities":[{"service_id":"A\342\200\256B","description":"a\342\200\250b","properties":[{"property_name":"p","data_type":"jsonObject","default_value":{"a\302\205":1,"a\177":2}},{"property_name":"%s","data_type":"int"}]}],"om_capability":{"a":{"\357\273\277":"\342\201\246"}}}' $(yes 1234567890 | head -n 26 | tr -d '\n') >odd.json
$ dragoman import --from product odd.json | tail -n +3 | cut -c 1-60
dragoman: 1
product:
  product_id: x
  om_capability: {a: {" ": " "}}
~
services:
  A_B:
    description: a b
    properties:
      p: {data_type: jsonObject}
      "12345678901234567890123456789012345678901234567890123
        data_type: int
! odd.json: warning: $.service_capabilities[0].service_id: a profile cannot have the name 'A\xE2\x80\xAEB': it is 'A_B' there
! odd.json: warning: $.service_capabilities[0].description: control characters become blanks
! odd.json: warning: $.service_capabilities[0].properties[0].default_value: no profile can hold the value; it is left out
! odd.json: warning: $.service_capabilities[0].properties[1].property_name: a profile cannot have the name '12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890': it is '123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345' there
! odd.json: warning: $.om_capability: control characters become blanks

# what a terminal would take for orders is shown as bytes, in names of files, too
$ name=$(printf 'a\033[31m\302\233\342\200\256\377.json'); echo '[' >"$name"; dragoman import --from product "$name"
! a\x1B[31m\xC2\x9B\xE2\x80\xAE\xFF.json:2:1: error: json-syntax: the text is not valid JSON
? 1

# comments and last commas are skipped; what is wrong elsewhere is told at its place
$ printf '{"product_id": "x", // the id\n "service_capabilities": [\n  {"service_id": "S", "properties": [{"property_name": "//,]", "data_type": "int",},],},],\n}\n' >loose.json
$ dragoman import --from product loose.json | tail -n +3
dragoman: 1
product:
  product_id: x
~
services:
  S:
    properties:
      "//,_": {data_type: int}
! loose.json:1:21: warning: comments, and a comma behind the last element, are no JSON; they are skipped
! loose.json: warning: $.service_capabilities[0].properties[0].property_name: a profile cannot have the name '//,]': it is '//,_' there

$ sed 's/"int",/"int",,/' loose.json >wrong.json; dragoman import --from product wrong.json
! wrong.json:3:84: error: json-syntax: the text is not valid JSON
? 1

$ printf '\376\377\000{\000}' >wide.json; dragoman import --from product wide.json
! wide.json: error: the file is UTF-16, and JSON is UTF-8: save it as that
? 1

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
! products/spelling/profile/devicetype-capability.json: error: the package has several products; take the folder of one
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

# what is too much is told
$ awk 'BEGIN { printf "{\"devices\":[{\"serviceTypeCapabilities\":["; for (i = 0; i < 1001; i++) printf "%s{\"serviceId\":\"S%d\"}", i ? "," : "", i; print "]}]}" }' >many.json; dragoman import --from product many.json 2>&1 | grep -E 'behind|S999|S1000'
many.json: warning: $.devices[0].serviceTypeCapabilities[999]: no file says what services of type 'S999' have
many.json: warning: $.devices[0].serviceTypeCapabilities[1000]: what is behind element 999 is left out
  S999: {}

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
! dragoman: error: --from: 'excel' is none of product, dbc, lora-payload-schema
! try 'dragoman import --help'
? 2
